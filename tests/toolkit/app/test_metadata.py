"""What an app says about itself, and what is said to an author who got it wrong."""

from collections.abc import Callable
from pathlib import Path

import pytest

from pyodide_app.toolkit import runtimes
from pyodide_app.toolkit.app import App, read_app
from pyodide_app.toolkit.errors import ToolkitError

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes main.py, or another file, into an app's folder."""

    def write(text: str, name: str = "main.py") -> Path:
        path = tmp_path / "my-app" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return write


def block(*lines: str) -> str:
    return "\n".join(['"""An app."""', "# /// script", *(f"# {line}" for line in lines), "# ///", "print()"])


def failure(path: Path) -> ToolkitError:
    with pytest.raises(ToolkitError) as caught:
        read_app(path)
    return caught.value


def test_a_script_without_metadata_gets_the_defaults(write: Write) -> None:
    path = write("print('hello')")
    assert read_app(path) == App(
        entry=path,
        root=path.parent,
        title="My app",
        pyodide=runtimes.DEFAULT,
        dependencies=(),
        on_demand={},
        local_packages=(),
        files=None,
    )


def test_everything_that_metadata_can_say(write: Write, tmp_path: Path) -> None:
    package = tmp_path / "package"
    package.mkdir()
    (package / "pyproject.toml").touch()
    path = write(
        block(
            'requires-python = ">=3.12"',
            'dependencies = ["numpy", "jinja2>=3; sys_platform == \'emscripten\'"]',
            "",
            "[tool.pyodide-app]",
            'pyodide = "0.28.3"',
            'title = "Fine"',
            'files = ["*.py", "data/*.csv"]',
            'local-packages = ["../package"]',
            "",
            "[tool.pyodide-app.on-demand]",
            'plot = ["matplotlib"]',
            "[tool.other]",
            "anything = true",
        ).replace("# \n", "#\n")
    )
    app = read_app(path.parent)
    assert app.dependencies == ("numpy", "jinja2>=3; sys_platform == 'emscripten'")
    assert (app.pyodide, app.title, app.files) == ("0.28.3", "Fine", ("*.py", "data/*.csv"))
    assert app.on_demand == {"plot": ("matplotlib",)}
    assert app.local_packages == (package,)
    assert not app.overridden


def test_windows_line_ends_and_a_byte_order_mark_do_not_matter(write: Write) -> None:
    path = write("")
    path.write_bytes(b"\xef\xbb\xbf" + block('dependencies = ["six"]').replace("\n", "\r\n").encode())
    assert read_app(path).dependencies == ("six",)


def test_pyodide_app_itself_is_always_there(write: Write) -> None:
    path = write(block('dependencies = ["Pyodide_App>=0.1", "six"]'))
    assert read_app(path).dependencies == ("six",)


def test_a_version_from_outside_goes_over_the_metadata(write: Write) -> None:
    path = write(block("[tool.pyodide-app]", 'pyodide = "0.28.3"'))
    app = read_app(path, pyodide="0.27.7")
    assert (app.pyodide, app.overridden) == ("0.27.7", True)
    assert not read_app(path, pyodide="0.28.3").overridden


def test_a_title_comes_from_the_name_of_a_single_file(write: Write) -> None:
    assert read_app(write("", "tide_table.py")).title == "Tide table"


@pytest.mark.parametrize(
    ("lines", "at", "says"),
    [
        (['dependencies = ["numpy"'], 3, "Unclosed array"),
        (["", "title == 3"], 4, "not TOML"),
        (['dependencies = "numpy"'], 3, "must be a list"),
        (["dependencies = [1]"], 3, "must be a list"),
        (["dependencies = [", '  "numpy",', '  "not a name!",', "]"], 5, "'not a name!'"),
        (['dependencies = ["six @ https://example.org/six.whl"]'], 3, "names a URL"),
        (["requires-python = 3.12"], 3, "`requires-python`"),
        (['requires-python = "three"'], 3, "`requires-python`"),
        (["[tool]", "pyodide-app = 3"], 3, "must be a table"),
        (["[tool.pyodide-app]", "title = 3"], 4, "`title` must be a text"),
        (["[tool.pyodide-app]", 'pyodide = "0.1"'], 4, "Pyodide 0.1"),
        (["[tool.pyodide-app]", 'files = "*.py"'], 4, "`files` must be a list"),
        (["[tool.pyodide-app]", 'files = ["../*.py"]'], 4, "does not stay inside"),
        (["[tool.pyodide-app]", 'files = ["/etc/*"]'], 4, "does not stay inside"),
        (["[tool.pyodide-app]", 'local-packages = ["nowhere"]'], 4, "is not a folder"),
        (["[tool.pyodide-app]", 'local-packages = ["."]'], 4, "has no pyproject.toml"),
        (["[tool.pyodide-app]", 'on-demand = ["numpy"]'], 4, "must be a table of groups"),
        (["[tool.pyodide-app.on-demand]", 'plot = "numpy"'], 4, "`plot` must be a list"),
    ],
)
def test_broken_metadata_is_reported_with_its_line(
    write: Write, lines: list[str], at: int, says: str
) -> None:
    path = write(block(*lines))
    error = failure(path)
    assert error.what.startswith(f"{path}:{at}")
    assert says in error.what


def test_an_unclosed_block_is_reported_where_it_starts(write: Write) -> None:
    path = write("import sys\n# /// script\n# dependencies = []\nprint()\n")
    error = failure(path)
    assert error.what.startswith(f"{path}:2: the script metadata is not closed")
    assert "before line 4" in error.what


def test_a_line_without_the_space_after_its_hash_is_pointed_out(write: Write) -> None:
    error = failure(write("# /// script\n#dependencies = []\n# ///\n"))
    assert "before line 2" in error.what
    assert "a hash and a space" in error.hint


def test_a_start_that_is_almost_right_is_not_taken_for_a_comment(write: Write) -> None:
    error = failure(write("#/// script\n# dependencies = []\n# ///\n"))
    assert "does not start the script metadata" in error.what


def test_two_blocks_are_one_too_many(write: Write) -> None:
    path = write(block("") + "\n" + block(""))
    error = failure(path)
    assert error.what.startswith(f"{path}:7: a second")
    assert "on line 2" in error.what


def test_an_unknown_key_is_reported_with_its_line_and_the_nearest_one(write: Write) -> None:
    path = write(block("[tool.pyodide-app]", 'tilte = "x"'))
    error = failure(path)
    assert error.what == f"{path}:4: unknown key `tilte` in [tool.pyodide-app]."
    assert error.hint == "Did you mean `title`?"


def test_a_misspelt_key_of_the_standard_is_reported(write: Write) -> None:
    error = failure(write(block("dependancies = []")))
    assert error.hint == "Did you mean `dependencies`?"


def test_a_key_that_stands_above_its_table_is_put_in_its_place(write: Write) -> None:
    error = failure(write(block('title = "x"')))
    assert error.hint == "Did you mean `title` under [tool.pyodide-app]?"


def test_an_unknown_runtime_gets_the_list(write: Write) -> None:
    error = failure(write(block("[tool.pyodide-app]", 'pyodide = "0.1"')))
    for version in runtimes.versions():
        assert version in error.hint


def test_a_python_that_the_runtime_does_not_have_is_an_error_with_runtimes_that_do(write: Write) -> None:
    path = write(block('requires-python = "<3.13"'))
    error = failure(path)
    assert error.what.startswith(f"{path}:3: the app asks for Python <3.13")
    assert "0.26.1, 0.27.7 would do" in error.hint


def test_a_file_that_is_not_utf_8_is_reported_with_its_line(write: Write) -> None:
    path = write("")
    path.write_bytes(b"# fine\nname = '\xe9'\n")
    assert failure(path).what.startswith(f"{path}:2: this is not UTF-8 text (byte 0xe9)")


def test_a_folder_without_main_names_the_scripts_that_are_there(write: Write) -> None:
    folder = write("", "clock.py").parent
    error = failure(folder)
    assert "has no main.py" in error.what
    assert "clock.py" in error.hint


def test_an_empty_folder_is_said_to_be_empty(tmp_path: Path) -> None:
    assert failure(tmp_path).what.endswith("is empty.")


def test_what_is_not_there_is_said_not_to_be_there(tmp_path: Path) -> None:
    assert "There is no" in failure(tmp_path / "nowhere").what


def test_only_python_files_are_apps(write: Write) -> None:
    assert "is not a Python file" in failure(write("", "notes.txt")).what


def test_a_folder_app_is_all_of_its_folder_but_what_is_hidden_generated_or_elsewhere(
    write: Write, tmp_path: Path
) -> None:
    (tmp_path / "secret.txt").touch()
    for name in (
        "main.py",
        "index.html",
        "data/b.csv",
        "data/a.csv",
        ".env",
        ".git/config",
        "__pycache__/main.pyc",
        "venv/pyvenv.cfg",
        "main.lock.json",
    ):
        path = write("", name)
    (path.parent / "leak.txt").symlink_to(tmp_path / "secret.txt")
    assert read_app(path.parent).list_files() == ["main.py", "data/a.csv", "data/b.csv", "index.html"]


def test_a_single_file_is_alone_unless_it_names_others(write: Write) -> None:
    write("", "helper.py")
    assert read_app(write("", "clock.py")).list_files() == ["clock.py"]
    named = write(block("[tool.pyodide-app]", 'files = ["h*.py"]'), "clock.py")
    assert read_app(named).list_files() == ["clock.py", "helper.py"]


def test_a_glob_takes_what_lies_in_a_folder_that_it_matches(write: Write) -> None:
    write("", "data/deep/a.csv")
    path = write(block("[tool.pyodide-app]", 'files = ["data"]'))
    assert read_app(path).list_files() == ["main.py", "data/deep/a.csv"]


def test_a_glob_that_matches_nothing_is_an_error(write: Write) -> None:
    app = read_app(write(block("[tool.pyodide-app]", 'files = ["*.cvs"]')))
    with pytest.raises(ToolkitError, match=r"'\*\.cvs' in `files` matches no file"):
        app.list_files()


def test_a_folder_that_holds_far_more_than_an_app_is_an_error(write: Write) -> None:
    folder = write("").parent
    for number in range(2001):
        (folder / f"{number}.txt").touch()
    with pytest.raises(ToolkitError, match="more than 2000 files"):
        read_app(folder).list_files()
