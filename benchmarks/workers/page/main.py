# /// script
# requires-python = ">=3.12"
# dependencies = ["numpy"]
#
# [tool.pyodide-app]
# title = "Workers"
# files = ["*.py"]
# ///
"""The bridge's workers, as `ours.measure(case, amount)`: milliseconds, or a list of what was found."""

import asyncio
import time

import js
import numpy as np
import work
from pyodide.ffi import create_proxy, to_js

from pyodide_app.bridge import Worker, WorkerDied, WorkerPool, callback

_last: list[Worker] = []
_pools: dict[int, WorkerPool] = {}


async def worker() -> Worker:
    """The one that the cases share; a new one after what ended it."""
    if not _last or _last[0].error:
        _last[:] = [await Worker().ready()]
    return _last[0]


async def calls(count):
    """Calls one after the other."""
    run = (await worker()).run
    began = time.perf_counter()
    for i in range(count):
        assert await run(work.add, i, 1) == i + 1
    return since(began)


async def flight(count):
    """Calls all at once."""
    run = (await worker()).run
    began = time.perf_counter()
    sums = await asyncio.gather(*[run(work.add, i, 1) for i in range(count)])
    took = since(began)
    assert sums == list(range(1, count + 1))
    return took


async def array(size):
    """An array of so many bytes, there and back."""
    run = (await worker()).run
    there = np.full(size // 8, 1.5)
    began = time.perf_counter()
    back = await run(work.same, there)
    took = since(began)
    assert back.nbytes == size and back[-1] == 1.5
    return took


async def copies(size):
    """The same array, copied twice in this Python."""
    there = np.full(size // 8, 1.5)
    began = time.perf_counter()
    back = there.copy().copy()
    took = since(began)
    assert back[-1] == 1.5
    return took


async def scaling(size):
    """Eight tasks on a pool of so many workers, which have all started."""
    pool = _pools[size] = _pools.get(size) or WorkerPool(size)
    await all_started(pool)
    began = time.perf_counter()
    done = [result async for result in pool.map(work.spin, [1_000_000] * 8)]
    took = since(began)
    assert done == [work.spin(1_000_000)] * 8
    return took


async def start(size):
    """Time to the first result of a pool that is made now, and of the same pool once all has started."""
    began = time.perf_counter()
    async with WorkerPool(size) as pool:
        assert await pool.run(work.add, 1, 2) == 3
        cold = since(began)
        await all_started(pool)
        began = time.perf_counter()
        assert await pool.run(work.add, 1, 2) == 3
        return [cold, since(began)]


async def stop(what):
    """Time from cancelling a call until the worker has stopped it, and the state of the worker then."""
    stopping = await worker()
    begun, ended = asyncio.Event(), asyncio.Event()
    task = asyncio.ensure_future(stopping.run(getattr(work, what), callback(begun.set)))
    await begun.wait()
    await asyncio.sleep(0.05)
    for end in (stopping.on_idle, stopping.on_end):
        end.append(lambda _: ended.set())
    began = time.perf_counter()
    task.cancel()
    await ended.wait()
    took = since(began)
    for end in (stopping.on_idle, stopping.on_end):
        end.pop()
    state = stopping.state.peek()
    if state == "idle":
        assert await stopping.run(work.add, 1, 2) == 3
    return [took, state]


async def death(how):
    """Time from a worker's end until another call of it is rejected, and the reason that the call is told."""
    dying = await worker()
    times = []
    pending = asyncio.ensure_future(dying.run(work.wait, callback(lambda: None)))
    await asyncio.sleep(0.05)
    if how == "terminate":
        times.append(work.now())
        dying.terminate()
    else:
        last = asyncio.ensure_future(dying.run(getattr(work, how), callback(times.append)))
        await asyncio.wait([last])
    try:
        await pending
    except WorkerDied as error:
        return [work.now() - times[0], error.reason]
    raise AssertionError("a call of a dead worker was answered")


async def all_started(pool):
    while sum(one.state.peek() != "starting" for one in pool.workers.peek()) < pool.size:
        await asyncio.sleep(0.01)


def since(began):
    return (time.perf_counter() - began) * 1000


CASES = {case.__name__: case for case in (calls, flight, array, copies, scaling, start, stop, death)}


async def measure(case, amount):
    return to_js(await CASES[case](amount))


js.ours = to_js({"measure": create_proxy(measure)}, dict_converter=js.Object.fromEntries)
