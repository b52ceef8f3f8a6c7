"""`Store`: a mounted folder, what is saved of it, and what other tabs did."""

import asyncio
import errno
import os
from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import Literal, NamedTuple, Self, final

from pyodide_app.bridge._javascript import Js
from pyodide_app.bridge.reactivity import Signal

Status = Literal["saved", "saving", "unsaved"]


class StorageError(RuntimeError):
    """There is no storage here, or what is stored cannot be used; the message says why."""


class Change(NamedTuple):
    """What another tab has saved.

    Args:
        number: of such changes since the mount.
        paths: of the files, as they are mounted here.
    """

    number: int
    paths: tuple[str, ...]


@final
class Store:
    """A mounted folder whose files are kept; `mount` makes it, `close` or the end of `async with` ends it.

    Attributes (the first three do not change, the others are signals):
        path: where it is mounted.
        kind: "opfs" (synchronous: a worker), "indexeddb" or "reader".
        read_only: another tab writes.
        status: "saved", "saving" or "unsaved".
        problem: why the last saving failed; empty if it did not.
        change: what another tab saved last; see Change.
        usage: how many bytes this origin has stored, about.
        quota: how many it may store, about.
        persisted: whether the browser keeps them when it needs room.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        self.status: Signal[Status] = Signal("saved")
        self.problem = Signal("")
        self.change = Signal(Change(0, ()))
        self.usage = Signal(0)
        self.quota = Signal(0)
        self.persisted = Signal(False)
        self._mounted: Js = None
        self._looking: asyncio.Task[None] | None = None
        self._endings: list[Callable[[], object]] = []

    def _at_end(self, call: Callable[[], object]) -> None:
        self._endings.append(call)

    async def _begin(self, mounted: Js) -> Self:
        self._mounted = mounted
        self.kind: Literal["opfs", "indexeddb", "reader"] = self._store.device.kind
        self.read_only: bool = self._store.isReadOnly
        await self._look()
        return self

    @property
    def _store(self) -> Js:
        if self._mounted is None:
            raise StorageError(f"The store at {self.path} is closed.")
        return self._mounted.store()

    async def flush(self) -> None:
        """Wait until all that was written is durable.

        Raises:
            OSError: it could not be saved: ENOSPC, if there is no room.
            StorageError: the store is closed.
        """
        raise_problem(await self._store.flush())

    async def close(self) -> None:
        """Save, unmount, and let another tab write.

        Raises:
            OSError: as for flush; then it is still open.
        """
        if self._mounted is not None:
            await self.flush()
            await self._end(self._mounted.close)

    async def _end(self, end: Callable[[], Awaitable[None]]) -> None:
        self._mounted = None
        try:
            await end()
        finally:
            self._forget()

    def _forget(self) -> None:
        if self._looking:
            self._looking.cancel()
        while self._endings:
            self._endings.pop()()

    def _tell_state(self, state: Status, problem: str) -> None:
        self.status.value = state
        self.problem.value = problem
        if state == "saved" and (self._looking is None or self._looking.done()):
            self._looking = asyncio.ensure_future(self._look())

    def _tell_change(self, paths: Js) -> None:
        there = tuple(f"{self.path}/{path}" for path in paths.to_py())
        self.change.value = Change(self.change.value.number + 1, there)

    async def _look(self) -> None:
        from js import navigator  # noqa: PLC0415 - only there in the browser

        estimate = await navigator.storage.estimate()
        self.usage.value, self.quota.value = int(estimate.usage), int(estimate.quota)
        self.persisted.value = bool(await navigator.storage.persisted())

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    def __repr__(self) -> str:
        return f"<Store {self.path!r}, {'closed' if self._mounted is None else self.status.peek()}>"


def raise_problem(problem: Js) -> None:
    """Raise what JavaScript has caught, as Python has it."""
    if problem:
        number = errno.ENOSPC if problem.name == "QuotaExceededError" else errno.EIO
        raise OSError(number, f"{os.strerror(number)}: {problem.message}")
