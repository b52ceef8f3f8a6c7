"""A pool's calls: who runs them, in what order, how many at once, and what is refused."""

import pytest

from pyodide_app.testing import AppPage


def test_a_call_runs_in_a_worker_and_returns_what_the_function_returns(pooled: AppPage) -> None:
    assert pooled.run("await pool.run(jobs.add, 2, y=3), await pool.run(jobs.whoami) != jobs.ME") == (5, True)


def test_what_the_function_raises_is_raised(pooled: AppPage) -> None:
    with pytest.raises(LookupError, match="no such thing"):
        pooled.run("await pool.run(jobs.fail, 'no such thing')")


def test_each_worker_has_one_call_and_the_others_wait(pooled: AppPage) -> None:
    code = """
    await until(lambda: all(worker.state.peek() == "idle" for worker in pool.workers.peek()))
    gate = asyncio.Event()
    calls = [asyncio.create_task(pool.run(jobs.hold, callback(gate.wait), x)) for x in range(5)]
    await until(lambda: pool.busy.peek() == 2)
    seen = pool.queued.value, [worker.state.value for worker in pool.workers.value]
    gate.set()
    seen, await asyncio.gather(*calls), pool.queued.value, pool.busy.value
    """
    assert pooled.run(code) == ((3, ["busy", "busy"]), [0, 1, 2, 3, 4], 0, 0)


def test_map_gives_results_in_the_order_of_the_items(pooled: AppPage) -> None:
    assert pooled.run("[x async for x in pool.map(jobs.square, range(30))]") == [x * x for x in range(30)]


def test_map_ends_with_the_shortest_of_several_iterables(pooled: AppPage) -> None:
    assert pooled.run("[x async for x in pool.map(jobs.add, [1, 2, 3], itertools.count(10))]") == [11, 13, 15]


def test_map_without_order_gives_what_is_ready_first(pooled: AppPage) -> None:
    code = """
    gate, at_once = asyncio.Event(), asyncio.Event()
    at_once.set()
    gates = [callback(gate.wait), callback(at_once.wait)]
    seen = []
    async for x in pool.map(jobs.hold, gates, ["slow", "quick"], ordered=False):
        seen.append(x)
        gate.set()
    seen
    """
    assert pooled.run(code) == ["quick", "slow"]


@pytest.mark.parametrize("ordered", [True, False])
def test_map_raises_what_a_call_raises_and_cancels_the_others(pooled: AppPage, ordered: bool) -> None:
    code = f"""
    gate = asyncio.Event()
    begun = []
    async def items():
        async for _ in pool.map(jobs.hold, [callback(gate.wait), 3, callback(gate.wait)], ordered={ordered}):
            pass
    gate.set()
    seen = await told(items())
    await until(lambda: pool.busy.peek() == 0)
    seen, pool.queued.value
    """
    assert pooled.run(code) == ("TypeError: 'int' object is not callable", 0)


@pytest.mark.parametrize("ordered", [True, False])
def test_map_takes_items_as_results_are_read_and_cancels_the_rest(pooled: AppPage, ordered: bool) -> None:
    code = f"""
    taken = []
    results = pool.map(jobs.square, (taken.append(x) or x for x in itertools.count()), ordered={ordered})
    read = [await anext(results) for _ in range(3)]
    await results.aclose()
    await until(lambda: pool.busy.peek() == 0)
    len(read), len(taken) <= 3 + 2 * pool.size, pool.queued.value
    """
    assert pooled.run(code) == (3, True, 0)


def test_cancelling_the_waiting_task_cancels_the_call(pooled: AppPage) -> None:
    code = """
    seen = []
    call = asyncio.create_task(pool.run(jobs.told, callback(seen.append), callback(asyncio.Event().wait)))
    await until(lambda: seen)
    call.cancel()
    await until(lambda: len(seen) == 2)
    call.cancelled(), seen, await pool.run(jobs.square, 2)
    """
    assert pooled.run(code) == (True, ["begun", "cleaned up"], 4)


def test_a_call_that_waits_can_be_cancelled_and_never_runs(pooled: AppPage) -> None:
    code = """
    gate = asyncio.Event()
    held = [asyncio.create_task(pool.run(jobs.hold, callback(gate.wait))) for _ in range(2)]
    seen = []
    call = asyncio.create_task(pool.run(jobs.told, callback(seen.append), callback(gate.wait)))
    await until(lambda: pool.queued.peek() == 1)
    call.cancel()
    await asyncio.wait([call])
    gate.set()
    await asyncio.gather(*held)
    await pool.run(jobs.square, 1)
    call.cancelled(), seen, pool.queued.value
    """
    assert pooled.run(code) == (True, [], 0)


def test_a_deadline_is_for_one_call_and_the_pool_goes_on(pooled: AppPage) -> None:
    code = """
    seen = [await told(pool.run(jobs.spin, timeout=0.1)), await told(pool.run(jobs.square, 3))]
    await until(lambda: pool.busy.peek() == 0)
    seen, pool.restarts.value
    """
    (late, result), restarts = pooled.run(code)
    assert "has not answered in 0.1 s" in late
    assert (result, restarts) == (9, 0)


def test_a_retry_after_an_error_is_made_only_where_asked(pooled: AppPage) -> None:
    code = """
    tries = itertools.count(1)
    once = callback(lambda: next(tries))
    seen = [
        await told(pool.run(jobs.flaky, once, retries=5)),
        await told(pool.run(jobs.flaky, once, retries=5, retry_on=LookupError)),
        await told(pool.run(jobs.flaky, once, retries=5, retry_on=(LookupError, OSError))),
    ]
    seen, next(tries)
    """
    assert pooled.run(code) == (["OSError: not yet", "OSError: not yet", "done"], 4)


def test_retries_end(pooled: AppPage) -> None:
    code = """
    tries = []
    def count():
        tries.append(1)
        return 0
    await told(pool.run(jobs.flaky, callback(count), retries=2, retry_on=OSError)), len(tries)
    """
    assert pooled.run(code) == ("OSError: not yet", 3)


def test_a_function_that_cannot_cross_is_told_and_the_worker_goes_on(pooled: AppPage) -> None:
    code = """
    class Here:
        def __reduce__(self):
            raise TypeError("it holds a socket")
        def __call__(self):
            pass
    await told(pool.run(Here())), await pool.run(jobs.square, 5)
    """
    message, result = pooled.run(code)
    assert message.startswith("CrossingError: function cannot cross")
    assert result == 25


def test_a_generator_function_is_refused_and_the_worker_goes_on(pooled: AppPage) -> None:
    code = """
    import work
    [await told(pool.run(work.count, 3)) for _ in range(3)], await pool.run(jobs.square, 5)
    """
    told, result = pooled.run(code)
    assert all("generator function" in each for each in told)
    assert result == 25


@pytest.mark.parametrize(
    ("call", "message"),
    [
        ("pool.submit(jobs.square, 1, timeout=0)", "timeout takes seconds from now on, not 0"),
        ("pool.submit(jobs.square, 1, timeout=-1)", "timeout takes seconds from now on, not -1"),
        ("pool.submit(jobs.square, 1, retries=-1)", "retries takes a number from 0 on"),
        ("pool.submit('square')", "a pool runs functions, not 'square'"),
        ("pool.map(jobs.square)", "map takes at least one iterable"),
        ("WorkerPool(0)", "size takes a number from 1 on, not 0"),
        ("WorkerPool(1, spares=-1)", "spares takes a number from 0 on"),
        ("WorkerPool(1, queue_size=-1)", "queue_size takes a number from 0 on"),
        ("WorkerPool(1, recycle_after=0)", "recycle_after takes a number from 1 on"),
        ("HeartbeatPolicy(every=2, patience=1)", "patience"),
    ],
)
def test_nonsense_is_refused(pooled: AppPage, call: str, message: str) -> None:
    with pytest.raises((ValueError, TypeError), match=message):
        pooled.run(call)


def test_its_size_is_that_of_the_machine(pooled: AppPage) -> None:
    code = """
    from js import navigator
    machine = WorkerPool()
    machine.terminate()
    machine.size == min(navigator.hardwareConcurrency, 8)
    """
    assert pooled.run(code)


def test_an_effect_that_fails_keeps_no_call_from_its_result(pooled: AppPage) -> None:
    code = """
    from pyodide_app.bridge import effect
    loop = asyncio.get_running_loop()
    reported = []
    loop.set_exception_handler(lambda loop, context: reported.append(str(context["exception"].exceptions[0])))
    def fails():
        if pool.busy.value:
            raise LookupError("in an effect")
    following = effect(fails)
    result = await pool.run(jobs.square, 6)
    following.dispose()
    loop.set_exception_handler(None)
    result, set(reported)
    """
    assert pooled.run(code) == (36, {"in an effect"})
