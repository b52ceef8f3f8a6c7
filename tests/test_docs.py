"""What the README and the docs show works as it stands there."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from pyodide_app.testing import OpenApp
from pyodide_app.toolkit.app import read_app

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def example(language: str, containing: str) -> str:
    """The README's one block of a language with a text in it."""
    blocks = re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
    [found] = [block for block in blocks if containing in block]
    return str(found)


@pytest.fixture
def app_path(tmp_path: Path) -> Path:
    return tmp_path


def test_the_first_example_runs(open_app: OpenApp, tmp_path: Path) -> None:
    (tmp_path / "main.py").write_text(example("python", "π is about"), encoding="utf-8")
    app = open_app()
    app.page.get_by_text("π is about 3.1").wait_for()  # chance decides on the rest
    assert re.fullmatch(r"π is about 3\.1\d*, after 1\.0 million throws", app.console[0].text)


def test_the_user_interface_counts(open_app: OpenApp, tmp_path: Path) -> None:
    (tmp_path / "main.py").write_text(example("python", "PythonVDOM"), encoding="utf-8")
    app = open_app()
    app.page.get_by_role("button", name="Clicked 0 times").click()
    app.page.get_by_text("Clicked 1 times").wait_for()
    app.page.get_by_text("Twice that is 2.").wait_for()


def test_a_pool_computes(open_app: OpenApp, tmp_path: Path) -> None:
    (tmp_path / "main.py").write_text(example("python", "WorkerPool"), encoding="utf-8")
    app = open_app()
    assert [message.text for message in app.console] == ["137846528820", "4", "5", "6"]


def test_files_stay(open_app: OpenApp, tmp_path: Path) -> None:
    (tmp_path / "main.py").write_text("import os\n" + example("python", "bridge.storage"), encoding="utf-8")
    app = open_app()
    app.page.reload()
    app.wait_ready()
    assert app.run("async with await mount('/data') as store: there = os.listdir('/data')\nthere") == [
        "notes.txt"
    ]


def test_the_metadata_are_all_that_an_app_can_say(tmp_path: Path) -> None:
    package = tmp_path / "my-package"
    package.mkdir()
    (package / "pyproject.toml").write_text('[project]\nname = "my-package"\nversion = "1"\n')
    app = tmp_path / "app"
    app.mkdir()
    (app / "main.py").write_text(example("python", "local-packages"), encoding="utf-8")
    read = read_app(app)
    assert (read.title, read.pyodide, read.dependencies) == ("My app", "314.0.3", ("numpy", "segno"))
    assert read.on_demand == {"plots": ("matplotlib",)}
    assert read.files == ("data/*.csv",)
    assert read.local_packages == (package,)


def test_the_page_and_the_test_of_an_app_of_ones_own(open_app: OpenApp, tmp_path: Path) -> None:
    app = tmp_path / "my-app"
    app.mkdir()
    (app / "main.py").write_text("print('ready to go')")
    html = "<!doctype html>\n" + example("html", "<pyodide-app")
    (app / "index.html").write_text(html, encoding="utf-8")
    namespace: dict[str, object] = {}
    exec(example("python", "def test_"), namespace)
    test = namespace["test_the_button_says_hello"]
    assert callable(test)
    test(open_app)


def test_the_commands_are_those_that_there_are() -> None:
    help_text = subprocess.run(
        [sys.executable, "-m", "pyodide_app.toolkit", "--help"],
        capture_output=True,
        text=True,
        check=True,
        env={"PATH": "", "PYTHONPATH": str(ROOT / "src"), "COLUMNS": "100", "NO_COLOR": "1"},
    ).stdout
    named = set(re.findall(r"^\| `pyodide-app (\w+)", README, re.MULTILINE))
    there = set(re.findall(r"^[│|]? +([a-z]+)  +[A-Z]", help_text, re.MULTILINE))
    assert named == there


@pytest.mark.parametrize(
    "page",
    [
        "README.md",
        "CONTRIBUTING.md",
        "docs/page.md",
        "docs/reactivity.md",
        "docs/shared.md",
        "docs/storage.md",
        "docs/vdom.md",
    ],
)
def test_links_lead_somewhere(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    links = [link for link in re.findall(r"\]\(([^)]+)\)", text) if "://" not in link]
    files = [link.partition("#")[0] for link in links]  # empty: a place on the same page
    missing = [file for file in files if file and not (ROOT / page).parent.joinpath(file).exists()]
    assert missing == []
