"""What the session has: counters, tables, files, the last runs."""

from functools import partial

import kept
import session
from controls import action, upload
from record import Run
from session import is_free, shown_file, shown_table, snapshot
from tables import Rows

from pyodide_app.bridge.vdom import Element
from pyodide_app.bridge.vdom.elements import (
    code,
    dd,
    details,
    div,
    dl,
    dt,
    em,
    h2,
    h3,
    li,
    p,
    pre,
    section,
    small,
    span,
    summary,
    table,
    tbody,
    td,
    th,
    thead,
    tr,
    ul,
)
from pyodide_app.bridge.vdom.elements import time as time_

OUTCOMES = {"done": "done", "error": "error", "stopped": "stopped", "lost": "did not end", "running": "runs"}


def counters() -> Element | None:
    if snapshot.value is None:
        return None
    record = snapshot.value.record
    counts = [
        ("Runs", record.counters.get("runs", 0)),
        ("Errors", record.counters.get("error", 0)),
        ("Tables", len(snapshot.value.tables)),
        ("Files", len(snapshot.value.files)),
    ]
    return dl[(div[dt[name], dd[count]] for name, count in counts)]


def tables() -> Element:
    return section(aria_labelledby="tables")[
        h2(id="tables")["Tables"],
        lambda: snapshot.value and snapshot.value.problem and p(class_="problem")[snapshot.value.problem],
        ul(class_="choices")[
            lambda: [
                li[action(f"{one.name} ({one.count})", partial(session.open_table, one.name))]
                for one in (snapshot.value.tables if snapshot.value else ())
            ]
        ],
        lambda: shown_table.value and rows(shown_table.value),
        div(class_="actions")[upload("Add a CSV file", ".csv,.tsv,.txt", session.add_csv)],
    ]


def rows(shown: Rows) -> Element:
    name, end = shown.table.name, shown.start + len(shown.cells)

    def turn(text: str, start: int, there: bool) -> Element:
        return action(
            text, partial(session.open_table, name, max(start, 0)), is_open=lambda: there and is_free.value
        )

    return div(class_="shown")[
        h3[name],
        div(class_="wide", role="region", aria_label=f"Rows of {name}", tabindex=0)[
            table[
                thead[tr[(th(scope="col")[column] for column in shown.table.columns)]],
                tbody[
                    (tr[(td[em["NULL"] if cell is None else cell] for cell in row)] for row in shown.cells)
                ],
            ]
        ],
        small[f"Rows {min(shown.start + 1, end)} to {end} of {shown.table.count}"],
        div(class_="actions")[
            turn("Back", shown.start - kept.PAGE, shown.start > 0),
            turn("Next", end, end < shown.table.count),
            (
                action(title, partial(session.export_table, name, form))
                for title, form in (("Export CSV", "csv"), ("Export JSON", "json"), ("Export Excel", "xlsx"))
            ),
        ],
    ]


def files() -> Element:
    return section(aria_labelledby="files")[
        h2(id="files")["Files"],
        ul(class_="choices")[
            lambda: [
                li[action(f"{name} ({size:,} bytes)", partial(session.open_file, name))]
                for name, size in (snapshot.value.files if snapshot.value else ())
            ]
        ],
        lambda: (
            shown_file.value
            and div(class_="shown")[
                h3[shown_file.value[0]],
                pre(role="region", aria_label=f"Content of {shown_file.value[0]}", tabindex=0)[
                    shown_file.value[1]
                ],
            ]
        ),
    ]


def history() -> Element:
    return section(aria_labelledby="history")[
        h2(id="history")["History"],
        ul(class_="history")[
            lambda: [past(run) for run in reversed(snapshot.value.record.history if snapshot.value else ())]
        ],
    ]


def past(run: Run) -> Element:
    async def use() -> None:
        session.draft.value = run.code

    when = run.at.removesuffix("+00:00").replace("T", " ")
    return li[
        details[
            summary[
                time_(datetime=run.at)[when, " UTC"],
                span(class_=f"outcome {run.outcome}")[OUTCOMES[run.outcome]],
                code[run.code.strip().partition("\n")[0]],
            ],
            pre[run.code],
            action("Edit again", use),
        ]
    ]
