"""The tree in the page: an ARIA tree whose focus stays in one place, since most of its rows do not exist."""

import details
import tree
from notice import attempt
from tree import HEIGHT, Row

from pyodide_app.bridge.vdom import Ref, each
from pyodide_app.bridge.vdom.elements import div, span
from pyodide_app.bridge.vdom.events import Event, KeyboardEvent

box = Ref()


def row_id(row: Row) -> str:
    return f"row-{row.index}"


def choose(row: Row) -> None:
    """As a click on it does: opens or closes a folder, and shows what it is."""
    tree.cursor.value = row.path
    details.show(row.path, is_folder=row.is_folder)
    if row.is_folder:
        toggle(row)


def toggle(row: Row) -> None:
    if row.is_open:
        tree.close_folder(row.path)
    else:
        attempt(lambda: tree.open_folder(row.path))


def move(index: int) -> None:
    """The keyboard's place; it is scrolled into sight."""
    row = tree.rows.value[max(0, min(index, len(tree.rows.value) - 1))]
    tree.cursor.value = row.path
    element, top = box.current, row.index * HEIGHT
    if top < element.scrollTop:
        element.scrollTop = top
    elif top + HEIGHT > element.scrollTop + element.clientHeight:
        element.scrollTop = top + HEIGHT - element.clientHeight
    tree.first.value = int(element.scrollTop // HEIGHT)


def into(row: Row) -> None:
    if row.is_open:
        move(row.index + 1)
    elif row.is_folder:
        toggle(row)


def out_of(row: Row) -> None:
    if row.is_open:
        toggle(row)
    else:
        move(tree.places.value[row.path.parent])


KEYS = {
    "ArrowDown": lambda row: move(row.index + 1),
    "ArrowUp": lambda row: move(row.index - 1),
    "ArrowRight": into,
    "ArrowLeft": out_of,
    "Home": lambda row: move(0),
    "End": lambda row: move(len(tree.rows.value) - 1),
    "Enter": choose,
    " ": choose,
}


def on_key(event: KeyboardEvent) -> None:
    if event.key in KEYS:
        event.prevent_default()
        KEYS[event.key](tree.at_cursor())


def on_scroll(event: Event) -> None:
    tree.first.value = int(event.target.scrollTop // HEIGHT)


def line(row: Row):
    return div(
        id=row_id(row),
        role="treeitem",
        class_={"row": True, "cursor": lambda: tree.cursor.value == row.path},
        style={"top": f"{row.index * HEIGHT}px", "padding-left": f"{row.level * 0.875}rem"},
        aria_level=row.level,
        aria_posinset=row.position,
        aria_setsize=row.siblings,
        aria_expanded=row.is_open if row.is_folder else None,
        aria_selected=lambda: details.shown.value.path == row.path,
        on_click=lambda: choose(row),
    )[
        span(class_="sign", aria_hidden="true")[("▾" if row.is_open else "▸") if row.is_folder else ""],
        row.path.name or "/",
    ]


def view():
    return div(
        ref=box,
        class_="tree",
        role="tree",
        tabindex=0,
        aria_label="Files",
        aria_activedescendant=lambda: row_id(tree.at_cursor()),
        on_keydown=on_key,
        on_scroll=on_scroll,
    )[
        div(
            class_="all", role="presentation", style={"height": lambda: f"{len(tree.rows.value) * HEIGHT}px"}
        )[each(tree.window, line, key=lambda row: row.path)]
    ]
