"""A worker's calls, what it prints, and its states."""

import pytest

from pyodide_app.testing import AppPage


def test_a_function_of_the_app_runs_in_the_worker(app: AppPage) -> None:
    assert app.run("await worker.run(work.double, 21)") == 42


def test_a_function_of_the_workers_module_is_called_by_name(app: AppPage) -> None:
    assert app.run("await worker.call('double', x=4)") == 8


def test_a_private_name_is_not_to_be_called(app: AppPage) -> None:
    with pytest.raises(LookupError, match="has no function '__import__'"):
        app.run("await worker.call('__import__', 'os')")


def test_what_it_raises_is_raised_here_with_its_own_lines(app: AppPage) -> None:
    code = """
    import traceback
    try:
        await worker.run(work.fail)
    except LookupError as error:
        frame = traceback.extract_tb(error.__traceback__)[-1]
        result = frame.filename, frame.name, frame.line, error.__notes__
    result
    """
    assert app.run(code) == (
        "/home/pyodide/work.py",
        "fail",
        'raise LookupError("nothing there")',
        ["Raised in worker."],
    )


def test_a_generator_is_streamed(app: AppPage) -> None:
    assert app.run("[x async for x in worker.stream(work.count, 40)]") == list(range(40))
    assert app.run("[x async for x in worker.stream('count', 3)]") == [0, 1, 2]


def test_what_it_prints_is_here_before_the_answer_and_in_order(app: AppPage) -> None:
    code = """
    import contextlib, io
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        await worker.run(work.say, "one", "two")
    out.getvalue(), err.getvalue()
    """
    assert app.run(code) == ("one\ntwo\n", "complaint\n")


def test_it_is_busy_while_it_has_calls_and_idle_after(app: AppPage) -> None:
    code = """
    from pyodide_app.bridge import callback
    states = [worker.state.peek()]
    def answer(question):
        states.append(worker.state.peek())
        return 1
    await worker.run(work.ask, callback(answer))
    [*states, worker.state.peek()]
    """
    assert app.run(code) == ["idle", "busy", "idle"]


def test_the_page_goes_on_while_the_worker_computes(app: AppPage) -> None:
    code = """
    task = asyncio.create_task(worker.run(work.spin, 0.3))
    turns = 0
    while not task.done():
        await asyncio.sleep(0)
        turns += 1
    turns > 10
    """
    assert app.run(code)


def test_a_blocked_worker_is_answered(app: AppPage) -> None:
    code = """
    from pyodide_app.bridge.rpc import callback
    async def answer(question):
        await asyncio.sleep(0)
        return {"how many?": 41}[question]
    await worker.run(work.ask, callback(answer))
    """
    assert app.run(code) == 42


def test_two_sides_that_wait_for_each_other_raise(app: AppPage) -> None:
    code = """
    from pyodide_app.bridge.rpc import DeadlockError, callback
    async def answer(question):
        return await worker.run(work.double, 1)
    try:
        await worker.run(work.ask, callback(answer))
    except DeadlockError as error:
        result = str(error)
    result
    """
    assert "worker is blocked until this side answers" in app.run(code)


def test_what_goes_on_after_an_answer_waits_for_the_worker_like_anybody(app: AppPage) -> None:
    code = """
    from pyodide_app.bridge.rpc import callback
    later = []
    def answer(question):
        later.append(asyncio.create_task(worker.run(work.double, 4)))
        return 1
    await worker.run(work.ask, callback(answer)), await later[0]
    """
    assert app.run(code) == (2, 8)


@pytest.mark.parametrize("call", ["work.spin", "work.sleep", "work.rest", "work.guard"])
def test_cancelling_stops_what_runs_and_leaves_the_worker_alive(app: AppPage, call: str) -> None:
    code = f"""
    idle = asyncio.Event()
    worker.on_idle.append(lambda worker: idle.set())
    task = asyncio.create_task(worker.run({call}))
    while worker.state.peek() != "busy":
        await asyncio.sleep(0)
    await asyncio.sleep(0.1)  # it has begun by then, or has not: both must end
    task.cancel()
    await idle.wait()
    worker.on_idle.pop()
    task.cancelled(), await worker.run(work.double, 2)
    """
    assert app.run(code) == (True, 4)
