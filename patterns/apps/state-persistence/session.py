"""The session as the page knows it: what there is, as signals, and what can be done. The worker does it."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import files
import js
import kept
import runner
from tables import Rows

from pyodide_app.bridge import Signal, Worker, WorkerDied, computed, effect, packages
from pyodide_app.bridge.rpc import RemoteError
from pyodide_app.bridge.storage import StorageError
from pyodide_app.bridge.vdom.events import ChangeEvent

T = TypeVar("T")

EXAMPLE = """\
from datetime import datetime

state["visits"] = state.get("visits", 0) + 1

db.execute("CREATE TABLE IF NOT EXISTS notes (id INTEGER PRIMARY KEY, text, written)")
db.execute("INSERT INTO notes (text, written) VALUES (?, ?)", ("Hello", datetime.now().isoformat()))

print("Visits:", state["visits"])
for row in db.execute("SELECT * FROM notes"):
    print(row)
"""
REFUSED = (OSError, ValueError, StorageError, RemoteError, packages.PackagesUnavailable)
ENDS = {"done": "Done", "error": "An error", "stopped": "Stopped"}

snapshot: Signal[kept.Snapshot | None] = Signal(None)
draft = Signal("")
kept_draft = Signal("")
printed: Signal[tuple[tuple[str, str], ...]] = Signal(())  # (stream, text)
said = Signal("Python starts. The session opens as soon as no other tab has it.")
shown_table: Signal[Rows | None] = Signal(None)
shown_file: Signal[tuple[str, str] | None] = Signal(None)  # (name, content)
running: Signal[asyncio.Future | None] = Signal(None)
is_open = Signal(False)
is_busy = Signal(False)
is_free = computed(lambda: is_open.value and not is_busy.value)
at_rest = asyncio.Event()  # the worker has nothing to do, or is gone
is_saving = False


# --- the worker ---


def hire() -> Worker:
    new = Worker(name="session", on_output=hear)
    new.on_idle.append(lambda _: at_rest.set())
    new.on_end.append(recover)
    return new


def hear(stream: str, text: str) -> None:
    before = printed.peek()
    if before and before[-1][0] == stream:
        text = before[-1][1] + text
        before = before[:-1]
    printed.value = (*before, (stream, text))


async def begin() -> None:
    is_first = snapshot.peek() is None
    there = await worker.run(kept.begin)
    if is_first:
        replace_all(there)
    else:  # what is written in the page is newer
        snapshot.value = there
    again = "" if is_first else "Python has ended, and was started again. "
    said.value = again + (there.news or "The session is open.")
    is_open.value = True


def recover(dead: Worker) -> None:
    """Another worker goes on with what was kept; but not if this one could not even start."""
    global worker
    at_rest.set()
    said.value = f"Python has ended. {dead.error}"
    if is_open.peek():
        is_open.value = False
        worker = hire()
        asyncio.ensure_future(begin())


@contextmanager
def busy() -> Iterator[None]:
    is_busy.value = True
    try:
        yield
    finally:
        is_busy.value = False


async def ask(function: Callable[..., Awaitable[T] | T], *args: object) -> T | None:
    """Have the worker do something, unless it is doing something; None if it did not. Why not is said."""
    if not is_free.peek():
        return None
    with busy():
        try:
            return await worker.run(function, *args)
        except WorkerDied:
            return None  # recover has told
        except REFUSED as error:
            said.value = f"Not done, and nothing has changed. {error}"
            return None


# --- the program ---


async def run() -> None:
    if not is_free.peek():
        return
    printed.value = ()
    said.value = "It runs."
    with busy():
        try:
            snapshot.value = await run_or_stop()
        except WorkerDied:
            return  # recover has told
    last = snapshot.peek().record.history[-1]
    said.value = f"{ENDS[last.outcome]} after {last.seconds:.2f} s."
    shown_file.value = None
    if shown_table.peek():
        await open_table(shown_table.peek().table.name, shown_table.peek().start)


async def run_or_stop() -> kept.Snapshot:
    mine = worker
    running.value = asyncio.ensure_future(mine.run(runner.run, draft.peek()))
    try:
        return await running.peek()
    except asyncio.CancelledError:
        said.value = "It is being stopped."
        while mine.in_flight and not mine.error:
            at_rest.clear()
            await at_rest.wait()
        return await mine.run(kept.look)
    finally:
        running.value = None


def stop() -> None:
    if running.peek():
        running.peek().cancel()


@effect
def follow_draft() -> None:
    if is_free.value and draft.value != kept_draft.peek():
        asyncio.ensure_future(keep_draft())


async def keep_draft() -> None:
    """What is being written is kept, the newest text after each save; a crash loses a few keys at most."""
    global is_saving
    if is_saving:
        return
    is_saving = True
    try:
        while is_free.peek() and (text := draft.peek()) != kept_draft.peek():
            await worker.run(kept.keep_draft, text)
            kept_draft.value = text
    except OSError as error:
        said.value = f"What you write could not be saved. {error}"
    except WorkerDied:
        pass  # recover has told, and the draft is kept as soon as another worker is there
    finally:
        is_saving = False


# --- the whole state ---


def replace_all(there: kept.Snapshot) -> None:
    snapshot.value = there
    draft.value = kept_draft.value = there.record.draft or EXAMPLE
    shown_table.value = shown_file.value = None


async def download() -> None:
    if archive := await ask(kept.export):
        files.download(archive, "session.zip")
        said.value = "The state is downloaded."


async def upload(event: ChangeEvent) -> None:
    if (file := await files.chosen(event)) and (there := await ask(kept.replace, file[1])):
        replace_all(there)
        said.value = f"The state is that of {file[0]} now. {there.news}"


async def clear() -> None:
    if js.confirm("Remove all tables, files and the history?") and (there := await ask(kept.clear)):
        replace_all(there)
        printed.value = ()
        said.value = "The session is cleared."


# --- tables and files ---


async def open_table(name: str, start: int = 0) -> None:
    there = {table.name for table in snapshot.peek().tables}
    shown_table.value = await ask(kept.rows, name, start) if name in there else None


async def open_file(name: str) -> None:
    content = await ask(kept.view, name)
    shown_file.value = None if content is None else (name, content)


async def add_csv(event: ChangeEvent) -> None:
    if (file := await files.chosen(event)) and (added := await ask(kept.add_csv, *file)):
        name, snapshot.value = added
        said.value = f"{file[0]} is the table {name} now."
        await open_table(name)


async def export_table(name: str, form: str) -> None:
    if data := await ask(kept.export_table, name, form):
        files.download(data, f"{name}.{form}")
        said.value = f"{name}.{form} is downloaded."


worker = hire()
