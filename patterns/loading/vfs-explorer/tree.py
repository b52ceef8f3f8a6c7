"""The tree as rows, of which only those in sight are made.

opened    what stands in each open folder; a folder is read when it is opened
rows      all of it from top to bottom, as a list: what one would see on an endless screen
window    the few rows around the place that is scrolled to; the page has elements for these alone
"""

from pathlib import Path
from typing import NamedTuple

import files

from pyodide_app.bridge import Signal, computed

HEIGHT = 40  # pixels of a row, as in style.css
AROUND = 6  # rows made above and below the ones in sight, so that scrolling shows no gap
IN_SIGHT = 12  # rows, as in style.css


class Row(NamedTuple):
    index: int
    path: Path
    level: int  # from 1 on
    position: int  # among its siblings, from 1 on
    siblings: int  # with itself
    is_folder: bool
    is_open: bool


ROOT = Path("/")
opened: Signal[dict[Path, tuple[files.Entry, ...]]] = Signal({ROOT: files.entries(ROOT)})
first = Signal(0)  # the row at the top of what is in sight
cursor = Signal(ROOT)  # where the keyboard is


def _flatten() -> list[Row]:
    found = [Row(0, ROOT, 1, 1, 1, is_folder=True, is_open=ROOT in opened.value)]

    def add(folder: Path, level: int) -> None:
        entries = opened.value[folder]
        for position, entry in enumerate(entries, 1):
            path = folder / entry.name
            is_open = path in opened.value
            found.append(Row(len(found), path, level, position, len(entries), entry.is_folder, is_open))
            if is_open:
                add(path, level + 1)

    if found[0].is_open:
        add(ROOT, 2)
    return found


rows = computed(_flatten)
places = computed(lambda: {row.path: row.index for row in rows.value})
window = computed(lambda: rows.value[max(first.value - AROUND, 0) : first.value + IN_SIGHT + AROUND])


def at_cursor() -> Row:
    return rows.value[places.value.get(cursor.value, 0)]


def open_folder(folder: Path) -> None:
    opened.value = {**opened.value, folder: files.entries(folder)}


def close_folder(folder: Path) -> None:
    opened.value = {path: found for path, found in opened.value.items() if path != folder}


def reread() -> None:
    """Reads all open folders again; one that cannot be read any more is closed."""
    found = {}
    for folder in opened.value:
        try:
            found[folder] = files.entries(folder)
        except files.Problem:
            continue
    opened.value = found
    if cursor.value not in places.value:
        cursor.value = cursor.value.parent if cursor.value.parent in places.value else ROOT
