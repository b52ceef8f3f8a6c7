"""What is shown of the chosen file or folder, and what can be done with it."""

from collections.abc import Callable
from functools import partial
from itertools import count
from pathlib import Path
from typing import NamedTuple

import files
import tree
from js import URL, Blob, document
from notice import attempt, change, complain, say, store
from pyodide.ffi import to_js

from pyodide_app.bridge import Signal
from pyodide_app.bridge.vdom import Ref, on
from pyodide_app.bridge.vdom.elements import button, div, form, h2, input_, label, p, textarea
from pyodide_app.bridge.vdom.events import ChangeEvent


class Shown(NamedTuple):
    number: int  # of the showing: what is shown again has another text area
    path: Path
    is_folder: bool
    text: str | None = None  # of a file that can be edited
    reason: str = ""  # why another one cannot


numbers = count()
shown = Signal(Shown(next(numbers), tree.ROOT, is_folder=True))
is_changed = Signal(False)  # and not saved yet
is_asking = Signal(False)  # whether it shall really be deleted
editor, name = Ref(), Ref()


def show(path: Path, *, is_folder: bool) -> None:
    if is_changed.value:
        complain(f"{shown.value.path} has changes. Save or discard them first.")
        return
    say("")
    _show(path, is_folder=is_folder)


def _show(path: Path, *, is_folder: bool) -> None:
    is_changed.value = is_asking.value = False
    text, reason = None, ""
    if not is_folder:
        try:
            text = files.read_text(path)
        except files.Problem as error:
            reason = str(error)
    shown.value = Shown(next(numbers), path, is_folder, text, reason)


# --- files ---


async def save() -> None:
    path, before = shown.value.path, shown.value.text
    text = editor.current.value
    # A text area knows only one kind of line ending.
    written = text.replace("\n", "\r\n") if before and "\r\n" in before else text
    if await change(lambda: files.write_text(path, written), f"{path} is saved."):
        is_changed.value = editor.current.value != text  # typed meanwhile


def discard() -> None:
    _show(shown.value.path, is_folder=False)
    say("The changes are discarded.")


def download() -> None:
    path = shown.value.path

    def send() -> None:
        link = document.createElement("a")
        link.href = URL.createObjectURL(Blob.new(to_js([to_js(files.read(path))])))
        link.download = path.name
        link.click()
        URL.revokeObjectURL(link.href)

    attempt(send)


async def delete() -> None:
    if not is_asking.value:
        is_asking.value = True
        return
    path = shown.value.path
    is_asking.value = False
    if await change(lambda: files.delete(path), f"{path} is deleted.") and shown.value.path == path:
        _show(path.parent, is_folder=True)


# --- folders ---


async def add(make: Callable[[Path, str], Path]) -> None:
    folder, field = shown.value.path, name.current  # another file may be shown by the end
    called = field.value.strip()
    if await change(lambda: make(folder, called), f"{folder / called} is there."):
        field.value = ""
        attempt(lambda: tree.open_folder(folder))


async def upload(event: ChangeEvent) -> None:
    folder, field = shown.value.path, event.target
    for file in list(field.files):
        data = (await file.arrayBuffer()).to_bytes()
        if not await change(partial(files.create, folder, file.name, data), f"{file.name} is uploaded."):
            break
    field.value = ""
    attempt(lambda: tree.open_folder(folder))


# --- the page ---


def deleting():
    return button(type="button", on_click=delete, class_={"danger": is_asking})[
        lambda: "Really delete" if is_asking.value else "Delete"
    ]


def of_file(file: Shown):
    if file.text is None:
        return [
            p[file.reason],
            div(class_="buttons")[button(on_click=download)["Download"], deleting()],
        ]
    return [
        textarea(
            key=file.number,
            ref=editor,
            aria_label="Content",
            spellcheck="false",
            on_input=lambda: setattr(is_changed, "value", True),
        )[file.text],
        div(class_="buttons")[
            button(on_click=save, disabled=lambda: not is_changed.value)["Save"],
            button(on_click=discard, disabled=lambda: not is_changed.value)["Discard"],
            button(on_click=download)["Download"],
            deleting(),
        ],
    ]


def of_folder(folder: Shown):
    kept = store.value and folder.path.is_relative_to(store.value.path)
    return [
        p[
            "Kept in this browser: its files are here after a reload."
            if kept
            else "In memory: gone after a reload."
        ],
        form(on_submit=on(lambda: add(files.create), prevent_default=True))[
            label(for_="name")["Name"],
            input_(id="name", ref=name, autocomplete="off"),
            div(class_="buttons")[
                button(type="submit")["New file"],
                button(type="button", on_click=lambda: add(files.create_folder))["New folder"],
                label(class_="file")["Upload", input_(type="file", multiple=True, on_change=upload)],
                deleting(),
            ],
        ],
    ]


def view():
    what = shown.value
    return [h2[str(what.path)], of_folder(what) if what.is_folder else of_file(what)]
