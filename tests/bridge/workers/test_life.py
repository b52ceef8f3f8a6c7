"""How workers fail to start and how they end; each call that waits is told why."""

import pytest

from pyodide_app.testing import AppPage

DIES = """
worker = Worker({arguments})
try:
    await worker.ready()
except WorkerDied as error:
    died = error.reason, str(error), repr(error.__cause__)
"""


@pytest.mark.parametrize(
    ("script", "reason", "message"),
    [
        ("missing.js", "load", "The server answered 404"),
        ("page.html", "load", "is an HTML page, not a script"),
        ("http://127.0.0.1:9/worker.js", "load", "another origin"),
        ("broken.js", "syntax", "SyntaxError"),
        ("throws.js", "load", "no such thing"),
    ],
)
def test_a_script_that_cannot_run_is_told_apart(app: AppPage, script: str, reason: str, message: str) -> None:
    app.run(DIES.format(arguments=f"script={script!r}"))
    told, text, _ = app.run("died")
    assert (told, message in text, app.run("worker.state.peek()")) == (reason, True, "died")


def test_a_module_that_raises_while_it_is_imported_is_told_with_its_exception(app: AppPage) -> None:
    app.run(DIES.format(arguments="'breaks'"))
    reason, text, cause = app.run("died")
    assert (reason, cause) == ("import", "ZeroDivisionError('division by zero')")
    assert "could not be imported" in text


def test_a_wasm_that_is_missing_is_told(app: AppPage) -> None:
    app.page.route("**/pyodide.asm.wasm", lambda route: route.fulfill(status=404))
    app.run(DIES.format(arguments=""))
    app.page.unroute("**/pyodide.asm.wasm")
    reason, text, _ = app.run("died")
    assert reason == "load"
    assert "pyodide.asm.wasm" in text


def test_terminating_rejects_every_call_and_later_ones(app: AppPage) -> None:
    code = """
    worker = await Worker().ready()
    tasks = [asyncio.create_task(worker.run(work.rest)) for _ in range(5)]
    tasks.append(asyncio.create_task(worker.run(work.spin)))
    while worker.in_flight < 6:
        await asyncio.sleep(0)
    worker.terminate()
    errors = await asyncio.gather(*tasks, return_exceptions=True)
    try:
        await worker.run(work.double, 1)
    except WorkerDied as error:
        later = error.reason
    {(type(error).__name__, error.reason) for error in errors}, later, worker.state.peek()
    """
    assert app.run(code) == ({("WorkerDied", "terminated")}, "terminated", "closed")


def test_a_worker_that_ends_by_itself_rejects_its_calls(app: AppPage) -> None:
    code = """
    worker = await Worker().ready()
    ended = []
    worker.on_end.append(lambda worker: ended.append(worker.state.peek()))
    rest = asyncio.create_task(worker.run(work.rest))
    await asyncio.gather(rest, worker.run(work.vanish), return_exceptions=True)
    rest.exception().reason, ended
    """
    assert app.run(code) == ("crashed", ["died"])


def test_a_call_that_does_not_stop_ends_its_worker(app: AppPage) -> None:
    code = """
    worker = await Worker(grace=0.1).ready()
    ended = asyncio.Event()
    worker.on_end.append(lambda worker: ended.set())
    task = asyncio.create_task(worker.run(work.stubborn))
    await asyncio.sleep(0.1)
    task.cancel()
    await ended.wait()
    worker.error.reason
    """
    assert app.run(code) == "unresponsive"


def test_a_worker_in_javascript_serves_its_functions(app: AppPage) -> None:
    code = """
    async with Worker(script="adder.js") as worker:
        result = await worker.call("add", 1, 2)
    result
    """
    assert app.run(code) == 3


def test_async_with_terminates_at_the_end(app: AppPage) -> None:
    code = """
    async with Worker() as worker:
        result = await worker.run(work.double, 3)
    result, worker.state.peek()
    """
    assert app.run(code) == (6, "closed")
