"""The worker benchmark's tables."""

from collections import Counter
from collections.abc import Mapping
from statistics import median
from typing import TYPE_CHECKING

from benchmarks.report import Table, number

if TYPE_CHECKING:
    from benchmarks.workers._measure import Found, Samples

STOPS = {"loop": "busy loop", "sleep": "time.sleep", "wait": "await"}
DEATHS = {"terminate": "terminate()", "vanish": "its thread ends", "crash": "its WebAssembly traps"}


def calls(one: "Samples", flight: "Samples", count: int) -> Table:
    """A small call: alone, and with others in flight."""
    reference = next(iter(one.values()))
    table = Table(
        f"A small call, there and back (median of {len(reference)} times {count:,})",
        ["", "one by one, µs", f"against {next(iter(one))}", f"{count:,} in flight, µs a call"],
    )
    for title, samples in one.items():
        alone = median(samples)
        table.rows.append(
            [
                title,
                number(alone / count * 1000),
                number(alone / median(reference)),
                number(median(flight[title]) / count * 1000),
            ]
        )
    return table


def arrays(samples: "Samples") -> Table:
    """32 MiB there and back."""
    reference = next(iter(samples.values()))
    table = Table(
        f"32 MiB, there and back (median of {len(reference)})",
        ["", "ms", "fastest, ms", f"against {next(iter(samples))}"],
    )
    for title, taken in samples.items():
        factor = median(taken) / median(reference)
        table.rows.append([title, number(median(taken)), number(min(taken)), number(factor)])
    return table


def scaling(samples: Mapping[int, "Samples"]) -> Table:
    """Eight tasks by one worker, and by two."""
    one, two = samples[1], samples[2]
    table = Table(
        f"Eight tasks that keep a core busy (median of {len(next(iter(one.values())))})",
        ["", "one worker, ms", "two, ms", "factor"],
    )
    for title in one:
        first, second = median(one[title]), median(two[title])
        table.rows.append([title, number(first), number(second), number(first / second)])
    return table


def start(samples: "Samples") -> Table:
    """Time to the first result."""
    count = len(next(iter(samples.values())))
    table = Table(f"Time to the first result (median of {count})", ["", "ms"])
    table.rows.extend([title, number(median(taken))] for title, taken in samples.items())
    return table


def ends(what: str, found: Mapping[str, "Found"]) -> Table:
    """How calls, or workers, come to their end."""
    count = len(next(iter(next(iter(found.values())).values())))
    title = (
        f"From stop to stopped (median of {count}; what the worker is then)"
        if what == "stop"
        else f"From a worker's death to the rejection of another call (median of {count}; the reason given)"
    )
    table = Table(title, ["", *(column for where in found for column in (f"{where}, ms", ""))])
    for way, name in (STOPS if what == "stop" else DEATHS).items():
        cells = []
        for outcomes in found.values():
            outcome = Counter(said for _, said in outcomes[way])
            cells += [
                number(median(took for took, _ in outcomes[way])),
                ", ".join(f"{count} {said}" for said, count in outcome.items()),
            ]
        table.rows.append([name, *cells])
    return table
