"""Apps served, opened and awaited."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from pyodide_app.testing import OpenApp, PageError, expect
from pyodide_app.testing._pages import Pages
from pyodide_app.testing._session import Session
from pyodide_app.toolkit.errors import ToolkitError

WriteApp = Callable[[str], Path]


@pytest.mark.pyodide_matrix
def test_a_folder_is_served_and_ready(open_app: OpenApp, write_app: WriteApp, pyodide_version: str) -> None:
    app = open_app(write_app("from pyodide import __version__\nprint('hello')"))
    assert app.run("__version__") == pyodide_version
    assert [line.text for line in app.console if line.kind == "log"] == ["hello"]


def test_one_file_is_served_alone(open_app: OpenApp, write_app: WriteApp) -> None:
    folder = write_app("")
    (folder / "clock.py").write_text("import os\nfound = os.listdir()")
    assert open_app(folder / "clock.py").run("found") == ["clock.py"]


def test_a_relative_path_starts_at_app_path(open_app: OpenApp, app_path: Path, write_app: WriteApp) -> None:
    assert write_app("where = 'here'").parent == app_path
    assert open_app("app").run("where") == "here"


@pytest.fixture
def app_path(tmp_path: Path) -> Path:
    """Where `write_app` writes."""
    return tmp_path


def test_a_page_below_it_is_opened_by_its_url(open_app: OpenApp, write_app: WriteApp) -> None:
    folder = write_app("x = 1")
    (folder / "about.html").write_text("<!doctype html><title>About</title>")
    app = open_app(folder, url="about.html?from=test", wait=None)
    assert app.page.title() == "About"
    assert app.page.url.endswith("/about.html?from=test")


def test_the_version_can_be_named(open_app: OpenApp, write_app: WriteApp) -> None:
    app = open_app(write_app("from pyodide import __version__"), pyodide="0.27.7")
    assert app.run("__version__") == "0.27.7"


def test_an_apps_own_version_is_kept_unless_another_is_asked_for(
    _pyodide_session: Session, _pyodide_pages: Pages, write_app: WriteApp
) -> None:
    open_app = OpenApp(_pyodide_session, _pyodide_pages, Path(), None)
    folder = write_app('# /// script\n# [tool.pyodide-app]\n# pyodide = "0.29.0"\n# ///\nimport pyodide')
    assert open_app(folder).run("pyodide.__version__") == "0.29.0"


@pytest.mark.parametrize("isolation", [True, False])
def test_isolation_is_chosen(open_app: OpenApp, write_app: WriteApp, isolation: bool) -> None:
    app = open_app(write_app(""), isolation=isolation)
    assert app.page.evaluate("crossOriginIsolated") is isolation


def test_two_apps_have_nothing_in_common(open_app: OpenApp, write_app: WriteApp) -> None:
    folder = write_app("import js")
    one, other = open_app(folder), open_app(folder)
    one.run("js.document.cookie = 'one=1'; js.left = 1")
    assert other.run("js.document.cookie, hasattr(js, 'left')") == ("", False)


def test_an_app_that_fails_raises_its_traceback(open_app: OpenApp, write_app: WriteApp) -> None:
    with pytest.raises(PageError, match=r"(?s)ZeroDivisionError.*main\.py.*1 / 0"):
        open_app(write_app("print(1 / 0)"))


def test_a_failure_can_be_waited_for(open_app: OpenApp, write_app: WriteApp) -> None:
    app = open_app(write_app("print(1 / 0)"), wait="error", allow_errors=True)
    assert app.state == "error"
    assert "ZeroDivisionError" in app.wait_error()


def test_waiting_for_a_failure_that_does_not_come_says_so(open_app: OpenApp, write_app: WriteApp) -> None:
    with pytest.raises(AssertionError, match="shows no error"):
        open_app(write_app(""), wait="error")


def test_an_app_without_an_end_is_running(open_app: OpenApp, write_app: WriteApp) -> None:
    app = open_app(
        write_app("""
            import asyncio
            turns = 0
            while True:
                turns += 1
                await asyncio.sleep(0)
        """),
        wait="running",
    )
    before = app.run("turns")
    app.run("await asyncio.sleep(0.01)")
    assert app.run("turns") > before


def test_an_app_that_is_not_there_is_a_toolkit_error(open_app: OpenApp, tmp_path: Path) -> None:
    with pytest.raises(ToolkitError, match="missing"):
        open_app(tmp_path / "missing")


def test_waiting_ends(open_app: OpenApp, write_app: WriteApp) -> None:
    with pytest.raises(TimeoutError, match=r"not ready after 0\.001 s, but (loading|None)"):
        open_app(write_app(""), timeout=0.001)


def test_run_needs_python_in_the_page(open_app: OpenApp, write_app: WriteApp) -> None:
    folder = write_app("")
    (folder / "about.html").write_text("<!doctype html><title>About</title>")
    app = open_app(folder, url="about.html", wait=None)
    with pytest.raises(PageError, match="There is no Python in the page: the app's state is None"):
        app.run("1")


def test_reload_starts_afresh(open_app: OpenApp, write_app: WriteApp) -> None:
    app = open_app(write_app("x = 1"))
    app.run("x = 2")
    app.reload()
    assert app.run("x") == 1


def test_an_exception_in_a_callback_is_among_the_errors(open_app: OpenApp, write_app: WriteApp) -> None:
    app = open_app(
        write_app("""
            from js import document
            from pyodide.ffi import create_proxy
            document.getElementById("app").innerHTML = "<button>Go</button>"
            document.querySelector("button").onclick = create_proxy(lambda event: [][0])
        """),
        allow_errors=True,
    )
    app.page.get_by_role("button", name="Go").click()
    expect(app.page.get_by_role("alert")).to_contain_text("IndexError")
    [error] = app.errors
    assert "lambda event: [][0]" in error


def test_an_exception_of_javascript_is_among_the_errors(open_app: OpenApp, write_app: WriteApp) -> None:
    app = open_app(write_app(""), allow_errors=True)
    app.page.evaluate("setTimeout(() => { throw new RangeError('too far') })")
    with app.page.expect_console_message():
        app.page.evaluate("setTimeout(() => console.log('after'))")
    assert "RangeError: too far" in app.errors[0]


@pytest.mark.asyncio
async def test_an_async_test_opens_apps_too(open_app: OpenApp, write_app: WriteApp) -> None:
    app = open_app(write_app("x = 1"))
    await asyncio.sleep(0)
    assert app.run("x") == 1
