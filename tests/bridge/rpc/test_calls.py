"""Calls: their values, errors, deadlines, cancellation; and that each settles."""

from datetime import date

import pytest

from pyodide_app.testing import AppPage, PageError

pytestmark = pytest.mark.pyodide_matrix


def test_a_function_of_a_module_is_called_over_there(page: AppPage) -> None:
    assert page.run("import math; near, far = ends(); await call(math.factorial, 5)") == 120


def test_arguments_and_results_are_python_objects(page: AppPage) -> None:
    code = """
    import copy, datetime
    near, far = ends()
    value = {"when": datetime.date(2026, 11, 21), "set": {1, 2}, "bytes": bytes(5000), "none": None}
    await call(copy.copy, value)
    """
    assert page.run(code) == {"when": date(2026, 11, 21), "set": {1, 2}, "bytes": bytes(5000), "none": None}


def test_a_large_message_is_the_same_as_a_small_one(page: AppPage) -> None:
    code = (
        "import copy; near, far = ends(); value = list(range(50_000)); await call(copy.copy, value) == value"
    )
    assert page.run(code)


def test_an_export_is_called_by_name_with_keywords(page: AppPage) -> None:
    code = """
    near, far = ends({"scale": lambda x, *, by: x * by})
    await by_name("scale", 4, by=3)
    """
    assert page.run(code) == 12


def test_an_export_that_is_not_there_is_an_error_that_names_those_that_are(page: AppPage) -> None:
    with pytest.raises(LookupError, match="no export 'scale'; there is add"):
        page.run("near, far = ends({'add': max}); await by_name('scale', 4)")


def test_an_async_function_is_awaited_over_there(page: AppPage) -> None:
    assert page.run("near, far = ends(); await call(asyncio.sleep, 0, 'slept')") == "slept"


def test_calls_run_side_by_side_and_each_gets_its_own_answer(page: AppPage) -> None:
    code = """
    import operator
    near, far = ends()
    await asyncio.gather(*[call(operator.mul, n, n) for n in range(100)])
    """
    assert page.run(code) == [n * n for n in range(100)]


def test_an_exception_is_raised_as_the_same_type_with_the_far_lines(page: AppPage) -> None:
    code = """
    import json, traceback
    near, far = ends()
    try:
        await call(json.loads, "{")
    except json.JSONDecodeError as error:
        names = [frame.name for frame in traceback.extract_tb(error.__traceback__)]
        result = type(error).__name__, error.pos, "raw_decode" in names, error.__notes__
    result
    """
    name, position, has_frames, notes = page.run(code)
    assert (name, position, has_frames) == ("JSONDecodeError", 1, True)
    assert notes == ["Raised in the far end."]


def test_the_cause_of_an_exception_and_the_parts_of_a_group_cross(page: AppPage) -> None:
    code = """
    def fail():
        try:
            1 / 0
        except ZeroDivisionError as error:
            raise ExceptionGroup("both", [ValueError("a"), KeyError("b")]) from error
    near, far = ends({"fail": fail})
    try:
        await by_name("fail")
    except ExceptionGroup as error:
        result = error.message, [repr(part) for part in error.exceptions], repr(error.__cause__)
    result
    """
    assert page.run(code) == (
        "both",
        ["ValueError('a')", "KeyError('b')"],
        "ZeroDivisionError('division by zero')",
    )


def test_an_exception_that_cannot_be_rebuilt_is_a_remote_error(page: AppPage) -> None:
    code = """
    class Picky(Exception):
        def __init__(self, one, two):
            super().__init__(f"{one} and {two}")
    Picky.__module__ = "elsewhere"
    def fail():
        raise Picky(1, 2)
    near, far = ends({"fail": fail})
    try:
        await by_name("fail")
    except RemoteError as error:
        result = error.type_name, error.message
    result
    """
    assert page.run(code) == ("elsewhere.Picky", "1 and 2")


def test_a_call_that_takes_too_long_raises_and_is_cancelled_over_there(page: AppPage) -> None:
    code = """
    ended = asyncio.Event()
    async def slow():
        try:
            await asyncio.sleep(3600)
        finally:
            ended.set()
    near, far = ends({"slow": slow})
    try:
        await near.call("slow", None, (), {}, timeout=0.05)
    except DeadlineExceeded as error:
        result = str(error)
    await ended.wait()
    result
    """
    assert page.run(code) == "the far end has not answered in 0.05 s"


def test_a_deadline_in_the_past_is_refused(page: AppPage) -> None:
    with pytest.raises(ValueError, match="that has passed"):
        page.run("near, far = ends(); await call(max, 1, 2, timeout=0)")


def test_cancelling_the_waiting_task_cancels_the_call_over_there(page: AppPage) -> None:
    code = """
    begun, ended = asyncio.Event(), asyncio.Event()
    async def slow():
        begun.set()
        try:
            await asyncio.sleep(3600)
        except asyncio.CancelledError:
            ended.set()
            raise
    near, far = ends({"slow": slow})
    gone = asyncio.Event()
    near.pending.on_gone = gone.set
    task = asyncio.create_task(by_name("slow"))
    await begun.wait()
    task.cancel()
    left = len(near.pending)
    await ended.wait()
    await gone.wait()
    left, len(near.pending), task.cancelled()
    """
    assert page.run(code) == (1, 0, True)


def test_a_call_that_is_cancelled_before_it_has_begun_over_there_ends_there_too(page: AppPage) -> None:
    code = """
    near, far = ends()
    gone = asyncio.Event()
    near.pending.on_gone = gone.set
    task = asyncio.create_task(call(asyncio.sleep, 3600))
    await asyncio.sleep(0)  # it is sent, and the cancellation right behind it
    task.cancel()
    await gone.wait()
    len(near.pending), task.cancelled()
    """
    assert page.run(code) == (0, True)


def test_closing_rejects_every_call_that_waits_and_every_later_one(page: AppPage) -> None:
    code = """
    near, far = ends()
    tasks = [asyncio.create_task(call(asyncio.sleep, 3600)) for _ in range(10)]
    await call(max, 1, 2)
    far.close("enough")
    errors = await asyncio.gather(*tasks, return_exceptions=True)
    try:
        await call(max, 1, 2)
    except WorkerDied as error:
        later = error.reason
    {type(error).__name__ for error in errors}, len(errors), later
    """
    assert page.run(code) == ({"WorkerDied"}, 10, "closed")


@pytest.mark.parametrize(
    ("arguments", "place"),
    [
        ("[0, {'rows': [1, 2, 3, open('/dev/null')]}]", "args[0][1]['rows'][3]"),
        ("1, by={'x': js.document}", "kwargs['by']['x']"),
    ],
)
def test_an_argument_that_cannot_cross_is_named(page: AppPage, arguments: str, place: str) -> None:
    with pytest.raises(PageError) as raised:
        page.run(f"import js; near, far = ends(); await call(max, {arguments})")
    assert raised.value.title == "pyodide_app.bridge.rpc._errors.CrossingError"
    assert raised.value.message.startswith(f"{place} cannot cross: it is a")


def test_a_result_that_cannot_cross_is_an_error_for_the_caller(page: AppPage) -> None:
    with pytest.raises(PageError, match=r"the result\['file'\] cannot cross"):
        page.run("near, far = ends({'bad': lambda: {'file': open('/dev/null')}}); await by_name('bad')")
