"""What `submit` returns: a future as concurrent.futures has it, which can be awaited, too."""

import asyncio
import concurrent.futures
from collections.abc import Generator
from typing import Any, TypeVar, final

from pyodide_app.bridge.rpc._blocking import can_run_sync
from pyodide_app.bridge.rpc._errors import BlockingUnavailable
from pyodide_app.bridge.rpc._reply import Reply
from pyodide_app.bridge.workers._job import Job
from pyodide_app.bridge.workers._waits import waiting_for

__all__ = ["PoolFuture"]

T = TypeVar("T")


class _Waiters(list[Any]):
    """Where concurrent.futures' `wait` and `as_completed` hang what they then block the thread for."""

    def __init__(self, future: "PoolFuture[Any]") -> None:
        super().__init__()
        self._future = future

    def append(self, waiter: object) -> None:
        if not self._future.done():
            raise _unavailable()
        super().append(waiter)


def _unavailable() -> BlockingUnavailable:
    return BlockingUnavailable(
        "this call has not ended, and a page cannot block until it has: await the future, or "
        "asyncio.gather or asyncio.as_completed of several"
    )


@final
class PoolFuture(concurrent.futures.Future[T]):
    """The result of a call, now or later: `await` it.

    Two things are unlike concurrent.futures. A page must not be blocked: `result()` and `exception()` wait
    only where JSPI lets the page go on meanwhile, and otherwise are an error, as concurrent.futures' `wait`
    and `as_completed` are, as long as a call has not ended. And `cancel()` also stops a call that runs.
    """

    def __init__(self, job: Job) -> None:
        super().__init__()
        self._waiters = _Waiters(self)
        self._job = job
        job.future = self
        job.reply.add_done_callback(self._settled)

    def running(self) -> bool:
        """Whether a worker runs it now."""
        return self._job.call is not None and not self.done()

    def cancel(self) -> bool:
        """Cancel it, also if it runs: over there as `Task.cancel`, or with KeyboardInterrupt.

        Returns:
            False if it has ended already.
        """
        if super().cancel() and not self._job.reply.done():
            self.set_running_or_notify_cancel()  # tells who waits in concurrent.futures.wait
            self._job.reply.cancel()
        return self.cancelled()

    def result(self, timeout: float | None = None) -> T:
        """What the function returned.

        Args:
            timeout: seconds to wait.

        Raises:
            TimeoutError: it has not ended in that time.
            BlockingUnavailable: it has not ended, and nothing can wait here.
            DeadlockError: it would never end: see `WorkerPool.run`.
            CancelledError: it was cancelled; concurrent.futures' own.
            Exception: what the function raised.
        """
        self._wait(timeout)
        return super().result(0)

    def exception(self, timeout: float | None = None) -> BaseException | None:
        """What the function raised, None if it returned; waits like `result`."""
        self._wait(timeout)
        return super().exception(0)

    def __await__(self) -> Generator[Any, None, T]:
        with waiting_for(self._job):
            return (yield from self._job.reply.__await__())  # type: ignore[no-any-return]

    def _wait(self, timeout: float | None) -> None:
        if self.done() or timeout == 0:
            return
        if not can_run_sync():
            raise _unavailable()
        from pyodide.ffi import run_sync  # noqa: PLC0415 - only there in the browser

        with waiting_for(self._job):
            run_sync(self._ended(timeout))

    async def _ended(self, timeout: float | None) -> None:
        ended = asyncio.Event()
        self.add_done_callback(lambda _: ended.set())
        await asyncio.wait([asyncio.ensure_future(ended.wait())], timeout=timeout)

    def _settled(self, reply: Reply) -> None:
        if self.done():
            return
        if reply.cancelled():
            super().cancel()
            self.set_running_or_notify_cancel()
        elif (error := reply.exception()) is not None:
            self.set_exception(error)
        else:
            self.set_result(reply.result())
