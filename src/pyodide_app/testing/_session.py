"""What one pytest run holds: the browser on its loop thread, the store, the shared interpreters."""

import contextlib
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from pyodide_app.testing._loop import LoopThread
from pyodide_app.testing._shared import Shared
from pyodide_app.testing.app_page import AppPage
from pyodide_app.testing.browser import Browser as Found
from pyodide_app.testing.browser import launch_options
from pyodide_app.toolkit import runtimes
from pyodide_app.toolkit.errors import ToolkitError
from pyodide_app.toolkit.page import compile_ahead
from pyodide_app.toolkit.server import Server
from pyodide_app.toolkit.store import Store, Unavailable

if TYPE_CHECKING:
    from playwright.async_api import Browser, BrowserContext, Playwright

_log = logging.getLogger(__name__)
# Tests start Python more than they compute: V8's second compiler takes a third of a start's processor time.
QUICK = "--js-flags=--liftoff-only"
CLOSING = 5.0  # seconds for a page or the browser to close; a page that hangs does not


class Session:
    """Starts what the tests need when the first of them needs it.

    Args:
        found: the browser to start.
        blank: an empty folder, for the shared interpreters' app.
    """

    def __init__(self, found: Found, blank: Path) -> None:
        self.loop = LoopThread()
        self._found = found
        self._store = Store(quiet=True)
        self._blank = blank
        self._playwright: Playwright | None = None
        self._browser: Browser | None = None
        self._compiled: set[str] = set()  # versions for which that was tried
        self._shared: dict[str, tuple[Shared, contextlib.ExitStack]] = {}

    @contextlib.contextmanager
    def page(
        self, path: Path, *, pyodide: str | None, url: str = "", isolation: bool = True, timeout: float
    ) -> Iterator[AppPage]:
        """Serve an app and open it, for as long as the context lasts.

        Args:
            path: the app's folder or file.
            pyodide: the runtime's version; None for the app's own choice.
            url: the page, below the server's root.
            isolation: serve it cross-origin isolated.
            timeout: seconds for the app to start.
        """
        self._compile(pyodide or runtimes.DEFAULT)
        with Server(path, store=self._store, pyodide=pyodide, isolation=isolation) as server:
            context = self.loop.run(self.running_browser().new_context())
            try:
                yield self.loop.run(AppPage.open(self.loop, context, server.url + url, timeout))
            finally:
                self._close(context)

    def _compile(self, version: str) -> None:
        # Once a machine; it halves the start of every page.
        if version not in self._compiled:
            self._compiled.add(version)
            try:
                compile_ahead(runtimes.get(version), self._store)
            except ToolkitError as error:
                _log.info("Pages start slowly, since Pyodide %s is not compiled: %s", version, error)

    @contextlib.contextmanager
    def interpreter(self, version: str, *, fresh: bool, timeout: float) -> Iterator[AppPage]:
        """Lend the interpreter of a blank app: the shared one, put back afterwards, or a fresh one."""
        if fresh:
            with self._blank_page(version, timeout) as app:
                yield app
            return
        shared, closing = self._shared.get(version) or self._share(version, timeout)
        shared.begin(timeout)
        try:
            yield shared.app
        finally:
            if problems := shared.restore():
                _log.warning("Pyodide %s starts anew for the next test: %s", version, "; ".join(problems))
                self._shared.pop(version, None)
                closing.close()

    def _share(self, version: str, timeout: float) -> tuple[Shared, contextlib.ExitStack]:
        with contextlib.ExitStack() as stack:
            shared = Shared(self.loop, stack.enter_context(self._blank_page(version, timeout)))
            self._shared[version] = shared, stack.pop_all()
        return self._shared[version]

    @contextlib.contextmanager
    def _blank_page(self, version: str, timeout: float) -> Iterator[AppPage]:
        (self._blank / "main.py").touch()
        with self.page(self._blank, pyodide=version, timeout=timeout) as app:
            app.wait_ready()
            yield app

    def lacks(self, version: str, package: str) -> str:
        """Return why a package of the Pyodide distribution can't be had for a version; "" if it can be."""
        runtime = runtimes.get(version)
        entry = self._store.runtime_lock(runtime)["packages"].get(package)
        if entry is None:
            return f"Pyodide {version} has no {package}"
        try:
            self._store.runtime_package(runtime, entry["file_name"], entry["sha256"])
        except Unavailable:
            return f"the {package} of Pyodide {version} can't be fetched here"
        return ""

    def running_browser(self) -> "Browser":
        """Return the browser, started if need be: at first, and after a crash."""
        if not (self._browser and self._browser.is_connected()):
            self._browser = self.loop.run(self._launch())
        return self._browser

    async def _launch(self) -> "Browser":
        from playwright.async_api import async_playwright  # noqa: PLC0415 - heavy; only now it is needed

        self._playwright = self._playwright or await async_playwright().start()
        options = launch_options(self._found)
        return await self._playwright.chromium.launch(**{**options, "args": [*options["args"], QUICK]})

    def _close(self, context: "BrowserContext") -> None:
        from playwright.async_api import Error  # noqa: PLC0415 - heavy; loaded by now

        try:
            self.loop.run(context.close(), CLOSING)
        except (Error, TimeoutError):  # it hangs, or crashed; the next page gets a new browser
            browser, self._browser = self._browser, None
            shared, self._shared = self._shared, {}
            if browser:
                with contextlib.suppress(Error, TimeoutError):
                    self.loop.run(browser.close(), CLOSING)
            for _, stack in shared.values():
                stack.close()

    def close(self) -> None:
        """Stop everything."""
        for _, stack in list(self._shared.values()):
            stack.close()
        if self._browser:
            self.loop.run(self._browser.close())
        if self._playwright:
            self.loop.run(self._playwright.stop())
        self.loop.close()
