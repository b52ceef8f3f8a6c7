"""Functions that cross as handles, and iterators."""

import pytest

from pyodide_app.testing import AppPage, PageError

pytestmark = pytest.mark.pyodide_matrix


def test_a_callback_is_called_from_over_there(page: AppPage) -> None:
    code = """
    async def over_there(add):
        return [await add(n, 10) for n in range(3)]
    near, far = ends({"f": over_there})
    await by_name("f", callback(lambda a, b: a + b))
    """
    assert page.run(code) == [10, 11, 12]


def test_progress_comes_in_order_before_the_result(page: AppPage) -> None:
    code = """
    def work(progress):
        for n in range(5):
            progress.send(n)
        return "done"
    near, far = ends({"work": work})
    seen = []
    await by_name("work", callback(seen.append)), seen
    """
    assert page.run(code) == ("done", [0, 1, 2, 3, 4])


def test_what_a_callback_raises_is_raised_over_there(page: AppPage) -> None:
    code = """
    async def over_there(f):
        try:
            await f()
        except ZeroDivisionError as error:
            return str(error)
    near, far = ends({"f": over_there})
    await by_name("f", callback(lambda: 1 / 0))
    """
    assert page.run(code) == "division by zero"


def test_a_function_that_comes_home_is_itself(page: AppPage) -> None:
    code = """
    near, far = ends({"same": lambda f: f})
    function = lambda: 1
    await by_name("same", callback(function)) is function
    """
    assert page.run(code)


@pytest.mark.parametrize("side", ["there.append(f); f.release()", "mine.release()"])
def test_a_call_after_release_is_an_error(page: AppPage, side: str) -> None:
    code = f"""
    there = []
    async def use(f):
        await f()
        {"f.release()" if side.startswith("there") else "mine.release()"}
        await f()
    near, far = ends({{"use": use}})
    mine = callback(lambda: None)
    await by_name("use", mine)
    """
    with pytest.raises(PageError, match="released"):
        page.run(code)


def test_a_handle_is_forgotten_when_the_other_side_drops_it(page: AppPage) -> None:
    code = """
    import gc
    near, far = ends({"drop": lambda f: None})
    await by_name("drop", callback(print))
    gc.collect()
    await by_name("drop", None)  # messages are in order
    len(near.handles)
    """
    assert page.run(code) == 0


def test_a_generator_is_iterated_from_afar(page: AppPage) -> None:
    code = """
    async def count(n):
        for i in range(n):
            yield i
    near, far = ends({"count": count, "sync": lambda n: (i * i for i in range(n))})
    [i async for i in await by_name("count", 100)], [i async for i in await by_name("sync", 40)]
    """
    assert page.run(code) == (list(range(100)), [i * i for i in range(40)])


def test_a_generator_runs_no_further_ahead_than_its_credit(page: AppPage) -> None:
    code = """
    made = []
    def endless():
        while True:
            made.append(len(made))
            yield made[-1]
    near, far = ends({"endless": endless, "made": lambda: len(made)})
    items = await by_name("endless")
    for _ in range(50):
        await by_name("made")
    before = len(made)
    taken = [await anext(items) for _ in range(20)]
    await items.aclose()
    before <= 17, taken == list(range(20))
    """
    assert page.run(code) == (True, True)


def test_closing_an_iterator_runs_finally_over_there(page: AppPage) -> None:
    code = """
    closed = asyncio.Event()
    async def endless():
        try:
            while True:
                yield 1
        finally:
            closed.set()
    near, far = ends({"endless": endless})
    async with await by_name("endless") as items:
        await anext(items)
    await closed.wait()
    """
    page.run(code)


def test_an_error_in_a_generator_comes_after_what_it_yielded(page: AppPage) -> None:
    code = """
    def failing():
        yield 1
        raise ValueError("enough")
    near, far = ends({"failing": failing})
    seen = []
    try:
        async for item in await by_name("failing"):
            seen.append(item)
    except ValueError as error:
        seen.append(str(error))
    seen
    """
    assert page.run(code) == [1, "enough"]


def test_closing_ends_an_iterator_that_waits(page: AppPage) -> None:
    code = """
    async def stuck():
        yield 1
        await asyncio.sleep(3600)
    near, far = ends({"stuck": stuck})
    items = await by_name("stuck")
    await anext(items)
    near.close("enough")
    try:
        await anext(items)
    except WorkerDied as error:
        result = error.reason
    result
    """
    assert page.run(code) == "closed"


def test_a_javascript_object_moves_with_the_value_it_is_part_of(page: AppPage) -> None:
    code = """
    from js import ArrayBuffer
    near, far = ends({"size": lambda box: box["buffer"].byteLength})
    buffer = ArrayBuffer.new(32)
    await by_name("size", {"buffer": transfer(buffer)}), buffer.byteLength
    """
    assert page.run(code) == (32, 0)
