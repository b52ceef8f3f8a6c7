"""Measures the graphs: the libraries take turns, graph by graph and round by round."""

import argparse
import sys
from collections.abc import Callable
from contextlib import ExitStack
from statistics import median

from benchmarks import browser
from benchmarks.reactivity import _tables
from benchmarks.reactivity._workers import PAGE, Page, Process, Sample, Unavailable, Worker, cpython_version
from benchmarks.report import Report

LIBRARIES = ("ours", "observ", "reaktiv", "signified", "wybthon")
SLOW = 2000  # milliseconds; what takes longer runs once

Samples = dict[str, dict[str, list[Sample]]]  # by graph and library


def measure(arguments: argparse.Namespace) -> Report:
    """Measures every graph with every library, in CPython and in Pyodide."""
    libraries = [name for name in LIBRARIES if not arguments.only or name in arguments.only]
    report = Report("Reactivity")
    graphs = _graphs(arguments.cases)
    if "cpython" in arguments.where:
        with ExitStack() as closing:
            workers = _started(libraries, lambda name: Process(name, closing))
            samples = _rounds(workers, graphs, arguments)
            _tables.add(report, f"CPython {cpython_version()}", samples, libraries, list(workers))
    if "pyodide" in arguments.where:
        with browser.served(PAGE) as url, browser.chromium() as chromium, ExitStack() as closing:
            workers = _started(libraries, lambda name: Page(name, chromium, url, closing))
            samples = _rounds(workers, graphs, arguments)
            _tables.add(report, "Pyodide", samples, libraries, list(workers))
    return report


def _graphs(wanted: list[str]) -> list[str]:
    with ExitStack() as closing:
        graphs = Process("observ", closing).graphs
    return [graph for graph in graphs if not wanted or graph in wanted]


def _started(libraries: list[str], start: Callable[[str], Worker]) -> dict[str, Worker]:
    workers: dict[str, Worker] = {}
    for name in libraries:
        try:
            workers[name] = start(name)
        except Unavailable:
            print(f"{name} is not available here", file=sys.stderr)
    return workers


def _rounds(workers: dict[str, Worker], graphs: list[str], arguments: argparse.Namespace) -> Samples:
    samples: Samples = {}
    for graph in graphs:
        taken: dict[str, list[Sample]] = {name: [] for name in workers}
        for turn in range(-1, arguments.rounds):  # the first warms up, and counts if there is no other
            for name, worker in workers.items():
                last = taken[name][-1:]
                if last and (last[0]["problem"] or last[0]["time"] > SLOW):
                    continue
                if turn == 0:
                    taken[name].clear()
                taken[name].append(worker.run(graph))
        samples[graph] = taken
        shown = ", ".join(
            f"{name} {some[0]['problem'] or format(median(sample['time'] for sample in some), '.1f')}"
            for name, some in taken.items()
        )
        print(f"{graph}: {shown}", file=sys.stderr)
    return samples
