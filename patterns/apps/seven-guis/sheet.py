"""The cells of a spreadsheet: what is typed into them is a signal, what they show is computed from it.

A cell's formula reads other cells' values, and thereby depends on them, and on nothing else. The reactive
graph is the spreadsheet's graph: there is no list of who depends on whom here, no order of recalculation
and no search for cycles.
"""

from collections.abc import Mapping

from formula import COLUMNS, ROWS, FormulaError, Value, evaluate, parse

from pyodide_app.bridge import CycleError, Signal, computed


class Cell:
    """One cell. A computed that fails raises its exception to whoever reads it, and so errors spread too."""

    def __init__(self, sheet: "Sheet") -> None:
        self._sheet = sheet
        self.formula = Signal("")
        self.value = computed(lambda: self._evaluate())
        self.text = computed(self._text)
        self.kind = computed(self._kind)

    def _evaluate(self) -> Value:
        return evaluate(parse(self.formula.value), self._sheet.read)

    def problem(self) -> FormulaError | None:
        """Why there is no value."""
        try:
            self.value.value  # noqa: B018 - it may raise
        except FormulaError as error:
            return error
        except CycleError:
            return FormulaError("#CYCLE!", "the cell needs its own value")
        return None

    def _text(self) -> str:
        if problem := self.problem():
            return problem.code
        value = self.value.value
        return f"{value:.10g}" if isinstance(value, float) else value or ""

    def _kind(self) -> str | None:
        if self.problem():
            return "error"
        return "number" if isinstance(self.value.value, float) else None


class Sheet:
    """All cells, by name.

    Args:
        formulas: what is typed into them at first.
    """

    def __init__(self, formulas: Mapping[str, str]) -> None:
        self.cells = {f"{column}{row}": Cell(self) for row in range(ROWS) for column in COLUMNS}
        for name, formula in formulas.items():
            self.cells[name].formula.value = formula

    def read(self, name: str) -> Value:
        return self.cells[name].value.value
