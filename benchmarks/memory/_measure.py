"""Measures memory: V8's heap, the DOM's, and Python's, after garbage collection, each contestant alone."""

import argparse
import sys
from dataclasses import asdict, dataclass

from playwright.sync_api import Browser, CDPSession, Page

from benchmarks import browser
from benchmarks.report import Report, Table
from benchmarks.rows.contestants import PAGE, Contestant, chosen

ROUNDS = 10


@dataclass(frozen=True, slots=True)
class Usage:
    """What is in use: bytes, and numbers of nodes and of listeners in the DOM."""

    script: int
    dom: int
    python: int
    nodes: int
    listeners: int

    def since(self, earlier: "Usage") -> "Usage":
        return Usage(
            self.script - earlier.script,
            self.dom - earlier.dom,
            self.python - earlier.python,
            self.nodes - earlier.nodes,
            self.listeners - earlier.listeners,
        )

    @property
    def bytes(self) -> int:
        return self.script + self.dom + self.python


def measure(arguments: argparse.Namespace) -> Report:
    """Measures what rows take in every contestant's page."""
    browser.install_modules()
    report = Report("Memory")
    row_columns = ["bytes a row", "JavaScript", "DOM", "Python", "all", "of 10,000: all"]
    rows = Table("1,000 rows", row_columns)
    stays = Table(
        f"What stays after {ROUNDS} times making and clearing 1,000 rows",
        ["bytes", "JavaScript", "DOM", "Python", "all", "DOM nodes", "listeners"],
    )
    report.tables += [rows, stays]
    with browser.served(PAGE) as url, browser.chromium() as chromium:
        for contestant in chosen(arguments.only):
            thousand, many, left = _usage(contestant, chromium, url)
            parts = [thousand.script, thousand.dom, thousand.python, thousand.bytes]
            rows.rows.append(
                [contestant.title, *(f"{part / 1000:,.0f}" for part in parts), f"{many.bytes / 10_000:,.0f}"]
            )
            remains = [left.script, left.dom, left.python, left.bytes, left.nodes, left.listeners]
            stays.rows.append([contestant.title, *(f"{part:,}" for part in remains)])
            report.samples[contestant.name] = [asdict(usage) for usage in (thousand, many, left)]
            print(f"{contestant.title}: {thousand.bytes / 1000:.0f} bytes a row", file=sys.stderr)
    return report


def _usage(contestant: Contestant, chromium: Browser, url: str) -> tuple[Usage, Usage, Usage]:
    page = browser.open_page(chromium, f"{url}?contestant={contestant.name}")
    session = page.context.new_cdp_session(page)
    page.evaluate("bench.ready")
    page.evaluate("bench.fill(0, 3)")  # what is made once only: caches, templates
    empty = _used(page, session, 0, 0)
    left = _used(page, session, 0, ROUNDS).since(empty)
    empty = _used(page, session, 0, 0)
    thousand = _used(page, session, 1000, 0).since(empty)
    many = _used(page, session, 10_000, 0).since(empty)
    page.close()
    return thousand, many, left


def _used(page: Page, session: CDPSession, count: int, rounds: int) -> Usage:
    page.evaluate("([count, rounds]) => bench.fill(count, rounds)", [count, rounds])
    for _ in range(3):  # what JavaScript frees may free something of Python's, and the other way round
        session.send("HeapProfiler.collectGarbage")
        python = page.evaluate("bench.fill(0, 0)")
    session.send("HeapProfiler.collectGarbage")
    heap = session.send("Runtime.getHeapUsage")
    counters = session.send("Memory.getDOMCounters")
    return Usage(
        int(heap["usedSize"]),
        int(heap["embedderHeapUsedSize"]),
        python,
        counters["nodes"],
        counters["jsEventListeners"],
    )
