"""What a call gives at once: something to await."""

import asyncio
from collections.abc import Callable, Generator
from contextvars import Context
from typing import Any, final


@final
class Reply:
    """A future of one call, that asyncio takes for one of its own.

    Unlike asyncio's, it wakes its task in the very event that brings the answer, without another turn of the
    event loop, which in Pyodide costs more than all the rest of a small call.
    """

    __slots__ = ("_asyncio_future_blocking", "_callbacks", "_cancel", "_error", "_loop", "_result", "_state")

    def __init__(self, cancel: Callable[[], object]) -> None:
        self._asyncio_future_blocking = False
        self._callbacks: list[tuple[Callable[[Reply], object], Context | None]] = []
        self._cancel = cancel
        self._error: BaseException | None = None
        self._loop = asyncio.get_running_loop()
        self._result: Any = None
        self._state = "pending"

    def settle(self, result: object, error: BaseException | None = None) -> None:
        """End it, from an event of the browser: whoever waits goes on before this returns."""
        if self._state != "pending":
            return
        self._state = "done"
        self._result = result
        self._error = error
        self._wake(now=asyncio.current_task() is None)

    def _wake(self, *, now: bool) -> None:
        callbacks, self._callbacks = self._callbacks, []
        for callback, context in callbacks:
            if not now:
                self._loop.call_soon(callback, self, context=context)
            elif context is None:
                callback(self)
            else:
                context.run(callback, self)

    # --- what asyncio expects of a future ---

    def get_loop(self) -> asyncio.AbstractEventLoop:
        return self._loop

    def add_done_callback(
        self, callback: Callable[["Reply"], object], *, context: Context | None = None
    ) -> None:
        if self._state == "pending":
            self._callbacks.append((callback, context))
        else:
            self._loop.call_soon(callback, self, context=context)

    def remove_done_callback(self, callback: Callable[["Reply"], object]) -> int:
        before = len(self._callbacks)
        self._callbacks = [each for each in self._callbacks if each[0] != callback]
        return before - len(self._callbacks)

    def done(self) -> bool:
        return self._state != "pending"

    def cancelled(self) -> bool:
        return self._state == "cancelled"

    def cancel(self, msg: object = None) -> bool:
        if self._state != "pending":
            return False
        self._state = "cancelled"
        self._error = asyncio.CancelledError() if msg is None else asyncio.CancelledError(msg)
        self._cancel()
        self._wake(now=False)
        return True

    def result(self) -> Any:  # noqa: ANN401 - whatever was called returns it
        if self._error is not None:
            raise self._error
        if self._state == "pending":
            raise asyncio.InvalidStateError("the call has not been answered")
        return self._result

    def exception(self) -> BaseException | None:
        if self._state == "cancelled":
            assert self._error
            raise self._error
        if self._state == "pending":
            raise asyncio.InvalidStateError("the call has not been answered")
        return self._error

    def __await__(self) -> Generator["Reply", None, Any]:
        if self._state == "pending":
            self._asyncio_future_blocking = True
            yield self
        return self.result()

    __iter__ = __await__
