"""Measures how many durable operations a second there are, in a browser with a profile on the disk."""

import argparse
import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from benchmarks import browser
from benchmarks.report import Report, Table, number
from pyodide_app.testing.browser import find_browser, launch_options

PAGE = Path(__file__).parent / "page"
CONTESTANTS = {
    "worker": "ours in a worker: fsync, commit",
    "page": "ours in a page: flush after each",
    "idbfs": "IDBFS: syncfs after each",
    "memfs": "MEMFS: nothing is durable",
}
WHAT = {"writes": "4 KiB writes a second", "inserts": "SQLite inserts a second"}
COUNT = 50  # operations in a sample
RUN = "code => document.querySelector('pyodide-app').pyodide.runPythonAsync(code)"


def measure(arguments: argparse.Namespace) -> Report:
    """Measures every contestant in a profile of its own."""
    report = Report("Storage")
    table = Table(f"Durable operations, median of {arguments.rounds}", ["contestant", *WHAT.values()])
    report.tables.append(table)
    options: dict[str, Any] = launch_options(find_browser())
    with browser.served(PAGE) as url, sync_playwright() as playwright:
        for name in arguments.only or CONTESTANTS:
            with tempfile.TemporaryDirectory() as profile:
                context = playwright.chromium.launch_persistent_context(profile, **options)
                samples = _samples(context.pages[0], url, name, arguments)
                context.close()
            medians = [number(statistics.median(samples[what])) for what in WHAT]
            table.rows.append([CONTESTANTS[name], *medians])
            report.samples[name] = samples
            print(f"{name}: {', '.join(medians)}", file=sys.stderr)
    return report


def _samples(page: Page, url: str, name: str, arguments: argparse.Namespace) -> dict[str, list[float]]:
    page.set_default_timeout(browser.START)
    page.goto(url)
    page.locator("pyodide-app[state=ready]").wait_for(state="attached")
    page.evaluate(RUN, f"await begin({name!r})")
    samples: dict[str, list[float]] = {}
    for what in WHAT:
        seconds = [
            page.evaluate(RUN, f"await measure({what!r}, {COUNT})")
            for _ in range(arguments.warmups + arguments.rounds)
        ]
        samples[what] = [COUNT / second for second in seconds[arguments.warmups :]]
    return samples
