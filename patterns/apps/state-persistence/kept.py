"""The session's files: in a worker, where what is written is durable when the call returns."""

import importlib.util
import io
import os
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import sheets
import tables
from record import Record
from tables import Rows, Table

from pyodide_app.bridge import packages
from pyodide_app.bridge.storage import ArchiveError, Store, mount

FOLDER = Path("/session")
STATE = FOLDER / "state.json"
DATABASE = FOLDER / "data.db"
PAGE = 20  # rows that are shown at once
VIEWED = 20_000  # characters of a file that are shown

store: Store
record: Record
has_sqlite = False


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What there is.

    Args:
        record: counters, history, the program's values, what is being written.
        files: their paths in the folder, and sizes in bytes.
        tables: of the database.
        problem: why there is no database, or why it cannot be read; else empty.
        news: what happened to the session, if anything did.
    """

    record: Record
    files: list[tuple[str, int]]
    tables: list[Table]
    problem: str
    news: str


async def begin() -> Snapshot:
    """Waits until no other tab has the session, and returns what is in it."""
    global store, has_sqlite
    store = await mount(str(FOLDER), name="apps/state-persistence")
    os.chdir(FOLDER)
    has_sqlite = bool(importlib.util.find_spec("sqlite3"))
    return _read()


def look(news: str = "") -> Snapshot:
    paths = sorted(path for path in FOLDER.rglob("*") if path.is_file())
    files = [(str(path.relative_to(FOLDER)), path.stat().st_size) for path in paths]
    found: list[Table] = []
    problem = ""
    if not has_sqlite:
        problem = (
            "This runtime has no sqlite3, so there is no database: it is a part of Pyodide from 314 on. "
            "All else works."
        )
    else:
        try:
            found = tables.tables(DATABASE)
        except ValueError as error:
            problem = str(error)
    return Snapshot(record, files, found, problem, news)


def save() -> None:
    """The record is durable when this returns, and whole whatever happens meanwhile."""
    text = record.write()
    with STATE.with_suffix(".new").open("w") as file:
        file.write(text)
    STATE.with_suffix(".new").replace(STATE)
    with STATE.open() as file:
        os.fsync(file.fileno())


def keep_draft(text: str) -> None:
    record.draft = text
    save()


def rows(name: str, start: int) -> Rows:
    return tables.rows(DATABASE, name, start, PAGE)


def view(name: str) -> str:
    data = (FOLDER / name).read_bytes()[: VIEWED * 4]
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return "This file is not text."
    return text if len(text) <= VIEWED else text[:VIEWED] + "…"


def add_csv(name: str, data: bytes) -> tuple[str, Snapshot]:
    """Make a table of a file; returns the table's name."""
    if not has_sqlite:
        raise ValueError(look().problem)
    return sheets.add_csv(DATABASE, name, data), look()


async def export_table(name: str, form: str) -> bytes:
    if form == "xlsx":
        await packages.load("openpyxl")
    forms: dict[str, Callable[[Path, str], bytes]]
    forms = {"csv": sheets.to_csv, "json": sheets.to_json, "xlsx": sheets.to_xlsx}
    return forms[form](DATABASE, name)


async def export() -> bytes:
    return await store.export_state()


async def replace(archive: bytes) -> Snapshot:
    """Have what was exported in place of all files, or raise and leave all as it was."""
    _check(archive)
    await store.import_state(archive)
    return _read()


async def clear() -> Snapshot:
    await store.reset()
    return _read()


def _read() -> Snapshot:
    global record
    news = ""
    try:
        record = Record.read(STATE.read_bytes()) if STATE.exists() else Record()
    except ValueError as error:
        STATE.replace(STATE.with_suffix(".damaged"))
        record = Record()
        news = f"It is kept as state.damaged, and a new one begins: {error}."
    if record.find_lost():
        news = "The last run did not come to its end. All that it had committed is here."
    save()
    return look(news)


def _check(archive: bytes) -> None:
    """That it is of this app, before the store checks that it is whole."""
    try:
        with zipfile.ZipFile(io.BytesIO(archive)) as file:
            Record.read(file.read(f"files/{STATE.name}"))
            if has_sqlite and f"files/{DATABASE.name}" in file.namelist():
                tables.check(file.read(f"files/{DATABASE.name}"))
    except Exception as error:  # zipfile has many for what is damaged
        raise ArchiveError(f"It is not a state file of this app, or is damaged: {error}") from error
