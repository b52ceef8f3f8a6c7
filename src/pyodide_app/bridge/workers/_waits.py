"""Tasks of pools that wait for tasks of pools: a wait that would never end is an error.

A task keeps its worker while the page answers it, and the answer may take another task:

    task 1 runs ──calls──> page ──awaits──> task 2 ──needs──> a worker; the only one has task 1

The wait's trace (bridge/rpc/_trace.py) names task 1. A wait can end if nothing has to end before what it
waits for, or if of the tasks that do, one is held up by no other wait, or only by waits that can end. What is
left once those are taken away waits for itself.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from pyodide_app.bridge.rpc import DeadlockError
from pyodide_app.bridge.rpc._trace import trace

if TYPE_CHECKING:
    from pyodide_app.bridge.workers._job import Job

_waits: "dict[object, tuple[tuple[str, ...], Collection[Job]]]" = {}
"""Those that hold somebody up: whom, and the tasks of which one has to end."""


@contextmanager
def waiting_for(*jobs: "Job") -> Iterator[None]:
    """Wait for a task meanwhile, or for one of several.

    Raises:
        DeadlockError: that would never end.
    """
    names = trace()
    if not names:
        yield
        return
    wait = object()
    _waits[wait] = names, jobs
    try:
        if wait in _endless():
            raise DeadlockError(
                f"waiting for this task of {jobs[0].pool.name} would never end: each task that has to end "
                "before it waits for it, too. Let a task return before another one is waited for, or give "
                "the pool more workers."
            )
        yield
    finally:
        del _waits[wait]


def _endless() -> set[object]:
    left = set(_waits)
    while True:
        held_up = {name for wait in left for name in _waits[wait][0]}
        end = {wait for wait in left if not all(_hopeless(job, held_up) for job in _waits[wait][1])}
        if not end:
            return left
        left -= end


def _hopeless(job: "Job", held_up: set[str]) -> bool:
    before = job.pool.before(job)
    return bool(before) and all(each.name in held_up for each in before)
