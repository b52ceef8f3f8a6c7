"""Measures the row operations: all contestants' pages are open at once, and take turns round by round."""

import argparse
import sys
from statistics import median
from typing import TypedDict

from playwright.sync_api import Browser, Error, Page

from benchmarks import browser
from benchmarks.report import Report
from benchmarks.rows import _tables
from benchmarks.rows.contestants import PAGE, Contestant, chosen

SLOW = 1000  # milliseconds; what takes longer has two rounds
CROSSINGS = PAGE / "crossings.js"


class Sample(TypedDict):
    """One run of an operation: milliseconds, and what was wrong with the DOM."""

    script: float
    total: float
    problem: str


Samples = dict[str, dict[str, list[Sample]]]  # by operation and contestant


def measure(arguments: argparse.Namespace) -> Report:
    """Measures every operation of every contestant."""
    browser.install_modules()
    contestants = chosen(arguments.only)
    with browser.served(PAGE) as url, browser.chromium() as chromium:
        pages = {one.name: browser.open_page(chromium, f"{url}?contestant={one.name}") for one in contestants}
        notes, sound = _check(contestants, pages)
        samples = _rounds(sound, pages, arguments)
        for page in pages.values():
            page.close()
        counts = _crossings(chromium, url, sound, list(samples))
    return _tables.report(samples, counts, sound, notes)


def _check(contestants: list[Contestant], pages: dict[str, Page]) -> tuple[list[str], list[Contestant]]:
    # Whoever does not run, or does not keep its DOM right, is named and not measured.
    notes, sound = [], []
    for contestant in contestants:
        page = pages[contestant.name]
        try:
            found = page.evaluate("bench.check()")
        except Error as error:
            reason = [line for line in error.message.splitlines() if line and not line.startswith(" ")][-1]
            notes.append(f"{contestant.title} is left out, it does not run: {reason}")
            continue
        if found["problems"]:
            notes.append(f"{contestant.title} is left out, its DOM is wrong: {'; '.join(found['problems'])}.")
            continue
        sound.append(contestant)
        if not found["keyed"]:
            notes.append(f"{contestant.title} is not keyed: elements do not stay with their items.")
    return notes, sound


def _rounds(contestants: list[Contestant], pages: dict[str, Page], arguments: argparse.Namespace) -> Samples:
    operations = pages[contestants[0].name].evaluate("bench.operations")
    samples: Samples = {}
    for operation in operations:
        if arguments.cases and operation not in arguments.cases:
            continue
        taken: dict[str, list[Sample]] = {one.name: [] for one in contestants}
        slow: set[str] = set()
        for turn in range(-arguments.warmups, arguments.rounds):
            for one in contestants:
                if one.name in slow and turn not in (0, 1):
                    continue
                sample: Sample = pages[one.name].evaluate("which => bench.measure(which)", operation)
                if sample["script"] > SLOW:
                    slow.add(one.name)
                if turn >= 0:
                    taken[one.name].append(sample)
        samples[operation] = taken
        shown = ", ".join(f"{name} {median(s['script'] for s in one):.2f}" for name, one in taken.items())
        print(f"{operation}: {shown}", file=sys.stderr)
    return samples


def _crossings(
    chromium: Browser, url: str, contestants: list[Contestant], operations: list[str]
) -> dict[str, dict[str, int]]:
    # Counting slows every call down, so it has pages of its own.
    counts: dict[str, dict[str, int]] = {}
    for one in contestants:
        if one.python:
            page = browser.open_page(chromium, f"{url}?contestant={one.name}", CROSSINGS)
            page.evaluate("bench.ready")
            counts[one.name] = {
                operation: page.evaluate("which => bench.crossings(which)", operation)
                for operation in operations
            }
            page.close()
    return counts
