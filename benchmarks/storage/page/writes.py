"""What is measured, in the page and in the worker: seconds for so many operations, each durable."""

import os
import sqlite3
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from pyodide_app.bridge.storage import Store, mount

BLOCK = b"x" * 4096
FOLDER = Path("/measured")

store: Store


async def mounted() -> str:
    global store
    store = await mount(str(FOLDER))
    return store.kind


def fsync_writes(count: int) -> float:
    with (FOLDER / "file").open("wb", buffering=0) as file:
        start = time.perf_counter()
        for _ in range(count):
            file.write(BLOCK)
            os.fsync(file.fileno())
        return time.perf_counter() - start


def commits(count: int) -> float:
    with Inserting() as insert:
        start = time.perf_counter()
        for number in range(count):
            insert(number)
        return time.perf_counter() - start


async def saved_writes(count: int, save: Callable[[], Awaitable[object]]) -> float:
    with (FOLDER / "file").open("wb", buffering=0) as file:
        start = time.perf_counter()
        for _ in range(count):
            file.write(BLOCK)
            await save()
        return time.perf_counter() - start


async def saved_commits(count: int, save: Callable[[], Awaitable[object]]) -> float:
    with Inserting() as insert:
        start = time.perf_counter()
        for number in range(count):
            insert(number)
            await save()
        return time.perf_counter() - start


class Inserting:
    """A new database, into which a row is inserted and committed."""

    def __enter__(self) -> Callable[[int], None]:
        (FOLDER / "database").unlink(missing_ok=True)
        self.connection = sqlite3.connect(FOLDER / "database")
        self.connection.execute("CREATE TABLE numbers (number INTEGER PRIMARY KEY, text TEXT)")
        return self.insert

    def insert(self, number: int) -> None:
        with self.connection:
            self.connection.execute("INSERT INTO numbers VALUES (?, ?)", (number, "x" * 100))

    def __exit__(self, *_: object) -> None:
        self.connection.close()
