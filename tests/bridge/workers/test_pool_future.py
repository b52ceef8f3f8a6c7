"""What `submit` returns; a port by meaning of CPython's tests of concurrent.futures.

Source: Lib/test/test_concurrent_futures (test_future.py, executor.py, test_wait.py, test_as_completed.py).
Left out is what a page cannot have: other threads that wait, timeouts of a blocked thread, and exit handlers.
"""

import pytest

from pyodide_app.testing import AppPage

HELD = """
gate = asyncio.Event()
held = [pool.submit(jobs.hold, callback(gate.wait), x) for x in range(2)]  # now each worker has a call
async def let_go():
    gate.set()
    await asyncio.gather(*held, return_exceptions=True)
"""


@pytest.fixture
def page(pooled: AppPage) -> AppPage:
    """The page, where `held` keeps both workers until `let_go`."""
    pooled.run("await until(lambda: all(worker.state.peek() == 'idle' for worker in pool.workers.peek()))")
    pooled.run(HELD)
    return pooled


def test_submit_gives_a_future_with_the_result(page: AppPage) -> None:
    code = """
    await let_go()
    future = pool.submit(jobs.add, 1, y=5)
    await future, future.result(), future.exception(), future.done(), future.running(), future.cancelled()
    """
    assert page.run(code) == (6, 6, None, True, False, False)


def test_a_future_of_a_call_that_raises_has_the_exception(page: AppPage) -> None:
    code = """
    await let_go()
    future = pool.submit(jobs.fail, "why")
    seen = [await told(future), repr(future.exception()), future.done()]
    try:
        future.result()
    except LookupError as error:
        seen.append(str(error))
    seen
    """
    assert page.run(code) == ["LookupError: why", "LookupError('why')", True, "why"]


def test_a_future_can_be_awaited_more_than_once_and_by_several(page: AppPage) -> None:
    code = """
    await let_go()
    future = pool.submit(jobs.square, 3)
    async def wait():
        return await future
    await asyncio.gather(wait(), wait()), await future
    """
    assert page.run(code) == ([9, 9], 9)


def test_it_is_pending_then_running_then_done(page: AppPage) -> None:
    code = """
    future = pool.submit(jobs.hold, callback(asyncio.Event().wait))
    def state():
        return future.running(), future.done()
    states = [state()]
    await let_go()
    states.append(state())
    future.cancel()
    [*states, state()]
    """
    assert page.run(code) == [(False, False), (True, False), (False, True)]


def test_a_call_that_waits_is_cancelled_and_cancelling_again_is_harmless(page: AppPage) -> None:
    code = """
    future = pool.submit(jobs.square, 3)
    seen = [future.cancel(), future.cancel(), future.cancelled(), future.done(), pool.queued.value]
    await let_go()
    seen
    """
    assert page.run(code) == [True, True, True, True, 0]


def test_a_call_that_runs_is_cancelled_too(page: AppPage) -> None:
    code = """
    seen = [held[0].running(), held[0].cancel(), held[0].cancelled(), held[0].running()]
    await let_go()
    seen, await held[1]
    """
    assert page.run(code) == ([True, True, True, False], 1)


def test_a_call_that_has_ended_cannot_be_cancelled(page: AppPage) -> None:
    code = """
    await let_go()
    held[0].cancel(), held[0].cancelled(), held[0].result()
    """
    assert page.run(code) == (False, False, 0)


def test_the_result_of_a_cancelled_call_is_cancelled_error(page: AppPage) -> None:
    code = """
    import concurrent.futures
    future = pool.submit(jobs.square, 3)
    future.cancel()
    seen = []
    for look in (future.result, future.exception):
        try:
            look()
        except concurrent.futures.CancelledError:
            seen.append("cancelled")
    try:
        await future
    except asyncio.CancelledError:
        seen.append("cancelled")
    await let_go()
    seen
    """
    assert page.run(code) == ["cancelled"] * 3


def test_cancelling_a_task_that_awaits_a_future_cancels_the_call(page: AppPage) -> None:
    code = """
    async def wait():
        await future
    future = pool.submit(jobs.square, 3)
    task = asyncio.create_task(wait())
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.wait([task])
    await let_go()
    task.cancelled(), future.cancelled()
    """
    assert page.run(code) == (True, True)


@pytest.mark.parametrize(
    ("call", "expected"), [("jobs.square, 3", "9"), ("jobs.fail, 'why'", "LookupError('why')")]
)
def test_callbacks_are_called_once_with_the_future_in_their_order(
    page: AppPage, call: str, expected: str
) -> None:
    code = f"""
    seen = []
    future = pool.submit({call})
    for name in "ab":
        future.add_done_callback(lambda f, name=name: seen.append((name, repr(f.exception() or f.result()))))
    before = list(seen)
    await let_go()
    await told(future)
    before, seen
    """
    assert page.run(code) == ([], [("a", expected), ("b", expected)])


def test_a_callback_of_a_future_that_is_done_is_called_at_once(page: AppPage) -> None:
    code = """
    await let_go()
    cancelled = pool.submit(jobs.square, 3)
    cancelled.cancel()
    failed = pool.submit(jobs.fail, "why")
    await told(failed)
    seen = []
    for future in (held[0], failed, cancelled):
        future.add_done_callback(lambda f: seen.append((f is future, f.cancelled())))
    seen
    """
    assert page.run(code) == [(True, False), (True, False), (True, True)]


def test_a_callback_is_called_when_the_call_is_cancelled(page: AppPage) -> None:
    code = """
    seen = []
    future = pool.submit(jobs.square, 3)
    future.add_done_callback(lambda f: seen.append(f.cancelled()))
    future.cancel()
    await let_go()
    seen
    """
    assert page.run(code) == [True]


def test_a_callback_that_raises_keeps_no_other_from_being_called(page: AppPage) -> None:
    code = """
    import logging
    logging.getLogger("concurrent.futures").addHandler(logging.NullHandler())
    logging.getLogger("concurrent.futures").propagate = False
    seen = []
    future = pool.submit(jobs.square, 3)
    future.add_done_callback(lambda f: 1 / 0)
    future.add_done_callback(lambda f: seen.append(f.result()))
    await let_go()
    await future, seen
    """
    assert page.run(code) == (9, [9])


def test_wait_and_as_completed_take_futures_that_are_done(page: AppPage) -> None:
    code = """
    import concurrent.futures
    await let_go()
    done, not_done = concurrent.futures.wait(held)
    done == set(held), not_done, set(concurrent.futures.as_completed(held)) == set(held)
    """
    assert page.run(code) == (True, set(), True)


def test_wait_for_the_first_returns_if_one_is_done(page: AppPage) -> None:
    code = """
    import concurrent.futures
    future = pool.submit(jobs.square, 3)
    future.cancel()
    done, not_done = concurrent.futures.wait([future, *held], return_when=concurrent.futures.FIRST_COMPLETED)
    seen = done == {future}, not_done == set(held)
    await let_go()
    seen
    """
    assert page.run(code) == (True, True)


@pytest.mark.parametrize("blocks", ["wait(held)", "wait(held, timeout=1)", "as_completed(held)"])
def test_blocking_on_what_has_not_ended_is_an_error_not_a_frozen_page(page: AppPage, blocks: str) -> None:
    code = f"""
    import concurrent.futures
    try:
        list(concurrent.futures.{blocks})
    except BlockingUnavailable as error:
        seen = str(error)
    await let_go()
    seen
    """
    assert "a page cannot block until it has: await the future" in page.run(code)


def test_a_timeout_of_zero_looks_without_waiting(page: AppPage) -> None:
    code = """
    seen = []
    for look in (held[0].result, held[0].exception):
        try:
            look(timeout=0)
        except TimeoutError:
            seen.append("not yet")
    await let_go()
    seen
    """
    assert page.run(code) == ["not yet", "not yet"]


def test_asyncio_waits_for_several(page: AppPage) -> None:
    code = """
    await let_go()
    futures = [pool.submit(jobs.square, x) for x in range(10)]
    gathered = await asyncio.gather(*futures)
    gathered, sorted([await each for each in asyncio.as_completed(futures)])
    """
    squares = [x * x for x in range(10)]
    assert page.run(code) == (squares, squares)


def test_a_future_shows_the_lines_of_the_worker(page: AppPage) -> None:
    code = """
    import traceback
    await let_go()
    future = pool.submit(jobs.fail, "why")
    await told(future)
    "".join(traceback.format_exception(future.exception()))
    """
    text = page.run(code)
    assert "jobs.py" in text
    assert "raise LookupError(text)" in text
