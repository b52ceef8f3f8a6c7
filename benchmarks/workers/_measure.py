"""Measures the workers: ours and the peers take turns in one page, with a fresh one for each case."""

import argparse
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from benchmarks import browser
from benchmarks.report import Report
from benchmarks.workers import _tables

PAGE = Path(__file__).parent / "page"
MOST = 5  # rounds of what takes seconds

PEERS = {
    "raw": "raw postMessage",
    "comlink": "Comlink 4.4.2",
    "synclink": "synclink 0.2.4",
    "ours_javascript": "ours: JS to JS",
    "ours": "ours: Python to Python",
}
ARRAYS = {
    "copies": "two plain copies in NumPy",
    "transfer": "JS: transfer",
    "raw": "JS: structured clone",
    "comlink": "Comlink 4.4.2: structured clone",
    "ours": "ours: NumPy to NumPy",
}
ENDS = {"stop": ("loop", "sleep", "wait"), "death": ("terminate", "vanish", "crash")}
SCALING = {"raw": "JS loops", "ours": "ours: WorkerPool"}

Samples = dict[str, list[float]]  # milliseconds by contestant
Found = dict[str, list[tuple[float, str]]]  # milliseconds, and what was found, by what was done


@dataclass(frozen=True, slots=True)
class Turns:
    """One page's contestants, taking turns.

    Args:
        only: names of contestants; empty for all.
    """

    page: Page
    rounds: int
    warmups: int
    only: list[str]

    def each(self, what: str, amount: int, names: dict[str, str], most: int | None = None) -> Samples:
        """Milliseconds that a case takes.

        Args:
            most: rounds at most, with one before that does not count.
        """
        rounds, warmups = (self.rounds, self.warmups) if most is None else (min(self.rounds, most), 1)
        taken: Samples = {name: [] for name in names if not self.only or name in self.only}
        for turn in range(-min(warmups, self.warmups), rounds):
            for name, samples in taken.items():
                took = self._one(what, amount, name)
                if turn >= 0:
                    samples.append(took)
        return {names[name]: samples for name, samples in taken.items()}

    def _one(self, what: str, amount: int, name: str) -> float:
        if name == "copies":
            what, name = "copies", "ours"
        return float(ask(self.page, name, what, amount))


def measure(arguments: argparse.Namespace) -> Report:
    """Measures every case, or those that were asked for."""
    browser.install_modules()
    report = Report("Workers")
    cases: dict[str, Callable[[Turns, Report], None]] = {
        "calls": _calls,
        "array": _array,
        "scaling": _scaling,
        "start": _start,
    }
    chosen = arguments.cases or [*cases, "stop", "death"]
    if unknown := [name for name in chosen if name not in [*cases, "stop", "death"]]:
        sys.exit(f"There is no case {unknown[0]}: there are {', '.join(cases)}, stop, death.")
    with browser.chromium() as chromium:
        with browser.served(PAGE) as url:
            for name in chosen:
                if name in cases:
                    page = _open(chromium, url)
                    cases[name](Turns(page, arguments.rounds, arguments.warmups, arguments.only), report)
                    page.close()
                    _say(name, report)
        if "stop" in chosen or "death" in chosen:
            _ends(chromium, chosen, min(arguments.rounds, MOST), report)
    return report


def ask(page: Page, name: str, what: str, amount: object) -> Any:  # noqa: ANN401 - what the case finds
    """Has a contestant do something, in its page."""
    side = "ours" if name == "ours" else "peers"
    words = [what, amount] if name == "ours" else [name, what, amount]
    return page.evaluate(f"async words => {side}.measure(...words)", words)


def _open(chromium: Browser, url: str) -> Page:
    page = browser.open_page(chromium, url)
    page.wait_for_function("'ours' in globalThis && 'peers' in globalThis")
    return page


def _calls(turns: Turns, report: Report) -> None:
    one = turns.each("calls", 1000, PEERS)
    flight = turns.each("flight", 1000, PEERS)
    report.tables.append(_tables.calls(one, flight, 1000))
    report.samples |= {"calls": one, "flight": flight}


def _array(turns: Turns, report: Report) -> None:
    samples = turns.each("array", 32 * 1024 * 1024, ARRAYS)
    report.tables.append(_tables.arrays(samples))
    report.samples["array"] = samples


def _scaling(turns: Turns, report: Report) -> None:
    samples = {size: turns.each("scaling", size, SCALING, MOST) for size in (1, 2)}
    report.tables.append(_tables.scaling(samples))
    report.samples["scaling"] = samples


def _start(turns: Turns, report: Report) -> None:
    found: Samples = {}
    for _ in range(min(turns.rounds, MOST)):
        for size in (1, 2):
            cold, warm = ask(turns.page, "ours", "start", size)
            found.setdefault(f"pool of {size}, cold", []).append(cold)
            found.setdefault(f"pool of {size}, warm", []).append(warm)
    report.tables.append(_tables.start(found))
    report.samples["start"] = found


def _ends(chromium: Browser, chosen: list[str], rounds: int, report: Report) -> None:
    found: dict[str, dict[str, Found]] = {"stop": {}, "death": {}}
    for isolated in (True, False):
        where = "shared memory" if isolated else "without"
        with browser.served(PAGE, isolation=isolated) as url:
            page = _open(chromium, url)
            for what, ways in ENDS.items():
                if what in chosen:
                    outcomes = {way: [ask(page, "ours", what, way) for _ in range(rounds)] for way in ways}
                    found[what][where] = outcomes
            page.close()
    for what in found:
        if what in chosen:
            report.tables.append(_tables.ends(what, found[what]))
            report.samples[what] = found[what]
            _say(what, report)


def _say(name: str, report: Report) -> None:
    """Tells, while the command runs, what the last table will have."""
    found = "; ".join(", ".join(row) for row in report.tables[-1].rows)
    print(f"{name}: {found}", file=sys.stderr)
