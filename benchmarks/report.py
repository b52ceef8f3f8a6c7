"""What a benchmark found: tables to read, and the samples behind them."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field


@dataclass(slots=True)
class Table:
    """One table: the first column names the row."""

    title: str
    columns: Sequence[str]
    rows: list[Sequence[str]] = field(default_factory=list)

    def markdown(self) -> str:
        lines = [self.columns, *self.rows]
        widths = [max(len(line[i]) for line in lines) for i in range(len(self.columns))]
        rule = [
            "-" * width if i == 0 else "-" * (width - 1) + ":" for i, width in enumerate(widths)
        ]  # numbers stand at the right
        shown = [_line(self.columns, widths), _line(rule, widths), *(_line(row, widths) for row in self.rows)]
        return "\n".join([f"### {self.title}", "", *shown])


@dataclass(slots=True)
class Report:
    """The outcome of one benchmark.

    Args:
        notes: what a reader of the tables must know: failures above all.
        samples: every measured value, for JSON.
    """

    title: str
    tables: list[Table] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    samples: dict[str, object] = field(default_factory=dict)

    def markdown(self) -> str:
        parts = [f"## {self.title}", *(table.markdown() for table in self.tables)]
        if self.notes:
            parts.append("\n".join(f"- {note}" for note in self.notes))
        return "\n\n".join(parts)


def geometric_mean(values: Iterable[float]) -> float:
    logarithms = [math.log(value) for value in values]
    return math.exp(sum(logarithms) / len(logarithms))


def number(value: float) -> str:
    """A value to about three digits."""
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    aligned = [
        cell.ljust(width) if i == 0 else cell.rjust(width)
        for i, (cell, width) in enumerate(zip(cells, widths, strict=True))
    ]
    return f"| {' | '.join(aligned)} |"
