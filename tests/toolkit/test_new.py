"""A new app stands on its own, wherever it is made."""

import shutil
from pathlib import Path

import pytest
import requests

from pyodide_app.toolkit.app import read_app
from pyodide_app.toolkit.errors import ToolkitError
from pyodide_app.toolkit.new import make
from pyodide_app.toolkit.patterns import Pattern, book, find, load_patterns
from pyodide_app.toolkit.server import Server
from pyodide_app.toolkit.store import Store


@pytest.fixture
def pattern(tmp_path: Path) -> Pattern:
    """A pattern in a book of its own, with all that points out of it."""
    folder = tmp_path / "book" / "patterns" / "loading" / "clock"
    package = tmp_path / "book" / "_clockwork"
    (package / "src").mkdir(parents=True)
    (package / "pyproject.toml").write_text('[project]\nname = "clockwork"\nversion = "1"\n')
    (package / "src" / "clockwork.py").write_text("x = 1\n")
    (package / "src" / "__pycache__").mkdir()
    (folder / "data").mkdir(parents=True)
    (folder / "data" / "zones.csv").write_text("UTC\n")
    (folder / ".env").write_text("secret")
    (folder / "main.lock.json").write_text("{}")
    (folder / "main.py").write_text(
        "# /// script\n# [tool.pyodide-app]\n# local-packages = ['../../../_clockwork']\n# ///\n"
        "path = '../../../_clockwork'\n"
    )
    (folder / "README.md").write_text(
        "# Clock\n\n"
        "See [data](data/zones.csv), [hello](../hello/README.md), [the works](../../../_clockwork/src),\n"
        "[book](/book/loading/hello), [top](#clock) and [Python](https://python.org).\n\n"
        "`[code](../x)`\n\n```\n[fence](../x)\n```\n"
    )
    return Pattern("loading/clock", "Clock", "", folder)


def files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_a_minimal_app_is_an_app(tmp_path: Path) -> None:
    make(tmp_path / "my-first_app", None)
    app = read_app(tmp_path / "my-first_app")
    assert app.title == "My first app"
    assert files(app.root) == ["README.md", "main.py"]


def test_a_minimal_app_is_served(tmp_path: Path) -> None:
    make(tmp_path / "mine", None)
    with Server(tmp_path / "mine") as server:
        assert "<title>Mine</title>" in requests.get(server.url, timeout=10).text


def test_a_pattern_comes_with_its_files_and_packages_but_not_its_leavings(
    tmp_path: Path, pattern: Pattern
) -> None:
    make(tmp_path / "mine", pattern)
    assert files(tmp_path / "mine") == [
        "README.md",
        "_clockwork/pyproject.toml",
        "_clockwork/src/clockwork.py",
        "data/zones.csv",
        "main.py",
    ]


def test_the_metadata_lead_to_the_package_that_came_along(tmp_path: Path, pattern: Pattern) -> None:
    make(tmp_path / "mine", pattern)
    assert read_app(tmp_path / "mine").local_packages == (tmp_path / "mine" / "_clockwork",)


def test_nothing_but_the_metadata_is_rewritten(tmp_path: Path, pattern: Pattern) -> None:
    make(tmp_path / "mine", pattern)
    assert "path = '../../../_clockwork'" in (tmp_path / "mine" / "main.py").read_text()


def test_the_packages_files_are_not_taken_for_the_apps(tmp_path: Path, pattern: Pattern) -> None:
    make(tmp_path / "mine", pattern)
    assert read_app(tmp_path / "mine").list_files() == ["main.py", "README.md", "data/zones.csv"]


def test_links_that_lead_out_of_the_pattern_become_words(tmp_path: Path, pattern: Pattern) -> None:
    make(tmp_path / "mine", pattern)
    assert (tmp_path / "mine" / "README.md").read_text() == (
        "# Clock\n\nSee [data](data/zones.csv), hello, [the works](_clockwork/src),\n"
        "book, [top](#clock) and [Python](https://python.org).\n\n"
        "`[code](../x)`\n\n```\n[fence](../x)\n```\n"
    )


def test_the_pattern_itself_stays_as_it_was(tmp_path: Path, pattern: Pattern) -> None:
    before = {name: pattern.folder.joinpath(name).read_bytes() for name in files(pattern.folder)}
    make(tmp_path / "mine", pattern)
    assert {name: pattern.folder.joinpath(name).read_bytes() for name in files(pattern.folder)} == before


@pytest.mark.parametrize("name", [pattern.name for pattern in load_patterns(book())])
def test_each_pattern_of_the_book_can_be_read_where_it_was_copied_to(tmp_path: Path, name: str) -> None:
    make(tmp_path / "mine", find(name, book()))
    app = read_app(tmp_path / "mine")
    assert all(package.is_relative_to(app.root) for package in app.local_packages)
    with Server(tmp_path / "mine") as server:
        assert (
            "<pyodide-app" in requests.get(server.url, timeout=10).text or (app.root / "index.html").is_file()
        )


def test_a_copied_pattern_gets_a_manifest_of_its_own(tmp_path: Path) -> None:
    make(tmp_path / "mine", find("loading/hello", book()))
    with Server(tmp_path / "mine", store=Store()) as server:
        reply = requests.get(f"{server.url}main.py.app.json", timeout=60)
        while reply.status_code == 202:
            reply = requests.get(f"{server.url}main.py.app.json", timeout=60)
    assert {"numpy", "segno", "my-local-package"} <= {package["name"] for package in reply.json()["packages"]}


def test_an_empty_folder_may_be_there_already(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    make(tmp_path / "mine", None)
    assert (tmp_path / "mine" / "main.py").is_file()


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years of work")
    with pytest.raises(ToolkitError, match="not empty"):
        make(tmp_path / "mine", None)
    assert files(tmp_path / "mine") == ["thesis.txt"]


def test_a_file_of_that_name_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("years of work")
    with pytest.raises(ToolkitError, match="is a file"):
        make(tmp_path / "mine", None)
    assert (tmp_path / "mine").read_text() == "years of work"


@pytest.mark.parametrize("name", ["my app", "-x", ".hidden", "a:b", "trailing.", "quote'", "new\nline"])
def test_a_name_that_would_make_trouble_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ToolkitError, match="no good name"):
        make(tmp_path / name, None)
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_left_of_a_copy_that_failed(tmp_path: Path, pattern: Pattern) -> None:
    shutil.rmtree(tmp_path / "book" / "_clockwork")
    with pytest.raises(ToolkitError, match="could not be made"):
        make(tmp_path / "mine", pattern)
    assert not (tmp_path / "mine").exists()
