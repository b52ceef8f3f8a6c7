"""An interpreter that tests share: a blank app's page, put back after each test."""

from typing import TYPE_CHECKING, Any

from pyodide_app.testing._loop import LoopThread
from pyodide_app.testing.app_page import AppPage, source

if TYPE_CHECKING:
    from playwright.async_api import CDPSession

_TAKE = """(source) => {
  const app = document.querySelector("pyodide-app");
  const globals = app.pyodide.toPy({ __name__: "pyodide_app_isolation" });
  const Snapshot = app.pyodide.runPython(source + "\\nSnapshot", { globals });
  app[Symbol.for("pyodide_app.testing.snapshot")] = Snapshot(app.pyodide.globals);
}"""
# Nothing of the test may run once its names are gone: what it has asked the page to call later, a rendering
# for one, is cancelled in the same turn.
_RESTORE = """async () => {
  const app = document.querySelector("pyodide-app");
  const snapshot = app[Symbol.for("pyodide_app.testing.snapshot")];
  const problems = (await snapshot.end_tasks()).toJs();
  app[Symbol.for("pyodide_app.testing.later")].cancel();
  return [...problems, ...snapshot.restore().toJs()];
}"""
PATIENCE = 10.0  # seconds to put things back; then the page hangs


class Shared:
    """A page, and how it was when it was new.

    Args:
        app: a blank app that is ready.
    """

    def __init__(self, loop: LoopThread, app: AppPage) -> None:
        self.app = app
        self._loop = loop
        loop.run(self._take())

    async def _take(self) -> None:
        page = self.app.raw
        await page.evaluate(_TAKE, source("_isolation.py"))
        self._tools: CDPSession = await page.context.new_cdp_session(page)
        reply = await self._tools.send(
            "Runtime.evaluate",
            {"expression": source("_page_state.js"), "includeCommandLineAPI": True, "awaitPromise": True},
        )
        self._state: str = reply["result"]["objectId"]

    def begin(self, timeout: float) -> None:
        """Forget what the last test asked for, and what the page said to it."""
        self._loop.lasting.clear()
        self.app.console.clear()
        self.app.errors.clear()
        self.app.allow_errors = False
        self.app.timeout = timeout

    def restore(self) -> list[str]:
        """Put everything back and return what could not be; if there is anything, the page is spent."""
        from playwright.async_api import Error  # noqa: PLC0415 - heavy; loaded by now

        # What was asked of Playwright itself (routes, emulation, navigation) stays with the page.
        if self._loop.lasting:
            return self._loop.lasting
        try:
            return self._loop.run(self._restore(), PATIENCE)
        except (Error, TimeoutError) as error:  # it crashed, hangs, or went elsewhere
            return [repr(error)]

    async def _restore(self) -> list[str]:
        page = self.app.raw
        problems: list[str] = await page.evaluate(_RESTORE)
        reply: dict[str, Any] = await self._tools.send(
            "Runtime.callFunctionOn",
            {
                "objectId": self._state,
                "functionDeclaration": "function () { return this.restore(); }",
                "awaitPromise": True,
                "returnByValue": True,
            },
        )
        if "exceptionDetails" in reply:
            problems.append(str(reply["exceptionDetails"]))
        else:
            problems += reply["result"]["value"]
        await page.context.clear_cookies()
        if page.workers:
            problems.append("workers are running")
        if len(page.context.pages) > 1:
            problems.append("more pages are open")
        if await page.locator("pyodide-app").get_attribute("state") != "ready":
            problems.append("the app is not ready")
        if self.app.errors:
            problems.append("the page shows an error")
        return problems
