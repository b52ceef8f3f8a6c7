"""A worker does the same on every Pyodide."""

from pathlib import Path

import pytest

from pyodide_app.testing import OpenApp

WORK = """
import time

def ask(question):
    return question.wait("how many?") + 1

def fail():
    raise LookupError("nothing there")

def count(n):
    yield from range(n)

def vanish():
    import js
    js.close()

async def ask_on(question):
    return await question("how many?")
"""
CALLS = """
import asyncio, work
from pyodide_app.bridge import Worker, callback

worker = await Worker("work", name="worker").ready()
items = [item async for item in worker.stream("count", 40)]
answer = await worker.run(work.ask, callback(lambda question: 41))
try:
    await worker.run(work.fail)
except LookupError as error:
    raised = str(error)
items == list(range(40)), answer, raised
"""
STOPS = """
idle = asyncio.Event()
worker.on_idle.append(lambda worker: idle.set())
task = asyncio.create_task(worker.run(work.time.sleep, 3600))
while worker.state.peek() != "busy":
    await asyncio.sleep(0)
task.cancel()
await idle.wait()
task.cancelled(), len(await worker.run(list, range(3)))
"""
ENDS = """
waits = asyncio.create_task(worker.run(asyncio.sleep, 3600))
await asyncio.gather(waits, worker.run(work.vanish), return_exceptions=True)
waits.exception().reason
"""
POOL = """
from pyodide_app.bridge import WorkerPool
from pyodide_app.bridge.rpc import DeadlockError

async def more(question):
    return await pool.run(max, 1, 2)

async with WorkerPool(2) as pool:
    alone = await pool.run(work.ask, callback(more))
    both = await asyncio.gather(
        pool.run(work.ask, callback(more)), pool.run(work.ask_on, callback(more)), return_exceptions=True
    )
alone, sorted(str(each) if type(each) is int else type(each).__name__ for each in both)
"""


@pytest.mark.pyodide_matrix
def test_workers_are_called_block_stop_and_are_missed(open_app: OpenApp, tmp_path: Path) -> None:
    (tmp_path / "work.py").write_text(WORK)
    (tmp_path / "main.py").touch()
    app = open_app(tmp_path)
    assert app.run(CALLS) == (True, 42, "nothing there")
    assert app.run(STOPS) == (True, 3)
    assert app.run(ENDS) == "crashed"
    alone, (answer, error) = app.run(POOL)
    assert (alone, answer in "23", error) == (3, True, "DeadlockError")
