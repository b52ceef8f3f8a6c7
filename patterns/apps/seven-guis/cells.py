"""Task 7, Cells: a spreadsheet of 26 columns and 100 rows."""

from formula import COLUMNS, ROWS
from js import Object
from pyodide.ffi import to_js
from sheet import Cell, Sheet

from pyodide_app.bridge import Signal, computed
from pyodide_app.bridge.vdom import Element, Ref, component, flush, use
from pyodide_app.bridge.vdom.elements import (
    b,
    div,
    input_,
    p,
    table,
    tbody,
    td,
    th,
    thead,
    tr,
)
from pyodide_app.bridge.vdom.events import KeyboardEvent, MouseEvent

EXAMPLE = {
    "A0": "Item", "B0": "Price", "C0": "Pieces", "D0": "Sum",
    "A1": "Apples", "B1": "0.4", "C1": "12", "D1": "=B1*C1",
    "A2": "Bread", "B2": "3.2", "C2": "2", "D2": "=B2*C2",
    "A3": "Cheese", "B3": "7.9", "C3": "1", "D3": "=B3*C3",
    "A4": "Total", "C4": "=SUM(C1:C3)", "D4": "=SUM(D1:D3)",
    "A5": "Mean price", "D5": "=ROUND(AVG(B1:B3), 2)",
}  # fmt: skip
IN_VIEW = to_js({"block": "nearest", "inline": "nearest"}, dict_converter=Object.fromEntries)
MOVES = {
    "ArrowLeft": (-1, 0), "ArrowRight": (1, 0), "ArrowUp": (0, -1), "ArrowDown": (0, 1),
    "PageUp": (0, -10), "PageDown": (0, 10), "Home": (-len(COLUMNS), 0), "End": (len(COLUMNS), 0),
}  # fmt: skip


class Cursor:
    """Which cell is the current one, and what is being typed into it."""

    def __init__(self, sheet: Sheet) -> None:
        self.column = Signal(0)
        self.row = Signal(0)
        self.typing = Signal(False)
        self.draft = Signal("")
        self.name = computed(lambda: f"{COLUMNS[self.column.value]}{self.row.value}")
        self.cell = computed(lambda: sheet.cells[self.name.value])

    def go(self, column: int, row: int) -> None:
        self.finish()
        self.column.value = min(max(column, 0), len(COLUMNS) - 1)
        self.row.value = min(max(row, 0), ROWS - 1)

    def type(self, text: str) -> None:
        self.typing.value = True
        self.draft.value = text

    def finish(self, *, keep: bool = True) -> None:
        """End typing, and keep what was typed or not."""
        if self.typing.value:
            if keep:
                self.cell.value.formula.value = self.draft.value.strip()
            self.typing.value = False
            self.draft.value = ""


@component
def Cells() -> Element:
    sheet = use(lambda: Sheet(EXAMPLE))
    cursor = use(lambda: Cursor(sheet))
    editor = use(Ref)

    def move(right: int, down: int) -> None:
        cursor.go(cursor.column.value + right, cursor.row.value + down)
        editor.current.scrollIntoView(IN_VIEW)

    def edit() -> None:
        cursor.type(cursor.cell.value.formula.value)

    def on_key(event: KeyboardEvent) -> None:
        typing = cursor.typing.value
        if event.is_composing:
            return
        if event.key in MOVES and not (typing and event.key in ("ArrowLeft", "ArrowRight", "Home", "End")):
            move(*MOVES[event.key])
        elif event.key == "Enter" and typing:
            move(0, 1)
        elif event.key in ("Enter", "F2"):
            edit()
        elif event.key == "Escape":
            cursor.finish(keep=False)
        elif event.key in ("Delete", "Backspace") and not typing:
            cursor.cell.value.formula.value = ""
        else:
            return  # it is typed
        event.prevent_default()
        flush()  # the next key may come before the next frame, and must find the field as it is now

    def choose(event: MouseEvent) -> None:
        cell = event.target.closest("td")
        if cell:
            cursor.go(cell.cellIndex - 1, cell.parentNode.rowIndex - 1)
            editor.current.focus()

    def on_double_click(event: MouseEvent) -> None:
        choose(event)
        edit()

    def show(cell: Cell) -> Element:
        return td(class_=cell.kind)[cell.text]

    def show_row(row: int) -> Element:
        return tr[th(scope="row")[row], (show(sheet.cells[f"{column}{row}"]) for column in COLUMNS)]

    def status() -> str:
        cell = cursor.cell.value
        formula, problem = cell.formula.value, cell.problem()
        return f"{formula} ({problem})" if problem else formula or "empty"

    return div(class_="stack")[
        p(class_="formula", role="status")[b[cursor.name], " ", status],
        div(class_="sheet")[
            table(on_click=choose, on_dblclick=on_double_click)[
                thead[tr[th, (th(scope="col")[column] for column in COLUMNS)]],
                tbody[map(show_row, range(ROWS))],
            ],
            # One field for all cells. It lies over the current one, and is seen through until somebody types.
            input_(
                class_={"cursor": True, "typing": cursor.typing},
                style={"--column": cursor.column, "--row": cursor.row},
                ref=editor,
                autocomplete="off",
                maxlength=200,
                spellcheck=False,
                aria_label=lambda: f"Cell {cursor.name.value}",
                value=cursor.draft,
                on_input=lambda event: cursor.type(event.value),
                on_keydown=on_key,
                on_blur=lambda: cursor.finish(),
            ),
        ],
        p(class_="hint")[
            "Type into a cell, or double-click it, or press F2. Formulas begin with =, as in =A1+B2*3 or "
            "=SUM(A1:B3); there are SUM, PRODUCT, AVG, MIN, MAX, COUNT, ABS, SQRT and ROUND."
        ],
    ]
