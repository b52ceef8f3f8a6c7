# /// script
# requires-python = ">=3.12"
#
# [tool.pyodide-app]
# title = "File explorer"
# ///
"""Pyodide's file system, to look around and to change: folders in memory, and one that the browser keeps."""

from pathlib import Path

import browse
import details
import files
import notice
import tree

from pyodide_app.bridge import PythonVDOM, effect, untracked
from pyodide_app.bridge.storage import StorageError, mount
from pyodide_app.bridge.vdom.elements import button, div, h1, output, p, section

DURABLE = "/data"
MANY = Path("/tmp/many")


async def begin() -> None:
    try:
        store = await mount(DURABLE, name="loading/vfs-explorer", if_taken="read")
    except StorageError as error:
        notice.complain(f"Nothing is kept here: {error}")
        return
    notice.store.value = store
    effect(follow)
    if store.read_only:
        notice.say(f"Another tab writes to {DURABLE}; here it can only be read.")


def follow() -> None:
    """Another tab has saved something."""
    if notice.store.value and notice.store.value.change.value.number:
        untracked(tree.reread)


def make_many() -> None:
    MANY.mkdir(exist_ok=True)
    for number in range(5000):
        (MANY / f"{number:04}.txt").write_text(f"This is number {number}.\n")
    tree.reread()
    for folder in (tree.ROOT, MANY.parent, MANY):
        tree.open_folder(folder)
    browse.move(tree.places.value[MANY])
    notice.say(f"{MANY} has {len(files.entries(MANY)):,} files.")


def page():
    return [
        h1["Files"],
        p(class_="intro")[f"Python's files in this page. Those in {DURABLE} stay; all others are in memory."],
        div(class_="panes")[
            div[
                browse.view(),
                div(class_="buttons")[
                    button(on_click=tree.reread)["Look again"],
                    button(on_click=make_many)["Make 5,000 files"],
                ],
            ],
            section(aria_label="Chosen")[details.view],
        ],
        output[notice.said],
        p(role="alert")[notice.problem],
    ]


await begin()
tree.reread()
PythonVDOM("app").mount(page)
