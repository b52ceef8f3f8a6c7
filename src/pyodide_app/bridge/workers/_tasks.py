"""The tasks of a pool: those that wait, in their order, and those that run, one in each worker."""

import asyncio
from collections import deque
from collections.abc import Callable, Collection
from functools import partial
from typing import final

from pyodide_app.bridge.reactivity import Signal
from pyodide_app.bridge.rpc import RemoteIterator, WorkerDied
from pyodide_app.bridge.rpc._reply import Reply
from pyodide_app.bridge.workers._job import Call, Job
from pyodide_app.bridge.workers._staff import Member, Staff
from pyodide_app.bridge.workers._tell import tell

__all__ = ["Tasks"]


@final
class Tasks:
    """Hands jobs to free workers, and settles them.

    Args:
        name: of the pool.
        most: how many run at once.
    """

    def __init__(self, name: str, most: int) -> None:
        self.name = name
        self.queued: Signal[int] = Signal(0)
        self.busy: Signal[int] = Signal(0)
        self._most = most
        self._queue: deque[Job] = deque()
        self._running: set[Job] = set()
        self._changed = asyncio.Event()

    def connect(self, staff: Staff) -> None:
        """Work with these workers."""
        self._staff = staff

    @property
    def waiting(self) -> int:
        """How many wait for a worker."""
        return len(self._queue)

    def add(self, job: Job) -> None:
        self._queue.append(job)
        self.hand_out()

    def hand_out(self) -> None:
        """Begin what waits, as far as workers are free."""
        while self._queue and len(self._running) < self._most and (member := self._staff.take()):
            self._begin(self._queue.popleft(), member)
        self._tell()

    def leave(self, job: Job) -> None:
        """Its caller waits for it no more."""
        if job.call is not None:
            job.call.cancel()
        elif job in self._queue:
            self._queue.remove(job)
            self._tell()

    def before(self, job: Job) -> Collection[Job]:
        """Those of which one has to end before it can; itself, if it runs; none, if nothing is in its way."""
        if job.call is not None:
            return (job,)
        return self._running if job in self._queue and len(self._running) == self._most else ()

    async def all_ended(self) -> None:
        """Wait until none is left."""
        while self._queue or self._running:
            self._changed.clear()
            await self._changed.wait()

    def end(self, error: Callable[[], WorkerDied] | None = None) -> None:
        """End them all: with an error, or cancelled."""
        jobs = [*self._running, *self._queue]
        for job in jobs:
            if error is None:
                job.cancel()
            else:
                job.reply.settle(None, error())
        self._queue.clear()
        self._tell()

    def _begin(self, job: Job, member: Member) -> None:
        member.job = job
        self._running.add(job)
        begin = member.worker.begin
        try:
            job.call = job.context.run(job.within.run, begin, job.function, job.args, job.kwargs, job.timeout)
        except BaseException as error:  # it belongs to the caller
            job.call = reply = Reply(lambda: None)
            reply.settle(None, error)
        job.call.add_done_callback(partial(self._called, job, member))

    def _called(self, job: Job, member: Member, call: Call) -> None:
        """A try has ended: well, with an error, cancelled, or with its worker."""
        job.call = None
        self._running.discard(job)
        error = None if call.cancelled() else call.exception()
        again = error is not None and job.may_again(error, died=member.worker.error is not None)
        if again:
            self._queue.appendleft(job)
        self._staff.give_back(member)
        self.hand_out()  # before the caller goes on: it may take its time
        if not again and not call.cancelled():
            self._settle(job, call.result() if error is None else None, error)

    def _settle(self, job: Job, result: object, error: BaseException | None) -> None:
        if isinstance(result, RemoteIterator):
            result.close()
            error = TypeError(
                f"{job.function!r} is a generator function, whose items need one worker: use "
                "Worker.stream, or let it return a list"
            )
            result = None
        job.reply.settle(result, error)

    def _tell(self) -> None:
        self._changed.set()
        tell(self.queued, len(self._queue))
        tell(self.busy, len(self._running))
