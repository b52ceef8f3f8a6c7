"""`python -m benchmarks rows|reactivity|memory|workers|storage|startup`: measures, and prints a table."""

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path

from benchmarks import memory, reactivity, rows, startup, storage, workers
from benchmarks.report import Report

BENCHMARKS: dict[str, Callable[[argparse.Namespace], Report]] = {
    "rows": rows.measure,
    "reactivity": reactivity.measure,
    "memory": memory.measure,
    "workers": workers.measure,
    "storage": storage.measure,
    "startup": startup.measure,
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("benchmark", choices=BENCHMARKS)
    parser.add_argument("--rounds", type=int, default=7, help="measured rounds; the median counts")
    parser.add_argument("--warmups", type=int, default=3, help="rounds before those that count")
    parser.add_argument("--only", nargs="+", default=[], metavar="NAME", help="these contestants alone")
    parser.add_argument(
        "--cases", nargs="+", default=[], metavar="CASE", help="these operations or graphs alone"
    )
    parser.add_argument(
        "--where",
        choices=["cpython", "pyodide"],
        nargs="+",
        default=["cpython", "pyodide"],
        help="for reactivity",
    )
    parser.add_argument("--markdown", type=Path, metavar="FILE", help="write the tables to a file too")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every sample to a file")
    arguments = parser.parse_args()
    report = BENCHMARKS[arguments.benchmark](arguments)
    text = report.markdown()
    print(text)
    if arguments.markdown:
        arguments.markdown.write_text(text + "\n", "utf-8")
    if arguments.json:
        arguments.json.write_text(json.dumps(report.samples, indent=1) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
