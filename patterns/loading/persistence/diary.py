"""The diary's files: in a worker, where what is written is durable when the call returns."""

import json
import os
import time
from pathlib import Path

from pyodide_app.bridge.storage import Store, mount

FOLDER = "/diary"
ENTRIES = Path(FOLDER, "entries.jsonl")

store: Store


async def begin() -> list[str]:
    """Waits until no other tab has the diary, and returns its entries."""
    global store
    store = await mount(FOLDER, name="loading/persistence")
    return entries()


def entries() -> list[str]:
    if not ENTRIES.exists():
        return []
    return [json.loads(line)["text"] for line in ENTRIES.read_text().splitlines()]


def add(text: str) -> float:
    """Returns how long it took until the entry was durable, in milliseconds."""
    start = time.perf_counter()
    with ENTRIES.open("a") as file:
        file.write(json.dumps({"text": text}) + "\n")
        file.flush()
        os.fsync(file.fileno())
    return (time.perf_counter() - start) * 1000


async def export() -> bytes:
    return await store.export_state()


async def replace(archive: bytes) -> list[str]:
    await store.import_state(archive)
    return entries()


async def erase() -> list[str]:
    """Nothing of it stays in the browser; then it begins anew."""
    await store.erase()
    return await begin()
