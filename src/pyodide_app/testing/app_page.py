"""An app in the browser, as a test sees it."""

import contextlib
import json
import textwrap
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Self, cast

from pyodide_app.testing import _crossing
from pyodide_app.testing._loop import LoopThread
from pyodide_app.testing._sync import wrap

if TYPE_CHECKING:
    from playwright import async_api
    from playwright.sync_api import Page

SETTLING = 10.0  # seconds for a page to answer at all

_RUN = """async ([source, code, names]) => {
  const app = document.querySelector("pyodide-app");
  const pyodide = app?.pyodide;
  if (!pyodide) return null;
  const key = Symbol.for("pyodide_app.testing.run");
  const namespace = () => pyodide.toPy({ __name__: "pyodide_app_test" });
  app[key] ??= pyodide.runPython(source + "\\nrun", { globals: namespace() });
  return await app[key](code, names, pyodide.globals);
}"""
_LISTEN = """addEventListener("error", (event) => {
  if (event.target.localName === "pyodide-app") __pyodide_app_error(event.detail);
}, true);"""


@dataclass(frozen=True, slots=True)
class ConsoleLine:
    """One line of the browser's console.

    Args:
        kind: "log" (what Python prints), "warning" (what it writes to stderr), "error", "info", "debug" …
        text: the line.
    """

    kind: str
    text: str


class PageError(Exception):
    """The app does not run, or its Python raised an exception that is not a builtin one.

    Args:
        title: the exception's type as "module.Type", or the error panel's title.
        message: what it says.
        traceback: Python's; "" if there is none.
    """

    def __init__(self, title: str, message: str, traceback: str = "") -> None:
        super().__init__(f"{title}: {message}" if message else title)
        self.title = title
        self.message = message
        self.traceback = traceback


class AppPage:
    """A page that runs an app, and the way into its Python.

    Args (read and set them any time):
        page: Playwright's page, its whole API in its synchronous form.
        url: the address of the app.
        console: the console's lines so far, oldest first.
        errors: error panels and uncaught exceptions so far, Python's and JavaScript's, as text with
            their tracebacks.
        allow_errors: errors are expected; else the test fails at its end when there were any.
        timeout: seconds to wait for the app to start, and for `run` to finish.
    """

    def __init__(self, loop: LoopThread, page: "async_api.Page", url: str, timeout: float) -> None:
        self.page = cast("Page", wrap(loop, page))
        self.url = url
        self.console: list[ConsoleLine] = []
        self.errors: list[str] = []
        self.allow_errors = False
        self.timeout = timeout
        self._loop = loop
        self.raw = page  # Playwright's own; for the browser's loop only

    @classmethod
    async def open(
        cls, loop: LoopThread, context: "async_api.BrowserContext", url: str, timeout: float
    ) -> Self:
        """Open an address and listen to its page from the start. Runs on the browser's loop."""
        page = await context.new_page()
        app = cls(loop, page, url, timeout)
        page.on("console", lambda line: app.console.append(ConsoleLine(line.type, line.text)))
        page.on("pageerror", app._hear_exception)
        await page.expose_function("__pyodide_app_error", app._hear_panel)
        await page.add_init_script(_LISTEN)
        await page.goto(url, wait_until="commit")
        return app

    @property
    def state(self) -> str | None:
        """The app's state: "loading", "ready" or "error"; None while there is no app in the page."""
        found = self.page.locator("pyodide-app").first
        return found.get_attribute("state") if found.count() else None

    def wait_ready(self) -> None:
        """Wait until the app's top level is through.

        Raises:
            PageError: the app shows an error panel instead.
            TimeoutError: it is not there after `timeout` seconds.
        """
        __tracebackhide__ = True
        self._wait_for("ready")

    def wait_running(self) -> None:
        """Wait until the app's own code runs; for an app whose top level never ends, such as a game loop.

        Raises:
            PageError, TimeoutError: as for `wait_ready`.
        """
        __tracebackhide__ = True
        self._wait_for("running", "ready")

    def wait_error(self) -> str:
        """Wait until the app shows an error instead of becoming ready, and return what it says.

        Raises:
            AssertionError: it became ready.
            TimeoutError: neither happened in `timeout` seconds.
        """
        __tracebackhide__ = True
        self._wait_until("ready", "error")
        assert self.state == "error", "The app shows no error: it is ready."
        return self.errors[-1]

    def reload(self) -> None:
        """Load the page again, with a new interpreter, and wait until the app is ready."""
        self.page.reload(wait_until="commit")
        self.wait_ready()

    def run(self, code: str, /, **names: object) -> Any:  # noqa: ANN401 - the type is the code's
        """Run Python in the page, in the app's globals, and return the value of its last expression.

        Values cross as copies: builtin types, and dates, decimals, fractions, paths and the like.
        An exception of a builtin type is raised here as it was there, with the page's traceback as a
        note; any other one as PageError.

        Args:
            code: Python, indented or not; `await` works at the top level.
            names: values to assign in the app's globals first.

        Raises:
            TypeError: a value on its way is not plain data.
            TimeoutError: the code has not finished after `timeout` seconds.
            PageError: the app's Python has not started, or raised an exception of its own.
        """
        __tracebackhide__ = True
        request = [source("_crossing.py"), textwrap.dedent(code), _crossing.dumps(names)]
        try:
            reply = self._loop.run(self.raw.evaluate(_RUN, request), self.timeout)
        except TimeoutError:
            raise TimeoutError(f"The code has not finished after {self.timeout:g} s:\n{code}") from None
        if reply is None:
            raise PageError("There is no Python in the page", f"the app's state is {self.state}")
        outcome = json.loads(reply)
        if "value" in outcome:
            return _crossing.loads(outcome["value"])
        raise _revive(outcome["error"])

    def settle(self) -> None:
        """Wait until what the page has said and raised so far is here."""
        from playwright.async_api import Error  # noqa: PLC0415 - heavy; loaded by now

        with contextlib.suppress(Error, TimeoutError):  # a page that is gone or hangs says nothing more
            self._loop.run(self.raw.evaluate("null"), SETTLING)

    def _wait_for(self, *states: str) -> None:
        __tracebackhide__ = True
        self._wait_until(*states, "error")
        if self.state == "error":
            self.allow_errors = True  # told now; not once more at the test's end
            raise PageError("The app shows an error", self.errors[-1])

    def _wait_until(self, *states: str) -> None:
        __tracebackhide__ = True
        from playwright.async_api import TimeoutError as Late  # noqa: PLC0415 - heavy; loaded by now

        app = self.page.locator(", ".join(f"pyodide-app[state={state}]" for state in states)).first
        try:
            app.wait_for(state="attached", timeout=self.timeout * 1000)
        except Late:
            raise TimeoutError(
                f"The app at {self.url} is not {states[0]} after {self.timeout:g} s, but {self.state}."
            ) from None
        self.settle()

    def _hear_exception(self, error: "async_api.Error") -> None:
        self.errors.append(error.stack or error.message)

    def _hear_panel(self, detail: dict[str, str]) -> None:
        parts = [f"{detail['title']}: {detail['message']}", detail.get("hint"), detail.get("traceback")]
        self.errors.append("\n".join(part.rstrip() for part in parts if part))


def source(name: str) -> str:
    """Return the text of a file of this package that runs in the page."""
    return files("pyodide_app.testing").joinpath(name).read_text("utf-8")


def _revive(error: dict[str, str]) -> BaseException:
    unknown = PageError(error["type"], error["message"], error["traceback"])
    # KeyboardInterrupt would end the whole run; it was not the user who pressed a key.
    packed = None if error["type"] == "KeyboardInterrupt" else error["packed"]
    with contextlib.suppress(Exception):  # a constructor that does not take its own exception's arguments
        if packed and isinstance(known := _crossing.loads(packed), BaseException):
            return _with_traceback(known, error["traceback"])
    return _with_traceback(unknown, error["traceback"])


def _with_traceback(error: BaseException, traceback: str) -> BaseException:
    if traceback:
        error.add_note(f"In the page:\n{traceback.rstrip()}")
    return error
