"""A model in a worker answers the page's Python, and JavaScript by both ways."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pyodide_app.testing import AppPage, OpenApp, expect


@pytest.fixture(scope="module")
def comlink(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Node's modules of the pattern, as its package-lock.json pins them."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    npm = shutil.which("npm", path=path)
    if npm is None:
        pytest.skip("There is no npm to install Comlink with: `make lint` brings one.")
    folder = tmp_path_factory.mktemp("comlink")
    pattern = Path(__file__).parents[3] / "patterns" / "workers" / "worker-rpc"
    for name in ("package.json", "package-lock.json"):
        shutil.copy(pattern / name, folder)
    command = [npm, "ci", "--silent", "--no-audit", "--no-fund"]
    subprocess.run(command, cwd=folder, env={**os.environ, "PATH": path}, check=True)
    return folder / "node_modules"


def write(app: AppPage, word: str, *, until: str) -> None:
    """Let the model write, by keyboard."""
    field = app.page.get_by_label("First word")
    field.fill(word)
    field.press("Enter")
    expect(app.page.get_by_role("status", name="Text")).to_contain_text(until)


def answers(app: AppPage) -> list[list[str]]:
    """Compare, and return what stands in the two columns."""
    page = app.page
    compare = page.get_by_role("button", name="Compare with Comlink")
    expect(compare).to_have_attribute("aria-disabled", "false", timeout=60_000)
    compare.press("Enter")
    expect(compare).to_have_attribute("aria-disabled", "true")
    expect(compare).to_have_attribute("aria-disabled", "false", timeout=60_000)  # with a new worker
    cells = page.locator("tbody td")
    expect(cells.last).not_to_be_empty()
    texts = cells.all_inner_texts()
    return [texts[::2], texts[1::2]]


def check_ours(column: list[str]) -> None:
    time, known, error, made, deadline, end = column
    assert time.endswith(" ms")
    assert known == '{"words":40,"pairs":112}'
    assert error.startswith("LookupError: I have never read 'Comlink' (model.py, line ")
    assert int(made.removesuffix(" made")) < 40
    assert deadline == "TimeoutError; 0 still at it"
    assert end == "ConnectionClosed: The other side is gone: the worker has ended."


def test_python_calls_methods_reads_streams_and_gets_exceptions(open_app: OpenApp) -> None:
    app = open_app()
    expect(app.page.get_by_role("status", name="The model")).to_contain_text(
        "It knows 40 different ones.", timeout=60_000
    )
    write(app, "Python", until="LookupError: I have never read 'Python'")
    text = app.page.get_by_label("What the model reads")
    text.fill("Python reads Python")
    app.page.get_by_role("button", name="Read").press("Enter")
    expect(app.page.get_by_role("status", name="The model")).to_have_text(
        "Read 3 words. It knows 41 different ones."
    )
    write(app, "Python", until="Python ")


def test_javascript_calls_it_without_comlink_too(open_app: OpenApp) -> None:
    app = open_app()
    expect(app.page.locator("#told")).to_contain_text("Comlink is not here: npm ci", timeout=60_000)
    ours, theirs = answers(app)
    check_ours(ours)
    assert theirs == ["\N{EN DASH}"] * 6


@pytest.mark.pyodide_matrix
def test_javascript_asks_by_both_ways(
    open_app: OpenApp, app_path: Path, comlink: Path, tmp_path: Path
) -> None:
    folder = shutil.copytree(app_path, tmp_path / "app", ignore=shutil.ignore_patterns("node_modules"))
    shutil.copytree(comlink, folder / "node_modules")
    ours, theirs = answers(open_app(folder))
    check_ours(ours)
    time, known, error, made, deadline, end = theirs
    assert time.endswith(" ms")
    assert known == "TypeError: Unserializable return value"
    assert error == "PythonError: LookupError: I have never read 'Comlink'"
    assert made == "500 made"
    assert deadline == "no answer after 0.3 s; 1 still at it"
    assert end == "no answer after 3 s"
