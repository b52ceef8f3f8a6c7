"""While the dev server watches, a saved file shows at once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pyodide_app.testing import AppPage, OpenApp, expect
from pyodide_app.toolkit.server import Server


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "watched"
    folder.mkdir()
    (folder / "main.py").write_text("print('first')\n")
    return folder


@pytest.fixture
def watching(folder: Path, pyodide_version: str) -> Iterator[Server]:
    """A server that tells pages of changes, as `pyodide-app dev` starts it."""
    with Server(folder, pyodide=pyodide_version, reload=True) as server:
        yield server


@pytest.fixture
def app(open_app: OpenApp, tmp_path: Path) -> AppPage:
    """A page to go to the watching server with."""
    folder = tmp_path / "start"
    folder.mkdir()
    (folder / "main.py").touch()
    (folder / "start.html").write_text("<!doctype html><title>Start</title>")
    return open_app(folder, url="start.html", wait=None, allow_errors=True)


def output(app: AppPage, text: str) -> None:
    expect(app.page.get_by_role("log")).to_have_text(text, timeout=60_000)


def test_a_saved_file_reloads_the_page(app: AppPage, watching: Server, folder: Path) -> None:
    app.page.goto(watching.url)
    output(app, "first")
    (folder / "main.py").write_text("print('second')\n")
    output(app, "second")


def test_a_syntax_error_shows_without_a_reload_until_it_is_mended(
    app: AppPage, watching: Server, folder: Path
) -> None:
    app.page.goto(watching.url)
    output(app, "first")
    app.wait_ready()
    app.page.evaluate("window.samePage = true")
    panel = app.page.get_by_role("alert")
    (folder / "main.py").write_text("print('second'\n")
    expect(panel.get_by_role("heading")).to_have_text("SyntaxError")
    expect(panel).to_contain_text("print('second'")
    (folder / "main.py").write_text("print 'second'\n")
    expect(panel).to_contain_text("print 'second'")
    expect(panel.get_by_role("heading")).to_have_count(1)
    assert app.page.evaluate("window.samePage") is True
    assert app.run("1 + 1") == 2
    (folder / "main.py").write_text("print('mended')\n")
    output(app, "mended")


def test_an_app_that_failed_to_start_is_tried_again(app: AppPage, watching: Server, folder: Path) -> None:
    (folder / "main.py").write_text("1 / 0\n")
    app.page.goto(watching.url)
    app.wait_error()
    (folder / "main.py").write_text("print('mended')\n")
    output(app, "mended")


def test_broken_metadata_are_told_and_then_mended(app: AppPage, watching: Server, folder: Path) -> None:
    (folder / "main.py").write_text("# /// script\n# dependencies = [\n# ///\nprint('late')\n")
    app.page.goto(watching.url)
    app.wait_error()
    expect(app.page.get_by_role("alert")).to_contain_text("main.py")
    (folder / "main.py").write_text("print('mended')\n")
    output(app, "mended")
    (folder / "main.py").write_text("# /// script\n# dependencies = [\n# ///\nprint('late')\n")
    expect(app.page.get_by_role("alert")).to_contain_text("main.py")
    expect(app.page.get_by_role("log")).to_have_text("mended")
