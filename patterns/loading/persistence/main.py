# /// script
# requires-python = ">=3.12"
#
# [tool.pyodide-app]
# title = "Persistence"
# ///
"""A diary that outlives the page: each entry is durable before the page says so."""

import asyncio

import diary
from js import URL, Blob, Object, document
from pyodide.ffi import to_js

from pyodide_app.bridge import PythonVDOM, Signal, Worker
from pyodide_app.bridge.storage import ArchiveError
from pyodide_app.bridge.vdom import on
from pyodide_app.bridge.vdom.elements import button, div, form, h1, input_, label, li, output, p, ul
from pyodide_app.bridge.vdom.events import ChangeEvent

entries: Signal[tuple[str, ...]] = Signal(())
said = Signal("The diary opens, as soon as no other tab has it.")
is_open = Signal(False)
worker = Worker(name="diary")


async def begin() -> None:
    show(await worker.run(diary.begin), "Opened.")
    is_open.value = True


def show(found: list[str], what: str) -> None:
    entries.value = tuple(found)
    said.value = f"{what} {len(found)} {'entry' if len(found) == 1 else 'entries'}."


async def add() -> None:
    field = document.getElementById("entry")
    text = field.value.strip()
    if not text:
        return
    took = await worker.run(diary.add, text)
    field.value = ""
    entries.value = (*entries.value, text)
    said.value = f"Durable after {took:.1f} ms."


async def crash() -> None:
    """The worker ends at once, in the middle of whatever it does; another one finds what was kept."""
    global worker
    is_open.value = False
    worker.terminate()
    entries.value = ()
    said.value = "The worker is gone. Another one starts."
    worker = Worker(name="diary")
    await begin()


async def export() -> None:
    archive = await worker.run(diary.export)
    link = document.createElement("a")
    options = to_js({"type": "application/zip"}, dict_converter=Object.fromEntries)
    link.href = URL.createObjectURL(Blob.new(to_js([to_js(archive)]), options))
    link.download = "diary.zip"
    link.click()
    URL.revokeObjectURL(link.href)


async def replace(event: ChangeEvent) -> None:
    file = event.target.files.item(0)
    if file is None:
        return
    archive = (await file.arrayBuffer()).to_bytes()
    event.target.value = ""
    try:
        show(await worker.run(diary.replace, archive), "Imported.")
    except ArchiveError as error:
        said.value = f"Not imported, and nothing has changed. {error}"


async def erase() -> None:
    show(await worker.run(diary.erase), "Erased.")


def page():
    return [
        h1["A diary that stays"],
        p["Reload, close the tab, crash the worker, kill the browser: what was said to be durable is there."],
        form(on_submit=on(add, prevent_default=True))[
            label(for_="entry")["New entry"],
            input_(id="entry", autocomplete="off"),
            button(type="submit", disabled=lambda: not is_open.value)["Write"],
        ],
        p(class_="said")[output[said]],
        ul[lambda: [li[text] for text in entries.value]],
        div(class_="actions")[
            button(on_click=crash, disabled=lambda: not is_open.value)["Crash the worker"],
            button(on_click=export, disabled=lambda: not is_open.value)["Export"],
            label(class_="file")["Import", input_(type="file", accept=".zip", on_change=replace)],
            button(on_click=erase, disabled=lambda: not is_open.value)["Erase my data"],
        ],
    ]


PythonVDOM("app").mount(page)
asyncio.ensure_future(begin())
