"""What a pool does about workers that die: each call is settled, and none runs twice unasked."""

import pytest

from pyodide_app.testing import AppPage

READY = "await until(lambda: [w.state.peek() for w in pool.workers.peek()] == ['idle', 'idle'])"
RUNS = """
from collections import Counter
runs = Counter()
def add(x):
    runs[x] += 1
    return runs[x]
count = callback(add)
"""


@pytest.fixture
def page(pooled: AppPage) -> AppPage:
    """The page with both workers ready, and `count`, a callback for what runs to be counted in `runs`."""
    pooled.run(READY)
    pooled.run(RUNS)
    return pooled


def test_a_death_rejects_the_call_at_once_and_everything_else_goes_on(page: AppPage) -> None:
    code = """
    gate = asyncio.Event()
    other = pool.submit(jobs.hold, callback(gate.wait), "other")
    before = pool.restarts.value
    died = pool.submit(jobs.vanish)
    waits = pool.submit(jobs.square, 3)
    await told(died)
    running = other.running()
    gate.set()
    died.exception().reason, running, await other, await waits, pool.restarts.value - before
    """
    assert page.run(code) == ("crashed", True, "other", 9, 1)


def test_a_call_whose_worker_died_runs_again_only_where_asked(page: AppPage) -> None:
    code = """
    seen = []
    for name, retries in {"once": 0, "twice": 1}.items():
        seen.append(await told(pool.run(jobs.vanish_at_first, count, name, retries=retries)))
    [type(each) is str and each.split(":")[0] for each in seen], dict(runs)
    """
    assert page.run(code) == (["WorkerDied", "twice"], {"once": 1, "twice": 2})


def test_a_call_that_does_not_stop_loses_its_worker_and_no_other_call_does(page: AppPage) -> None:
    code = """
    async with WorkerPool(1, grace=0.1) as strict:
        begun = asyncio.Event()
        call = asyncio.create_task(strict.run(jobs.stubborn, callback(begun.set)))
        await begun.wait()
        call.cancel()
        next_ = await strict.run(jobs.square, 4)
        restarts = strict.restarts.value
    call.cancelled(), next_, restarts
    """
    assert page.run(code) == (True, 16, 1)


def test_a_worker_that_gives_no_sign_is_replaced_where_the_policy_says_so(page: AppPage) -> None:
    code = """
    import work
    policy = HeartbeatPolicy(every=0.05, patience=0.5, replace=True)
    async with WorkerPool(1, heartbeat=policy) as watched:
        try:
            await watched.run(work.hang)
        except WorkerDied as error:
            seen = error.reason, str(error)
        result = await watched.run(jobs.square, 2)
    seen, result
    """
    (reason, message), result = page.run(code)
    assert (reason, result) == ("unresponsive", 4)
    assert "It has given no sign of life for 0.5 s." in message


CHAOS = """
import random
chance = random.Random({seed})
before = pool.restarts.value
work = jobs.work_of_all_kinds
calls = [asyncio.create_task(pool.run(work, count, x, retries={retries})) for x in range(300)]
for _ in range({kills}):
    goal = sum(call.done() for call in calls) + chance.randrange(20, 50)
    await until(lambda: sum(call.done() for call in calls) >= goal)
    await asyncio.sleep(chance.random() * 0.01)
    chance.choice([w for w in pool.workers.peek() if w.state.peek() in ("idle", "busy")]).terminate()
_, unsettled = await asyncio.wait(calls, timeout=100)
outcomes = Counter(type(each.exception()).__name__ for each in calls)
wrong = [x for x, call in enumerate(calls) if not call.exception() and call.result() != x]
len(unsettled), dict(outcomes), wrong, max(runs.values()), len(runs), pool.restarts.value - before
"""
KILLS = 4


def test_under_load_no_call_stays_unsettled_or_runs_twice_whichever_workers_die(page: AppPage) -> None:
    code = CHAOS.format(seed=4, retries=0, kills=KILLS)
    unsettled, outcomes, wrong, most, ran, restarts = page.run(code)
    assert (unsettled, wrong, most) == (0, [], 1)
    assert set(outcomes) <= {"NoneType", "LookupError", "WorkerDied"}
    assert outcomes.get("WorkerDied", 0) <= KILLS
    assert ran >= 300 - KILLS  # some died with their worker before they had begun
    assert restarts == KILLS


def test_under_load_each_call_has_its_result_where_retries_are_asked_for(page: AppPage) -> None:
    code = CHAOS.format(seed=5, retries=9, kills=KILLS)
    unsettled, outcomes, wrong, most, ran, restarts = page.run(code)
    assert (unsettled, wrong, ran) == (0, [], 300)
    assert set(outcomes) == {"NoneType", "LookupError"}
    assert 1 <= most <= 1 + KILLS
    assert restarts == KILLS
