"""JavaScript's end of a connection whose other end is Python."""

from typing import Any

import pytest

from pyodide_app.testing import AppPage

pytestmark = pytest.mark.pyodide_matrix

JAVASCRIPT = """async () => {
  const { connect } = await import("/_pyodide_app/runtime/remote.js");
  const { port1, port2 } = new MessageChannel();
  window.port = port2;
  window.python = connect(port1, {
    greet: (name) => `Hello, ${name}`,
    broken() { throw new TypeError("not today"); },
    async *count(n) { for (let i = 0; i < n; i++) yield i; },
    twice: async (f, x) => await f(await f(x)),
    options: (x, { by }) => x * by,
  });
}"""
PYTHON = """
import asyncio
from js import port
from pyodide_app.bridge.rpc import *

class Odd(Exception):
    pass

async def rest():
    begun.set()
    try:
        await asyncio.sleep(3600)
    finally:
        rested.set()

def broken():
    raise Odd("not today")

begun, rested = asyncio.Event(), asyncio.Event()
exports = {
    "add": lambda a, b: a + b,
    "keys": lambda value: sorted(value),
    "broken": broken,
    "rest": rest,
    "begun": begun.wait,
    "count": lambda n: (i for i in range(n)),
    "use": lambda f: f(20),
    "give": lambda: callback(lambda x: x + 1),
}
javascript = Connection(port, peer="the page", exports=exports, javascript=True)

async def call(name, *args, **kwargs):
    return await javascript.call(name, None, args, kwargs)
"""


@pytest.fixture
def page(pyodide: AppPage) -> AppPage:
    """A page whose JavaScript has `python`, and whose Python has `javascript`, connected."""
    pyodide.page.evaluate(JAVASCRIPT)
    pyodide.run(PYTHON)
    return pyodide


def js(page: AppPage, code: str) -> Any:  # noqa: ANN401 - what the code returns
    return page.page.evaluate(f"async () => {{ {code} }}")


def test_javascript_calls_python(page: AppPage) -> None:
    assert js(page, "return await python.call('add', [1, 2])") == 3
    assert js(page, "return await python.call('keys', [{ b: 1, a: [] }])") == ["a", "b"]


def test_python_calls_javascript(page: AppPage) -> None:
    assert page.run("await call('greet', 'Ada')") == "Hello, Ada"


def test_keyword_arguments_are_an_object_in_javascript(page: AppPage) -> None:
    assert page.run("await call('options', 4, by=3)") == 12


def test_an_exception_of_python_is_an_error_with_its_type_and_lines(page: AppPage) -> None:
    code = """
    try { await python.call("broken"); }
    catch (error) { return [error.name, error.message, error.frames.at(-1).name]; }
    """
    assert js(page, code) == ["__main__.Odd", "not today", "broken"]


def test_an_error_of_javascript_is_a_remote_error(page: AppPage) -> None:
    code = """
    try:
        await call("broken")
    except RemoteError as error:
        result = error.type_name, error.message
    result
    """
    assert page.run(code) == ("js.TypeError", "not today")


def test_a_name_that_is_not_there_is_an_error_on_both_sides(page: AppPage) -> None:
    code = "try { await python.call('nothing'); } catch (error) { return error.message; }"
    assert js(page, code).startswith("there is no export 'nothing'; there is add")
    code = """
    try:
        await call("toString")
    except RemoteError as error:
        result = error.message
    result
    """
    assert page.run(code).startswith('there is no export "toString"; there is greet')


def test_streams_go_both_ways(page: AppPage) -> None:
    code = "const got = []; for await (const i of python.stream('count', [40])) got.push(i); return got;"
    assert js(page, code) == list(range(40))
    assert page.run("[i async for i in await call('count', 40)]") == list(range(40))


def test_functions_cross_both_ways(page: AppPage) -> None:
    assert js(page, "return await python.call('use', [(x) => x + 1])") == 21
    assert js(page, "const f = await python.call('give'); return await f(4)") == 5
    assert page.run("await call('twice', callback(lambda x: x * 3), 2)") == 18


def test_aborting_cancels_the_call_in_python(page: AppPage) -> None:
    code = """
    const controller = new AbortController();
    const resting = python.call("rest", [], { signal: controller.signal });
    await python.call("begun");
    controller.abort();
    try { await resting; } catch (error) { return error.name; }
    """
    assert js(page, code) == "AbortError"
    page.run("await rested.wait()")


def test_closing_rejects_what_waits(page: AppPage) -> None:
    page.page.evaluate("() => { window.resting = python.call('rest').catch((error) => error.name); }")
    page.run("javascript.close('enough')")
    assert js(page, "return await resting") == "ConnectionClosed"


def test_what_is_no_plain_data_is_refused(page: AppPage) -> None:
    code = """
    try:
        await call("greet", object())
    except CrossingError as error:
        result = "no plain data" in str(error)
    result
    """
    assert page.run(code)
