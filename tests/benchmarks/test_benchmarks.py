"""The benchmarks run; what they measure is nobody's business here."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from pyodide_app.testing import OpenApp
from pyodide_app.toolkit import runtimes

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
SOURCE = BENCHMARKS.parent / "src"
ROWS = BENCHMARKS / "rows" / "page"
WORKERS = BENCHMARKS / "workers" / "page"
STORAGE = BENCHMARKS / "storage" / "page"


def test_every_graph_comes_out_right_with_ours() -> None:
    runner = [sys.executable, str(BENCHMARKS / "reactivity" / "page" / "runner.py"), "ours"]
    environment = {**os.environ, "PYTHONPATH": str(SOURCE)}
    with subprocess.Popen(
        runner, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin and process.stdout
        graphs = json.loads(process.stdout.readline())
        answers, _ = process.communicate("\n".join(graphs) + "\n")
    outcomes = dict(zip(graphs, map(json.loads, answers.splitlines()), strict=True))
    wrong = {graph: found for graph, found in outcomes.items() if found["problem"] or found["wasted"]}
    assert graphs and not wrong


@pytest.mark.parametrize("contestant", ["handwritten", "ours_tstring"])
def test_a_contestant_keeps_its_rows_right(open_app: OpenApp, contestant: str) -> None:
    app = open_app(ROWS, url=f"?contestant={contestant}", wait=None, pyodide=runtimes.DEFAULT)
    app.page.wait_for_function("'bench' in globalThis")
    assert app.page.evaluate("bench.check()") == {"problems": [], "keyed": True}


@pytest.mark.pyodide_packages("numpy")
def test_what_is_measured_of_workers_comes_out_right(open_app: OpenApp) -> None:
    app = open_app(WORKERS, wait=None, pyodide=runtimes.DEFAULT)
    app.page.wait_for_function("'ours' in globalThis")
    measure = "async words => [await ours.measure(...words)].flat().filter(isNaN)"
    cases = [("calls", 3), ("flight", 3), ("array", 80_000), ("copies", 80_000), ("stop", "wait")]
    found = [app.page.evaluate(measure, case) for case in [*cases, ("death", "vanish")]]
    assert found == [[], [], [], [], ["idle"], ["crashed"]]


@pytest.mark.parametrize(
    ("contestant", "kind"),
    [("worker", "opfs"), ("page", "indexeddb"), ("idbfs", "idbfs"), ("memfs", "memfs")],
)
def test_each_contestant_writes_and_inserts(open_app: OpenApp, contestant: str, kind: str) -> None:
    app = open_app(STORAGE, pyodide=runtimes.DEFAULT)
    assert app.run("await begin(contestant_name)", contestant_name=contestant) == kind
    assert app.run("await measure('writes', 2) > 0, await measure('inserts', 2) > 0") == (True, True)
