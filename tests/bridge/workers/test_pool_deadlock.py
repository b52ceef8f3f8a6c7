"""Tasks that wait for tasks: what could never end raises, and whatever can end does."""

import pytest

from pyodide_app.testing import AppPage

TASKS = """
async def inner(x):
    return await pool.run(jobs.square, x)

async def submitted(x):
    return await pool.submit(jobs.square, x)

async def mapped(x, ordered=True):
    return [square async for square in pool.map(jobs.square, [x], ordered=ordered)][0]

async def as_ready(x):
    return await mapped(x, ordered=False)

async def gathered(x):
    return (await asyncio.gather(pool.run(jobs.square, x), asyncio.sleep(0)))[0]
"""
DEADLOCK = "DeadlockError: waiting for this task of {} would never end"


@pytest.fixture
def page(pooled: AppPage) -> AppPage:
    """The page with both workers ready, and functions that need one of them."""
    pooled.run("await until(lambda: [w.state.peek() for w in pool.workers.peek()] == ['idle', 'idle'])")
    pooled.run(TASKS)
    return pooled


@pytest.mark.parametrize("function", ["inner", "submitted", "mapped", "as_ready", "gathered"])
@pytest.mark.parametrize("ask", ["jobs.ask", "jobs.ask_blocked"])
def test_a_task_that_waits_for_one_that_needs_its_worker_raises(
    page: AppPage, function: str, ask: str
) -> None:
    code = f"""
    both = [asyncio.create_task(told(pool.run({ask}, callback({function}), 3))) for _ in range(2)]
    seen = await asyncio.gather(*both)
    await until(lambda: (pool.queued.peek(), pool.busy.peek()) == (0, 0))  # what was submitted may run yet
    sorted(seen, key=str), await pool.run(jobs.square, 2)
    """
    (nine, error), four = page.run(code)
    assert nine == 9  # once the other has raised, there is a worker
    assert error.startswith(DEADLOCK.format("pool"))
    assert four == 4


def test_a_task_that_waits_for_one_which_another_worker_can_run_has_its_answer(page: AppPage) -> None:
    assert page.run("await told(pool.run(jobs.ask, callback(inner), 3))") == 9


def test_a_task_that_waits_behind_one_that_will_end_has_its_answer(page: AppPage) -> None:
    code = """
    gate = asyncio.Event()
    async def behind(x):
        waits = asyncio.ensure_future(pool.run(jobs.square, x))
        await until(lambda: pool.queued.peek() == 1)
        gate.set()
        return await waits
    other = pool.submit(jobs.hold, callback(gate.wait), "other")
    await told(pool.run(jobs.ask, callback(behind), 3)), await other
    """
    assert page.run(code) == (9, "other")


def test_a_task_that_waits_for_a_worker_that_starts_has_its_answer(page: AppPage) -> None:
    code = """
    async with WorkerPool(2) as starting:
        async def begun_early(x):
            states = [worker.state.peek() for worker in starting.workers.peek()]
            return states, await starting.run(jobs.square, x)
        seen = await told(starting.run(jobs.ask, callback(begun_early), 3))
    seen
    """
    states, square = page.run(code)
    assert (states, square) == (["busy", "starting"], 9)


def test_work_that_nobody_waits_for_raises_nothing(page: AppPage) -> None:
    code = """
    later = []
    async def begin(x):
        later.append(pool.submit(jobs.square, x))
    def begin_too(x):
        later.append(asyncio.create_task(pool.run(jobs.square, x)))
    await asyncio.gather(*[pool.run(jobs.ask, callback(f), 3) for f in (begin, begin_too) for _ in range(2)])
    await asyncio.gather(*later)
    """
    assert page.run(code) == [9] * 4


def test_a_future_that_was_there_before_is_not_waited_for_in_vain(page: AppPage) -> None:
    code = """
    futures = []
    async def old(_):
        return await futures[0]
    async with WorkerPool(1, name="narrow") as narrow:
        task = asyncio.create_task(told(narrow.run(jobs.ask, callback(old), 3)))
        await until(lambda: narrow.busy.peek())
        futures.append(narrow.submit(jobs.square, 4))
        seen = await task, await futures[0]
    seen
    """
    error, square = page.run(code)
    assert error.startswith(DEADLOCK.format("narrow"))
    assert square == 16


def test_pools_that_wait_for_each_other_raise(page: AppPage) -> None:
    code = """
    async with WorkerPool(1, name="a") as a, WorkerPool(1, name="b") as b:
        begun = []
        def from_(one, other):
            async def ask(x):
                begun.append(one)
                await until(lambda: len(begun) == 2)
                return await other.run(jobs.square, x)
            return one.run(jobs.ask, callback(ask), 3)
        seen = await asyncio.gather(told(from_(a, b)), told(from_(b, a)))
        through = await told(a.run(jobs.ask, callback(lambda x: b.run(jobs.square, x)), 5))
    sorted(seen, key=str), through
    """
    (nine, error), through = page.run(code)
    assert (nine, through) == (9, 25)
    assert error.startswith("DeadlockError: waiting for this task of ")


def test_a_task_that_is_waited_for_through_another_pool_raises(page: AppPage) -> None:
    code = """
    async with WorkerPool(1, name="a") as a, WorkerPool(1, name="b") as b:
        back = callback(lambda x: a.run(jobs.square, x))
        seen = await told(a.run(jobs.ask, callback(lambda x: b.run(jobs.ask, back, x)), 3))
    seen
    """
    assert page.run(code).startswith(DEADLOCK.format("a"))
