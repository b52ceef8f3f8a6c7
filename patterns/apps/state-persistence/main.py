# /// script
# requires-python = ">=3.12"
#
# [tool.pyodide-app]
# title = "State persistence"
#
# [tool.pyodide-app.on-demand]
# numpy = ["numpy"]
# pandas = ["pandas"]
# openpyxl = ["openpyxl"]
# ///
"""What the page shows: an editor, what the program prints, and what there is."""

import asyncio

import panels
import session
from controls import action, upload
from session import draft, is_free, kept_draft, printed, running, said

from pyodide_app.bridge.vdom import PythonVDOM
from pyodide_app.bridge.vdom.elements import (
    code,
    div,
    h1,
    h2,
    header,
    label,
    output,
    p,
    pre,
    section,
    small,
    span,
    textarea,
)
from pyodide_app.bridge.vdom.events import InputEvent, KeyboardEvent


async def on_key(event: KeyboardEvent) -> None:
    if event.key == "Enter" and (event.ctrl_key or event.meta_key):
        await session.run()
    elif event.key == "Escape":
        session.stop()


def on_input(event: InputEvent) -> None:
    draft.value = event.value


async def run_or_stop() -> None:
    if running.peek():
        session.stop()
    else:
        await session.run()


def editor():
    return section(class_="editor", aria_label="Program")[
        label(for_="program")["Program"],
        p(class_="quiet")[
            code["db"],
            " is an SQLite connection, ",
            code["state"],
            " a dict that is kept as JSON. ",
            "What a program changes in them counts if it ends well.",
        ],
        textarea(
            id="program",
            rows=12,
            spellcheck=False,
            autocapitalize="off",
            autocomplete="off",
            value=draft,
            on_input=on_input,
            on_keydown=on_key,
        ),
        div(class_="actions")[
            action(
                lambda: "Stop" if running.value else "Run",
                run_or_stop,
                class_="main",
                is_open=lambda: is_free.value or running.value,
            ),
            small["Ctrl+Enter runs, Esc stops."],
            small(class_="kept")[lambda: "Saved" if draft.value == kept_draft.value else "Not saved yet"],
        ],
        pre(class_="printed", role="log", aria_label="Output", tabindex=0, hidden=lambda: not printed.value)[
            lambda: [span(class_=stream)[text] for stream, text in printed.value]
        ],
    ]


def whole_state():
    return section(aria_labelledby="state")[
        h2(id="state")["State"],
        panels.counters,
        div(class_="actions")[
            action("Download state", session.download),
            upload("Upload state", ".zip", session.upload),
            action("Clear session", session.clear),
        ],
        p(class_="quiet")[
            "A state file has everything: tables, files, history. Share it, or keep it as a copy."
        ],
    ]


def page():
    return [
        header[
            h1["State persistence"],
            p["Python, a database and files: still there after a reload, a crash or a killed browser."],
        ],
        output(class_="said")[said],
        editor(),
        whole_state(),
        panels.tables(),
        panels.files(),
        panels.history(),
    ]


PythonVDOM("app").mount(page)
asyncio.ensure_future(session.begin())
