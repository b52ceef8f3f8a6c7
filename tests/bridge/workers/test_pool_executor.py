"""What CPython asks of its executors; a port by meaning.

Source: Lib/test/test_concurrent_futures (executor.py, test_deadlock.py, test_process_pool.py and
test_shutdown.py). Futures are in test_pool_future.py, deaths in test_pool_deaths.py, closing in
test_pool_life.py. Left out is what has no counterpart: exit handlers, start methods, initializers (a module
is imported instead), other threads.
"""

import pytest

from pyodide_app.testing import AppPage


def test_no_keyword_is_taken_from_the_function(pooled: AppPage) -> None:
    given = "self=1, function=2, fn=3, args=4, kwargs=5"
    code = f"await pool.run(jobs.keywords, {given}), await pool.submit(jobs.keywords, {given})"
    words = {"self": 1, "function": 2, "fn": 3, "args": 4, "kwargs": 5}
    assert pooled.run(code) == (words, words)


@pytest.mark.parametrize("call", ["pool.run", "pool.submit"])
def test_an_exception_that_is_false_is_one(pooled: AppPage, call: str) -> None:
    assert pooled.run(f"await told({call}(jobs.fail_falsely))") == "Falsey: yet it is one"


def test_a_function_that_wants_to_end_the_program_ends_nothing(pooled: AppPage) -> None:
    code = "await told(pool.run(jobs.leave)), await pool.run(jobs.square, 3), pool.restarts.value"
    assert pooled.run(code) == ("RemoteError: SystemExit: 3", 9, 0)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        ("pool.run(jobs.whoami, jobs.Rooted())", "CrossingError: args[0] cannot cross"),
        ("pool.run(jobs.whoami, jobs.Fragile())", "LookupError: not from there"),
        ("pool.run(jobs.Rooted)", "CrossingError: the result cannot cross"),
        ("pool.run(jobs.Fragile)", "LookupError: not from there"),
    ],
)
def test_what_fails_on_its_way_fails_its_call_alone(pooled: AppPage, call: str, message: str) -> None:
    code = f"""
    seen = [await told(each) for each in ({call}, pool.run(jobs.square, 3), {call})]
    seen, pool.busy.value, pool.restarts.value
    """
    (first, square, again), busy, restarts = pooled.run(code)
    assert first.startswith(message)
    assert (square, again, busy, restarts) == (9, first, 0, 0)


def test_arguments_and_results_are_not_kept(pooled: AppPage) -> None:
    code = """
    import gc, weakref
    async def go():
        value = jobs.Plain()
        result = await pool.run(jobs.keywords, value=value)
        return weakref.ref(value), weakref.ref(result["value"])
    refs = await go()
    await asyncio.sleep(0)  # the answer's own event has to end first
    gc.collect()
    [ref() is None for ref in refs]
    """
    assert pooled.run(code) == [True, True]


@pytest.mark.parametrize("ordered", [True, False])
def test_map_keeps_no_result_that_was_read(pooled: AppPage, ordered: bool) -> None:
    code = f"""
    import gc, weakref
    kept = []
    async for each in pool.map(jobs.same, [jobs.Plain() for _ in range(4)], ordered={ordered}):
        ref = weakref.ref(each)
        del each
        await asyncio.sleep(0)
        gc.collect()
        kept.append(ref())
    [each is not None for each in kept]
    """
    assert pooled.run(code) == [False] * 4
