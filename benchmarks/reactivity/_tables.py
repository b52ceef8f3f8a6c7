"""The tables of the reactivity benchmark."""

from statistics import median
from typing import TYPE_CHECKING

from benchmarks.report import Report, Table, geometric_mean, number

if TYPE_CHECKING:
    from benchmarks.reactivity._measure import Samples
    from benchmarks.reactivity._workers import Sample as _Sample

OURS = "ours"


def add(report: Report, where: str, samples: "Samples", libraries: list[str], available: list[str]) -> None:
    """Adds one table: what each library takes, and how many times faster ours is than the fastest peer."""
    columns = ["ms (median)", *libraries, "fastest peer / ours"]
    table = Table(f"{where}: * ran something in vain", columns)
    ratios = []
    for graph, taken in samples.items():
        peers = {name: _time(taken, name) for name in available if name != OURS}
        fastest = min((time for time in peers.values() if time), default=None)
        ours = _time(taken, OURS) if OURS in available else None
        ratio = fastest / ours if fastest and ours else None
        if ratio:
            ratios.append(ratio)
        cells = [_cell(taken, name) if name in available else "n/a" for name in libraries]
        table.rows.append([graph, *cells, number(ratio) if ratio else ""])
        for name, some in taken.items():
            if text := some[0]["problem"] or some[0]["wasted"]:
                report.notes.append(f"{where}, {graph}, {name}: {text}.")
    if ratios:
        empty = [""] * len(libraries)
        table.rows.append(["geometric mean", *empty, number(geometric_mean(ratios))])
    report.tables.append(table)
    report.samples[where] = samples


def _time(taken: "dict[str, list[_Sample]]", name: str) -> float | None:
    some = taken[name]
    return None if some[0]["problem"] else median(sample["time"] for sample in some)


def _cell(taken: "dict[str, list[_Sample]]", name: str) -> str:
    time = _time(taken, name)
    if time is None:
        problem = taken[name][0]["problem"]
        return problem if len(problem) <= 14 else "wrong"
    return number(time) + ("*" if taken[name][0]["wasted"] else "")
