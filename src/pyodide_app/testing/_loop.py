"""An event loop in a thread of its own: Playwright lives there, beside whatever loop a test runs."""

import asyncio
import threading
from collections.abc import Coroutine
from types import TracebackType
from typing import Any, Self, TypeVar

T = TypeVar("T")


class LoopThread:
    """An event loop in a background thread, until closed.

    Tests, plain ones and `async def` ones, wait for its results; their own loop is never touched.
    """

    def __init__(self) -> None:
        self.failures: list[Exception] = []  # what event handlers of tests raised, until somebody tells
        self.lasting: list[str] = []  # calls whose effect stays with a page (see _sync), until it is asked
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="browser loop", daemon=True)
        self._thread.start()

    def run(self, coroutine: Coroutine[Any, Any, T], timeout: float | None = None) -> T:
        """Run a coroutine on the loop and wait for its result.

        Args:
            timeout: seconds; then the coroutine is cancelled and TimeoutError raised.
        """
        __tracebackhide__ = True
        if threading.current_thread() is self._thread:
            return _run_without_waiting(coroutine)
        future = asyncio.run_coroutine_threadsafe(coroutine, self._loop)
        try:
            return future.result(timeout)
        except BaseException:  # KeyboardInterrupt above all: nothing may go on in the background
            future.cancel()
            raise

    def close(self) -> None:
        """Stop the loop and its thread."""
        self.run(self._loop.shutdown_default_executor())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _run_without_waiting(coroutine: Coroutine[Any, Any, T]) -> T:
    # A predicate given to Playwright runs on the loop itself, which can't wait for itself; it may
    # read properties (response.url), which is done before the first wait.
    try:
        coroutine.send(None)
    except StopIteration as done:
        value: T = done.value
        return value
    coroutine.close()
    raise RuntimeError("A predicate may only read properties: it can't call what waits for the browser.")
