"""Functions of the program itself go by value, for which each worker gets cloudpickle when it needs it."""

from pathlib import Path

from pyodide_app.testing import OpenApp

MAIN = """
# /// script
# [tool.pyodide-app.on-demand]
# closures = ["cloudpickle"]
# ///
"""
JOBS = """
import uuid

ME = uuid.uuid4().hex

def make(count):
    count.send()
    return lambda: 1
"""
BOTH = """
import asyncio, jobs
from pyodide_app.bridge import WorkerPool, callback

async def who(gate):
    await gate()
    return jobs.ME

async def all_begin():
    begun.append(1)
    while len(begun) < 2:
        await asyncio.sleep(0)

begun = []
pool = WorkerPool(2)
workers = await asyncio.gather(*[pool.run(who, callback(all_begin)) for _ in range(2)])
len(set(workers)), await pool.run(lambda x: x + 1, 1)
"""


def test_a_function_of_the_program_runs_in_each_worker_of_a_pool(open_app: OpenApp, tmp_path: Path) -> None:
    (tmp_path / "jobs.py").write_text(JOBS)
    (tmp_path / "main.py").write_text(MAIN)
    assert open_app(tmp_path).run(BOTH) == (2, 2)


def test_a_call_whose_result_lacks_the_package_does_not_run_again(open_app: OpenApp, tmp_path: Path) -> None:
    (tmp_path / "jobs.py").write_text(JOBS)
    (tmp_path / "main.py").write_text(MAIN)
    code = """
    import jobs
    from pyodide_app.bridge import CrossingError, Worker, callback
    runs = []
    async with Worker() as worker:
        try:
            await worker.run(jobs.make, callback(lambda: runs.append(1)))
        except CrossingError as error:
            told = str(error)
        await worker.run(max, 1, 2)
    told.partition(":")[0], runs
    """
    assert open_app(tmp_path).run(code) == ("the result cannot cross", [1])


def test_without_the_package_the_error_says_what_to_add(open_app: OpenApp, tmp_path: Path) -> None:
    (tmp_path / "main.py").touch()
    code = """
    from pyodide_app.bridge import CrossingError, Worker
    async with Worker() as worker:
        try:
            await worker.run(lambda: 1)
        except CrossingError as error:
            told = str(error)
    told
    """
    assert "Add cloudpickle to the app's dependencies" in open_app(tmp_path).run(code)
