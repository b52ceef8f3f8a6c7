"""Checks what it finds, then writes in several ways for ever, and says what is durable."""

import json
import os
import random
from collections.abc import Awaitable, Callable
from pathlib import Path

try:
    import sqlite3
except ModuleNotFoundError:  # before Pyodide 314 it is another package
    sqlite3 = None  # type: ignore[assignment]

DATA = Path("/data")
PAYLOAD = 3000  # bytes, so that writes cross the bounds of blocks
durable = True  # whether fsync makes it so


def write(path: Path, text: str, mode: str = "w") -> None:
    with path.open(mode) as file:
        file.write(text)
        file.flush()
        if durable:
            os.fsync(file.fileno())


def rewrite(number: int) -> None:
    write(DATA / "whole", json.dumps([number] * PAYLOAD))


def append(number: int) -> None:
    write(DATA / "lines", f"{number:<{PAYLOAD}}\n", "a")


def replace(number: int) -> None:
    write(DATA / "new", f"{number} " * PAYLOAD)
    (DATA / "new").replace(DATA / "replaced")
    write(DATA / "done", "")  # whatever is durable, all that came before is


def patch(number: int) -> None:
    """Overwrites in place, two distant parts at once."""
    with (DATA / "patched").open("r+" if (DATA / "patched").exists() else "w+") as file:
        file.write(f"{number:<10}")
        file.seek(50_000)
        file.write(f"{number:<10}")
        file.flush()
        if durable:
            os.fsync(file.fileno())


def insert(number: int) -> None:
    mode = ("DELETE", "TRUNCATE", "PERSIST")[number % 3]
    connection = sqlite3.connect(DATA / "database")
    connection.execute(f"PRAGMA journal_mode = {mode}")
    connection.execute("CREATE TABLE IF NOT EXISTS numbers (number INTEGER PRIMARY KEY, text TEXT)")
    connection.execute("UPDATE numbers SET text = text || '.' WHERE number % 5 = 0 AND length(text) < 4000")
    connection.execute("INSERT INTO numbers VALUES (?, ?)", (number, "x" * PAYLOAD))
    connection.commit()
    connection.close()


WAYS = [rewrite, append, replace, patch] + [insert] * bool(sqlite3)


def found() -> dict[str, int]:
    """What is there: for each way the number that it wrote last; raises if that is torn."""
    last = dict.fromkeys((way.__name__ for way in WAYS), 0)
    if (DATA / "whole").exists():
        numbers = json.loads((DATA / "whole").read_text())
        assert numbers == [numbers[0]] * PAYLOAD
        last["rewrite"] = numbers[0]
    if (DATA / "lines").exists():
        lines = (DATA / "lines").read_text().splitlines()
        assert [len(line) for line in lines] == [PAYLOAD] * len(lines)
        assert [int(line) for line in lines] == list(range(1, len(lines) + 1))
        last["append"] = len(lines)
    if (DATA / "replaced").exists():
        [number] = set((DATA / "replaced").read_text().split())
        last["replace"] = int(number)
    if (DATA / "patched").exists():
        text = (DATA / "patched").read_bytes()
        last["patch"] = int(text[:10])
        assert int(text[50_000:]) == last["patch"]
        assert text[10:50_000] == bytes(49_990)
    if sqlite3 and (DATA / "database").exists():
        connection = sqlite3.connect(DATA / "database")
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        if connection.execute("SELECT 1 FROM sqlite_master").fetchone():
            numbers = [
                number for (number,) in connection.execute("SELECT number FROM numbers ORDER BY number")
            ]
            assert numbers == list(range(1, len(numbers) + 1))
            last["insert"] = len(numbers)
        connection.close()
    return last


async def work(
    seed: int,
    is_immediate: bool,
    flush: Callable[[], Awaitable[None]],
    begin: Callable[[], None],
    say: Callable[[str], None],
) -> None:
    global durable
    durable = is_immediate
    last = found()
    say("found " + json.dumps(last))
    begin()
    chance = random.Random(seed)
    while True:
        way = chance.choice(WAYS)
        number = last[way.__name__] + 1
        way(number)
        if not durable:
            await flush()
        last[way.__name__] = number
        say("kept " + json.dumps([way.__name__, number]))
