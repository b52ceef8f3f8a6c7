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
    import work
    async with WorkerPool(1, grace=0.1) as strict:
        late = asyncio.create_task(strict.run(work.stubborn, timeout=0.1))
        next_ = await strict.run(jobs.square, 4)
        await asyncio.wait([late])
        restarts = strict.restarts.value
    type(late.exception()).__name__, next_, restarts
    """
    assert page.run(code) == ("DeadlineExceeded", 16, 1)


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
async with WorkerPool(2, spares=1, name="chaos") as chaos:
    work = jobs.work_of_all_kinds
    calls = [asyncio.create_task(chaos.run(work, count, x, retries={retries})) for x in range(300)]
    kills = 0
    while kills < 5:
        goal = sum(call.done() for call in calls) + chance.randrange(20, 50)
        await until(lambda: sum(call.done() for call in calls) >= goal)
        await asyncio.sleep(chance.random() * 0.01)
        chance.choice([w for w in chaos.workers.peek() if w.state.peek() in ("idle", "busy")]).terminate()
        kills += 1
    unsettled = len((await asyncio.wait(calls, timeout=60))[1])
    outcomes = Counter(str(each.exception() and type(each.exception()).__name__) for each in calls)
    wrong = [x for x, call in enumerate(calls) if not call.exception() and call.result() != x]
unsettled, dict(outcomes), wrong, max(runs.values()), len(runs), chaos.restarts.value
"""


def test_under_load_no_call_stays_unsettled_or_runs_twice_whichever_workers_die(page: AppPage) -> None:
    unsettled, outcomes, wrong, most, ran, restarts = page.run(CHAOS.format(seed=4, retries=0))
    assert (unsettled, wrong, most) == (0, [], 1)
    assert set(outcomes) <= {"None", "LookupError", "WorkerDied"}
    assert 0 < outcomes["WorkerDied"] <= 5
    assert ran == 300
    assert restarts == 5


def test_under_load_each_call_has_its_result_where_retries_are_asked_for(page: AppPage) -> None:
    unsettled, outcomes, wrong, most, ran, restarts = page.run(CHAOS.format(seed=5, retries=9))
    assert (unsettled, wrong, ran) == (0, [], 300)
    assert set(outcomes) == {"None", "LookupError"}
    assert 1 <= most <= 10
    assert restarts == 5
