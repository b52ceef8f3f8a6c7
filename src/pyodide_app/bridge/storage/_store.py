"""`Store`: a mounted folder, what is saved of it, and what other tabs did."""

import asyncio
import errno
import os
from collections.abc import Awaitable, Callable
from pathlib import Path
from types import TracebackType
from typing import Literal, NamedTuple, Self, final

from pyodide_app.bridge._javascript import Js
from pyodide_app.bridge.reactivity import Signal
from pyodide_app.bridge.storage._archive import Contents, clear, pack, unpack

_NUMBERS = {"QuotaExceededError": errno.ENOSPC, "ConflictError": errno.EBUSY, "TimeoutError": errno.ETIMEDOUT}
Status = Literal["saved", "saving", "unsaved"]
Migrate = Callable[[str, int], Awaitable[None] | None]


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
        kind: "opfs" (synchronous: a worker), "indexeddb", "reader" or "router": see `mount`.
        read_only: another tab writes.
        status: "saved", "saving" or "unsaved".
        problem: why the last saving failed; empty if it did not.
        change: what another tab saved last; see Change.
        usage: how many bytes this origin has stored, about.
        quota: how many it may store, about.
        persisted: whether the browser keeps them when it needs room.
    """

    def __init__(self, path: str, version: int, migrate: Migrate | None) -> None:
        self.path = path
        self._version = version
        self._migrate = migrate
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

    async def _begin(self, mounted: Js) -> None:
        self._mounted = mounted
        self.kind: Literal["opfs", "indexeddb", "reader", "router"] = self._store.kind
        self.read_only: bool = self._store.isReadOnly
        try:
            if not self.read_only:
                await self._bring_up()
            await self._look()
        except BaseException:
            await self._end(mounted.close)
            raise

    async def _bring_up(self) -> None:
        before = self._store.volume.version
        if before > self._version:
            raise StorageError(
                f"What is stored at {self.path} has version {before}, and this app knows {self._version}: "
                "it is older than what was stored. Reload the page to get the newest."
            )
        if self.kind == "router" and 0 < before < self._version:
            raise StorageError(
                f"The tab that writes {self.path} has version {before} of the app, and this one is "
                f"{self._version}. Reload that tab."
            )
        if before and before < self._version:
            await self._at_once(lambda _: self._upgrade(before))
        self._store.volume.version = self._version  # of a new store: it comes with the first record

    @property
    def _store(self) -> Js:
        if self._mounted is None:
            raise StorageError(f"The store at {self.path} is closed.")
        return self._mounted.store()

    async def flush(self) -> None:
        """Wait until all that was written is durable.

        Raises:
            OSError: it could not be saved: ENOSPC, if there is no room; EBUSY, if another tab has changed the
                same files, or has them open.
            StorageError: the store is closed.
        """
        raise_problem(await self._store.flush())

    async def export_state(self) -> bytes:
        """All files as one zip file, with a manifest and hashes.

        Raises:
            OSError: as for flush.
            StorageError: the store is closed.
        """
        await self.flush()
        return pack(Contents.read(Path(self.path), self._store.volume.version))

    async def import_state(self, archive: bytes) -> None:
        """Have what `export_state` gave in place of all files; if that fails, all is as it was.

        Raises:
            ArchiveError: it is damaged, or something else.
            OSError: it could not be saved: ENOSPC, if there is no room. EBUSY, if a file is open; EROFS.
            StorageError: it is of a newer version of the app; or the store is closed.
        """
        contents = unpack(archive)
        if contents.version > self._store.volume.version:
            raise StorageError(
                f"The archive has version {contents.version}, and the app knows {self._store.volume.version}."
            )

        async def replace(path: str) -> None:
            contents.write(Path(path))
            await self._upgrade(contents.version)

        await self._at_once(replace)

    async def reset(self) -> None:
        """Remove all files; if that fails, all is as it was.

        Raises:
            OSError, StorageError: as for import_state.
        """

        async def empty(path: str) -> None:
            clear(Path(path))

        await self._at_once(empty)

    async def erase(self) -> None:
        """Close the store and remove it from the browser, with all that is in it.

        Raises:
            OSError: EROFS: another tab writes.
            StorageError: the store is closed.
        """
        self._check_writable(is_router=self.kind == "router")
        await self._end(self._mounted.erase)

    async def _at_once(self, change: Callable[[str], Awaitable[None]]) -> None:
        """Save a change of many files as one, or have nothing of it."""
        self._check_writable()
        if self._store.files.openCount:
            raise OSError(errno.EBUSY, f"{os.strerror(errno.EBUSY)}: a file below {self.path} is open")
        await self.flush()
        self._store.hold()
        try:
            await change(self.path)
            self._store.resume()
            await self.flush()
        except BaseException:
            await self._mounted.revert()
            raise

    async def _upgrade(self, before: int) -> None:
        if self._migrate is not None and before < self._version:
            outcome = self._migrate(self.path, before)
            if outcome is not None:
                await outcome
        self._store.volume.setVersion(self._version)

    def _check_writable(self, *, is_router: bool = False) -> None:
        if self._store.isReadOnly or is_router:
            raise OSError(errno.EROFS, f"{os.strerror(errno.EROFS)}: another tab writes")

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
        number = _NUMBERS.get(problem.name, errno.EIO)
        raise OSError(number, f"{os.strerror(number)}: {problem.message}")
