# /// script
# requires-python = ">=3.14"
# ///
"""Begins a contestant, then measures it as often as it is asked."""

import asyncio

import pyodide_js
import writes
from pyodide.ffi import create_once_callable

from pyodide_app.bridge import Worker


async def nothing() -> None:
    pass


class InWorker:
    """Ours, in a worker: fsync and a commit are durable when they return."""

    async def begin(self) -> str:
        self.worker = Worker()
        return await self.worker.run(writes.mounted)

    async def measure(self, what: str, count: int) -> float:
        work = {"writes": writes.fsync_writes, "inserts": writes.commits}[what]
        return await self.worker.run(work, count)


class InPage:
    """Any file system of the page, with what makes it durable after each operation."""

    async def begin(self) -> str:
        kind = await writes.mounted()
        self.save = writes.store.flush
        return kind

    async def measure(self, what: str, count: int) -> float:
        work = {"writes": writes.saved_writes, "inserts": writes.saved_commits}[what]
        return await work(count, self.save)


class Idbfs(InPage):
    async def begin(self) -> str:
        FS = pyodide_js.FS
        FS.mkdirTree(str(writes.FOLDER))
        FS.mount(FS.filesystems.IDBFS, None, str(writes.FOLDER))
        await self.save()
        return "idbfs"

    async def save(self) -> None:
        done = asyncio.get_running_loop().create_future()
        pyodide_js.FS.syncfs(False, create_once_callable(done.set_result))
        if error := await done:
            raise OSError(str(error))


class Memfs(InPage):
    async def begin(self) -> str:
        writes.FOLDER.mkdir()
        self.save = nothing
        return "memfs"


contestants = {"worker": InWorker, "page": InPage, "idbfs": Idbfs, "memfs": Memfs}


async def begin(name: str) -> str:
    global contestant
    contestant = contestants[name]()
    return await contestant.begin()


async def measure(what: str, count: int) -> float:
    return await contestant.measure(what, count)
