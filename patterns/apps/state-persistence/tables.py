"""What is in a database. Can be imported where there is no sqlite3, as in the page."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3

CELL = 200  # characters of a value that are shown


@dataclass(frozen=True, slots=True)
class Table:
    """A table or a view, and how many rows it has."""

    name: str
    columns: tuple[str, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Rows:
    """Some rows of a table from `start` on, as text; None is NULL."""

    table: Table
    start: int
    cells: list[tuple[str | None, ...]]


@contextmanager
def opened(path: Path | str) -> Iterator["sqlite3.Connection"]:
    """A connection that is closed in the end. What was not committed is as if it had not been.

    Raises:
        ValueError: SQLite cannot do it; the message says why.
    """
    import sqlite3

    try:
        with closing(sqlite3.connect(path)) as connection:
            yield connection
    except sqlite3.Error as error:
        raise ValueError(f"The database says: {error}.") from error


def tables(path: Path) -> list[Table]:
    if not path.exists():
        return []
    with opened(path) as connection:
        names = connection.execute(
            "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite~_%' "
            "ESCAPE '~' ORDER BY name"
        ).fetchall()
        return [_table(connection, name) for (name,) in names]


def rows(path: Path, name: str, start: int, count: int) -> Rows:
    with opened(path) as connection:
        found = connection.execute(f"SELECT * FROM {quoted(name)} LIMIT ? OFFSET ?", (count, start))
        return Rows(_table(connection, name), start, [tuple(map(_shown, row)) for row in found])


def check(data: bytes) -> None:
    """Look through a database's file.

    Raises:
        ValueError: this is not a whole database.
    """
    with opened(":memory:") as connection:
        connection.deserialize(data)
        [(said,), *_] = connection.execute("PRAGMA integrity_check").fetchall()
    if said != "ok":
        raise ValueError(f"The database is damaged: {said}.")


def quoted(name: str) -> str:
    """A name as SQL has it, whatever is in it."""
    return '"' + name.replace('"', '""') + '"'


def _table(connection: "sqlite3.Connection", name: str) -> Table:
    [(count,)] = connection.execute(f"SELECT count(*) FROM {quoted(name)}")
    found = connection.execute(f"SELECT * FROM {quoted(name)} LIMIT 0")
    return Table(name, tuple(column[0] for column in found.description), count)


def _shown(value: object) -> str | None:
    if value is None:
        return None
    text = f"{len(value)} bytes" if isinstance(value, bytes) else str(value)
    return text if len(text) <= CELL else text[:CELL] + "…"
