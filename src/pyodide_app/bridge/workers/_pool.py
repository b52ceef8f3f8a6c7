"""Work for several interpreters: a queue in front of a staff of workers.

run, submit, map ──> queue ──> a free worker runs it, alone ──> its caller has the answer
                       ▲             │
                       └─────────────┘ its worker died, or it raised, and the caller asked for retries

Each task is settled: by its answer, by its deadline, by its worker's death, or with the whole pool. None runs
twice unless its caller asked for it.
"""

import asyncio
import itertools
from collections.abc import AsyncGenerator, Callable, Coroutine, Iterable
from types import TracebackType
from typing import Any, Self, TypeVar, final, overload

from pyodide_app.bridge.rpc import WorkerDied
from pyodide_app.bridge.workers._future import PoolFuture
from pyodide_app.bridge.workers._heartbeat import HeartbeatPolicy
from pyodide_app.bridge.workers._job import Errors, Function, Job
from pyodide_app.bridge.workers._map import as_ready, in_order
from pyodide_app.bridge.workers._sizes import at_least, cores
from pyodide_app.bridge.workers._staff import Staff
from pyodide_app.bridge.workers._tasks import Tasks
from pyodide_app.bridge.workers._worker import Worker

__all__ = ["WorkerPool"]

T = TypeVar("T")

_MOST = 8  # workers, unless asked for: each has an interpreter of 50 MiB and more
_HEARTBEAT = HeartbeatPolicy()
_numbers = itertools.count(1)


@final
class WorkerPool:
    """Workers that share the work: `await pool.run(function, *args)`.

    They start when the pool is made; calls wait for them. At the end `async with` waits for all calls that
    were made, or cancels them if an exception leaves it; then it ends the workers.

    Args:
        size: tasks that run at once; by default one for each core, at most 8.
        module: a module of the app that each worker imports at its start.
        name: for errors and tools; made up if not given.
        spares: workers that are kept ready beyond these, to take over from one that ends.
        queue_size: tasks that may wait before `submit` raises `asyncio.QueueFull`; 0 for any number.
        recycle_after: tasks after which a worker is replaced by a fresh one; None for never.
        grace: seconds that a task which was cancelled, or is late, may go on; then its worker is replaced.
        heartbeat: how they are looked after, and what is done about one that gives no sign of life.
        on_output: gets what they print, as ("stdout" or "stderr", text); by default it is printed here, too.

    Attributes (signals):
        workers: those alive, each with its own `state` and `pulse`.
        queued: how many tasks wait.
        busy: how many run.
        restarts: how many workers were replaced.
    """

    def __init__(
        self,
        size: int | None = None,
        *,
        module: str | None = None,
        name: str | None = None,
        spares: int = 0,
        queue_size: int = 0,
        recycle_after: int | None = None,
        grace: float = 2.0,
        heartbeat: HeartbeatPolicy = _HEARTBEAT,
        on_output: Callable[[str, str], object] | None = None,
    ) -> None:
        at_least(1, "size", size)
        at_least(0, "spares", spares)
        at_least(0, "queue_size", queue_size)
        at_least(1, "recycle_after", recycle_after)
        available = cores()
        self.name = name or f"pool-{next(_numbers)}"
        self.size = min(available, _MOST) if size is None else size
        self._queue_size = queue_size
        self._open = True
        self._error: WorkerDied | None = None
        self._tasks = Tasks(self.name, self.size)
        self._staff = Staff(
            lambda number: Worker(module, name=f"{self.name}-{number}", grace=grace, on_output=on_output),
            count=self.size + spares,
            share=recycle_after,
            at_once=max(1, available // 2),
            watch=heartbeat.watch,
            on_free=self._tasks.hand_out,
            on_failure=self._fail,
        )
        self._tasks.connect(self._staff)
        self._staff.begin()
        self.workers = self._staff.workers
        self.restarts = self._staff.restarts
        self.queued = self._tasks.queued
        self.busy = self._tasks.busy

    # --- tasks ---

    @overload
    async def run(
        self,
        function: Callable[..., Coroutine[Any, Any, T]],
        /,
        *args: Any,  # noqa: ANN401 - what the function takes
        timeout: float | None = None,
        retries: int = 0,
        retry_on: Errors = (),
        **kwargs: Any,  # noqa: ANN401
    ) -> T: ...

    @overload
    async def run(
        self,
        function: Callable[..., T],
        /,
        *args: Any,  # noqa: ANN401
        timeout: float | None = None,
        retries: int = 0,
        retry_on: Errors = (),
        **kwargs: Any,  # noqa: ANN401
    ) -> T: ...

    async def run(
        self,
        function: Function,
        /,
        *args: Any,
        timeout: float | None = None,
        retries: int = 0,
        retry_on: Errors = (),
        **kwargs: Any,
    ) -> Any:
        """Call a function in a worker that is free, or will be, and wait for what it returns.

        Cancelling the task that waits cancels the call. Unlike `submit` it is not bound by `queue_size`.

        Args:
            timeout: seconds, counted from when it runs, until `DeadlineExceeded`.
            retries: how often it may run again if its worker dies. Only for what may run twice.
            retry_on: exceptions of the function after which it may run again, too.

        Raises:
            CrossingError: the function, an argument or the result cannot cross.
            WorkerDied: its worker died, or the pool is closed or has no workers: the reason tells.
            DeadlockError: it is called in the course of a task, and waits for a worker that only this task,
                or others that wait likewise, could leave to it.
            Exception: what the function raised.
        """
        return await self._add(function, args, kwargs, timeout, retries, retry_on).answer()

    @overload
    def submit(
        self,
        function: Callable[..., Coroutine[Any, Any, T]],
        /,
        *args: Any,  # noqa: ANN401 - what the function takes
        timeout: float | None = None,
        retries: int = 0,
        retry_on: Errors = (),
        **kwargs: Any,  # noqa: ANN401
    ) -> PoolFuture[T]: ...

    @overload
    def submit(
        self,
        function: Callable[..., T],
        /,
        *args: Any,  # noqa: ANN401
        timeout: float | None = None,
        retries: int = 0,
        retry_on: Errors = (),
        **kwargs: Any,  # noqa: ANN401
    ) -> PoolFuture[T]: ...

    def submit(
        self,
        function: Function,
        /,
        *args: Any,
        timeout: float | None = None,
        retries: int = 0,
        retry_on: Errors = (),
        **kwargs: Any,
    ) -> PoolFuture[Any]:
        """Call a function like `run`, without waiting: the future has the result later.

        Raises:
            asyncio.QueueFull: `queue_size` tasks wait already.
        """
        if self._queue_size and self._tasks.waiting >= self._queue_size:
            raise asyncio.QueueFull(
                f"{self._tasks.waiting} tasks wait for a worker of {self.name}, and its queue_size is "
                f"{self._queue_size}: await some first, or await run(), or use map(), which wait for room"
            )
        return PoolFuture(self._add(function, args, kwargs, timeout, retries, retry_on))

    @overload
    def map(
        self,
        function: Callable[..., Coroutine[Any, Any, T]],
        /,
        *iterables: Iterable[Any],
        ordered: bool = True,
        timeout: float | None = None,
        retries: int = 0,
        retry_on: Errors = (),
    ) -> AsyncGenerator[T, None]: ...

    @overload
    def map(
        self,
        function: Callable[..., T],
        /,
        *iterables: Iterable[Any],
        ordered: bool = True,
        timeout: float | None = None,
        retries: int = 0,
        retry_on: Errors = (),
    ) -> AsyncGenerator[T, None]: ...

    def map(
        self,
        function: Function,
        /,
        *iterables: Iterable[Any],
        ordered: bool = True,
        timeout: float | None = None,
        retries: int = 0,
        retry_on: Errors = (),
    ) -> AsyncGenerator[Any, None]:
        """Call a function with the items of one or more iterables, and iterate over what it returns.

        It takes items only as fast as results are read, so iterables may be endless. What has not been read
        when the iteration ends, be it by an exception, is cancelled.

        Args:
            ordered: results come in the order of the items; otherwise as they are ready.
            timeout: seconds for each call.
            retries: see `run`.
            retry_on: see `run`.
        """
        if not iterables:
            raise TypeError("map takes at least one iterable")
        items = zip(*iterables, strict=False)
        jobs = (self._add(function, args, {}, timeout, retries, retry_on) for args in items)
        return (in_order if ordered else as_ready)(jobs, 2 * self.size)  # one runs and one waits, for each

    async def close(self) -> None:
        """Take no more calls, wait until those that were made have ended, and end the workers."""
        self._open = False
        await self._tasks.all_ended()
        self._staff.close()

    def terminate(self) -> None:
        """Cancel all calls, and end the workers at once. Again is harmless."""
        self._open = False
        self._tasks.end()
        self._staff.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if error is None:
                await self.close()
        finally:
            self.terminate()

    def __repr__(self) -> str:
        state = "open" if self._open else "closed"
        return f"<WorkerPool {self.name}: {state}, {self.busy.peek()} busy, {self.queued.peek()} queued>"

    def _add(
        self,
        function: Function,
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
        timeout: float | None,
        retries: int,
        retry_on: Errors,
    ) -> Job:
        job = Job(function, args, kwargs, timeout, retries, retry_on, self._tasks)
        if not self._open:
            raise self._gone()
        self._tasks.add(job)
        return job

    def _fail(self, error: WorkerDied) -> None:
        self._open = False
        self._error = error
        self._tasks.end(self._gone)

    def _gone(self) -> WorkerDied:
        if self._error is None:
            return WorkerDied(f"{self.name} is closed: it takes no more calls", "closed")
        error = WorkerDied(
            f"{self.name} has no workers, for they do not start: {self._error}", self._error.reason
        )
        error.__cause__ = self._error.__cause__
        return error
