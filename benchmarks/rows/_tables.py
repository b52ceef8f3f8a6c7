"""The row benchmark's tables: script time, total time, factors, crossings."""

from collections.abc import Mapping
from statistics import median
from typing import TYPE_CHECKING, Literal

from benchmarks.report import Report, Table, geometric_mean, number
from benchmarks.rows.contestants import REFERENCE, Contestant

if TYPE_CHECKING:
    from benchmarks.rows._measure import Samples

LEAST = 0.1  # milliseconds: a shorter script time counts as this, for it is as good as none

Times = dict[str, dict[str, float]]  # by operation and contestant


def report(
    samples: "Samples",
    crossings: Mapping[str, Mapping[str, int]],
    contestants: list[Contestant],
    notes: list[str],
) -> Report:
    """Makes the report from what was measured."""
    titles = {one.name: one.title for one in contestants}
    script, total = _medians(samples, "script"), _medians(samples, "total")
    problems = sorted(
        {
            f"{titles[name]}, {operation}: {sample['problem']}."
            for operation, taken in samples.items()
            for name, some in taken.items()
            for sample in some
            if sample["problem"]
        }
    )
    tables = [
        _times("Script time, ms (median; factor: geometric mean against hand-written JS)", script, titles),
        _times("Total time until after the paint, ms", total, titles),
    ]
    if crossings:
        table = Table(
            "Crossings from Python to JavaScript in one operation (reads, writes, calls)",
            ["", *samples],
        )
        for name, counts in crossings.items():
            table.rows.append([titles[name], *(str(counts[operation]) for operation in samples)])
        tables.append(table)
    return Report("Rows", tables, [*notes, *problems], {"rows": samples, "crossings": crossings})


def _medians(samples: "Samples", which: Literal["script", "total"]) -> Times:
    return {
        operation: {name: median(sample[which] for sample in some) for name, some in taken.items() if some}
        for operation, taken in samples.items()
    }


def _times(title: str, times: Times, titles: Mapping[str, str]) -> Table:
    table = Table(title, ["", "factor", *times])
    for name, shown in titles.items():
        factor = geometric_mean(
            max(taken[name], LEAST) / max(taken[REFERENCE], LEAST) for taken in times.values()
        )
        table.rows.append([shown, number(factor), *(number(taken[name]) for taken in times.values())])
    return table
