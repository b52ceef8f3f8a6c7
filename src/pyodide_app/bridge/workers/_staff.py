"""The workers of a pool: as many as it needs, always.

             the first starts alone, then several at a time
starting ───────────────────────────────────────────────────> free <──> at work
    │ failed                                                     │         │ ended, or has done its share
    └──────────────> a new one, later each time <────────────────┴─────────┘ a new one at once

The first one alone is ready soonest, leaves its files in the cache for the others, and if workers cannot
start at all, one fails instead of eight. A worker that ends without having done anything is a failure; after
three in a row, and with none left alive, the staff gives up and tells why. A task that has ended wipes them
out.
"""

import asyncio
import itertools
from collections.abc import Callable
from functools import partial
from typing import final

from pyodide_app.bridge.reactivity import Signal
from pyodide_app.bridge.rpc import WorkerDied
from pyodide_app.bridge.workers._job import Job
from pyodide_app.bridge.workers._tell import tell
from pyodide_app.bridge.workers._worker import Worker

__all__ = ["Member", "Staff"]

_FAILURES = 3  # in a row
_PAUSE = 0.25  # seconds after the first failure; doubled after each
_LONGEST = 30.0  # seconds


@final
class Member:
    """A worker, and the task that it has."""

    __slots__ = ("done", "job", "worker")

    def __init__(self, worker: Worker) -> None:
        self.worker = worker
        self.job: Job | None = None
        self.done = 0


@final
class Staff:
    """Starts workers and replaces those that end.

    Args:
        make: starts the worker of that number.
        count: how many are alive.
        share: tasks after which one is replaced; None for never.
        at_once: how many start at once, after the first.
        watch: looks after one that has started.
        on_free: called when one is free.
        on_failure: called when no worker can be had.
    """

    def __init__(
        self,
        make: Callable[[int], Worker],
        *,
        count: int,
        share: int | None,
        at_once: int,
        watch: Callable[[Worker], object],
        on_free: Callable[[], object],
        on_failure: Callable[[WorkerDied], object],
    ) -> None:
        self.workers: Signal[tuple[Worker, ...]] = Signal(())
        self.restarts: Signal[int] = Signal(0)
        self._make = make
        self._count = count
        self._share = share
        self._at_once = at_once
        self._watch = watch
        self._on_free = on_free
        self._on_failure = on_failure
        self._numbers = itertools.count(1)
        self._members: list[Member] = []
        self._starting: set[Member] = set()
        self._free: list[Member] = []
        self._proven = False  # one has started
        self._failures = 0
        self._pause: asyncio.TimerHandle | None = None
        self._open = True

    def begin(self) -> None:
        """Start the first."""
        self._fill()

    def take(self) -> Member | None:
        """A free member, which is not free any more; the one that worked last, so that spares stay fresh."""
        return self._free.pop() if self._free else None

    def give_back(self, member: Member) -> None:
        """Its task has ended, well or not."""
        member.job = None
        member.done += 1
        if member.worker.error is None:
            self._failures = 0
        self._idle(member)

    def close(self) -> None:
        """End them all."""
        self._open = False
        if self._pause is not None:
            self._pause.cancel()
        for member in list(self._members):
            member.worker.terminate()

    def _fill(self) -> None:
        self._pause = None
        at_once = self._at_once if self._proven else 1
        while self._open and len(self._members) < self._count and len(self._starting) < at_once:
            worker = self._make(next(self._numbers))
            member = Member(worker)
            worker.on_idle.append(partial(self._idle, member))
            worker.on_end.append(partial(self._ended, member))
            self._members.append(member)
            self._starting.add(member)
        tell(self.workers, tuple(member.worker for member in self._members))

    def _idle(self, member: Member, _: object = None) -> None:
        """Nothing runs in it any more; a call that was cancelled may end there only now."""
        worker = member.worker
        if worker.error is not None or member.job is not None or worker.in_flight or member in self._free:
            return
        if self._share is not None and member.done >= self._share:
            worker.terminate()
            return
        self._free.append(member)
        if member in self._starting:
            self._starting.discard(member)
            self._proven = True
            self._watch(worker)
            self._fill()
        self._on_free()

    def _ended(self, member: Member, _: object) -> None:
        self._members.remove(member)
        self._starting.discard(member)
        if member in self._free:
            self._free.remove(member)
        tell(self.workers, tuple(member.worker for member in self._members))
        error = member.worker.error
        assert error
        if not self._open:
            return
        if member.done == 0 and error.reason != "terminated":
            self._failures += 1
        if self._failures >= _FAILURES and not self._members:
            self._on_failure(error)
            return
        tell(self.restarts, self.restarts.peek() + 1)
        if self._failures == 0:
            self._fill()
        elif self._pause is None:
            pause = min(_PAUSE * 2 ** (self._failures - 1), _LONGEST)
            self._pause = asyncio.get_running_loop().call_later(pause, self._fill)
