"""What the fixture `open_app` gives to a test."""

from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pyodide_app.testing.app_page import AppPage

if TYPE_CHECKING:
    from pyodide_app.testing._pages import Pages
    from pyodide_app.testing._session import Session


class OpenApp:
    """Serves apps and opens them, until the test ends.

    Args:
        session: what the run holds.
        pages: the test's.
        folder: what relative paths start from.
        version: the runtime that the test asks for; None to leave the choice to the app.
    """

    def __init__(self, session: "Session", pages: "Pages", folder: Path, version: str | None) -> None:
        self._session = session
        self._pages = pages
        self._folder = folder
        self._version = version

    def __call__(
        self,
        path: str | Path = "",
        *,
        url: str = "",
        pyodide: str | None = None,
        isolation: bool = True,
        wait: Literal["ready", "running", "error"] | None = "ready",
        allow_errors: bool = False,
        timeout: float = 120,
    ) -> AppPage:
        """Serve an app, open it in a browser context of its own, and wait until it is ready.

        Args:
            path: the app's folder or .py file, from the fixture `app_path`; that itself if not given.
            url: the page to open, below what is served, such as "broken.html?fault=callback".
            pyodide: the runtime's version, for this app.
            isolation: serve it cross-origin isolated, as `pyodide-app dev` does.
            wait: the state to wait for; None not to wait.
            allow_errors: errors in the page are expected; else they fail the test at its end.
            timeout: seconds for the app to start, and for each `run` to finish.

        Raises:
            ToolkitError: there is nothing to serve at the path.
            PageError: the app shows an error instead of becoming ready.
            TimeoutError: the app is still loading after `timeout` seconds.
        """
        __tracebackhide__ = True
        opening = self._session.page(
            self._folder / path,
            pyodide=pyodide or self._version,
            url=url,
            isolation=isolation,
            timeout=timeout,
        )
        app = self._pages.add(opening)
        app.allow_errors = allow_errors
        if wait == "ready":
            app.wait_ready()
        elif wait == "running":
            app.wait_running()
        elif wait == "error":
            app.wait_error()
        return app
