"""What nobody catches is shown with the author's own lines, and goes to the console."""

from collections.abc import Callable
from pathlib import Path

import pytest

from pyodide_app.testing import AppPage, OpenApp, expect

Run = Callable[..., AppPage]


@pytest.fixture
def run(open_app: OpenApp, tmp_path: Path) -> Run:
    """Open an app that fails, given the text of its main.py."""

    def run(code: str, *, wait: str = "ready", **files: str) -> AppPage:
        for name, text in {"main": code, **files}.items():
            (tmp_path / f"{name}.py").write_text(text)
        app = open_app(tmp_path, wait=None, allow_errors=True)
        expect(app.page.locator("pyodide-app")).to_have_attribute("state", wait, timeout=60_000)
        return app

    return run


def errors_on_the_console(app: AppPage) -> str:
    app.settle()
    return "\n".join(line.text for line in app.console if line.kind == "error")


TOP_LEVEL = """\
import json

class PriceError(Exception):
    pass

def total(basket):
    prices = {"apple": 1}
    try:
        return sum(prices[fruit] for fruit in basket)
    except KeyError as error:
        raise PriceError("no price") from error

json.JSONEncoder(default=lambda value: total(["fig"])).encode({1: object()})
"""


@pytest.mark.pyodide_matrix
def test_at_the_top_level(run: Run) -> None:
    app = run(TOP_LEVEL, wait="error")
    panel = app.page.get_by_role("alert")
    expect(panel.get_by_role("heading")).to_have_text("PriceError")
    expect(panel).to_contain_text("main.py:11 in total")
    expect(panel).to_contain_text('raise PriceError("no price") from error')
    expect(panel).to_contain_text("KeyError: 'fig'")
    expect(panel.locator("summary").first).to_contain_text("library frames")
    expect(panel.locator(".library .place").first).to_be_hidden()
    assert "_launch" not in panel.inner_text()
    traceback = errors_on_the_console(app)
    assert "json/encoder.py" in traceback
    assert "direct cause" in traceback
    assert "_launch" not in traceback


CALLBACKS = """\
import asyncio
from pyodide.ffi import create_proxy
from js import document

def on_click(event):
    raise ValueError(f"in a callback {len(event.target.tagName)}")

async def on_key(event):
    await asyncio.sleep(0)
    raise LookupError("in an async handler")

button = document.createElement("button")
button.textContent = "Go"
button.addEventListener("click", create_proxy(on_click))
button.addEventListener("keydown", create_proxy(on_key))
document.body.append(button)

async def fail(where):
    raise OSError(f"in a {where}")

def later():
    raise ArithmeticError("in a timer")

held = asyncio.create_task(fail("held task"))
asyncio.create_task(fail("dropped task"))
asyncio.get_running_loop().call_later(0.01, later)
"""


@pytest.mark.pyodide_matrix
def test_in_callbacks_tasks_and_timers_each_once_and_the_app_goes_on(run: Run) -> None:
    app = run(CALLBACKS)
    button = app.page.get_by_role("button", name="Go")
    button.dispatch_event("click")
    button.dispatch_event("keydown")
    panel = app.page.get_by_role("alert")
    places = panel.locator(".where")
    expect(places).to_have_count(5)
    text = panel.inner_text()
    for title, quoted in {
        "ValueError": 'raise ValueError(f"in a callback {len(event.target.tagName)}")',
        "LookupError": 'raise LookupError("in an async handler")',
        "OSError": 'raise OSError(f"in a {where}")',
        "ArithmeticError": 'raise ArithmeticError("in a timer")',
    }.items():
        assert title in text
        assert quoted in text
    console = errors_on_the_console(app)
    for message in ("callback 6", "async handler", "held task", "dropped task", "timer"):
        assert console.count(f"Error: in a {message}".replace("a async", "an async")) == 1
    assert app.run("1 + 1") == 2
    assert app.state == "ready"


AWAITED_LATE = """\
import asyncio

async def fail():
    raise OSError("awaited")

async def patient(task):
    await asyncio.sleep(0.3)
    try:
        await task
    except OSError:
        print("caught")

await patient(asyncio.create_task(fail()))
await asyncio.gather(asyncio.create_task(fail()), return_exceptions=True)
done, _ = await asyncio.wait([asyncio.create_task(fail())])
[task.exception() for task in done]
cancelled = asyncio.create_task(asyncio.sleep(9))
await asyncio.sleep(0)
cancelled.cancel()
await asyncio.sleep(1.2)
"""


@pytest.mark.pyodide_matrix
def test_a_task_that_is_awaited_in_time_is_no_error(run: Run) -> None:
    app = run(AWAITED_LATE)
    expect(app.page.get_by_role("alert")).to_be_hidden()
    assert [line.text for line in app.console if line.kind == "log"] == ["caught"]
    assert errors_on_the_console(app) == ""


SAME = """\
import asyncio
from js import setTimeout
from pyodide.ffi import create_once_callable

error = OSError("the same")

async def fail():
    raise error

def again():
    raise error

asyncio.create_task(fail())
setTimeout(create_once_callable(again), 10)
await asyncio.sleep(1.3)
"""


def test_the_same_exception_is_shown_once(run: Run) -> None:
    app = run(SAME)
    expect(app.page.get_by_role("heading")).to_have_count(1)
    assert errors_on_the_console(app).count("OSError: the same") == 1


def test_text_stays_text(run: Run) -> None:
    app = run('raise ValueError("<img src=x onerror=document.title=1> <b>bold</b>")', wait="error")
    panel = app.page.get_by_role("alert")
    expect(panel.locator(".message")).to_have_text("<img src=x onerror=document.title=1> <b>bold</b>")
    assert panel.locator("img, b b").count() == 0


def test_a_syntax_error_shows_its_place(run: Run) -> None:
    app = run("import other", wait="error", other="x = 1\nif x = 1:\n    pass\n")
    panel = app.page.get_by_role("alert")
    expect(panel.get_by_role("heading")).to_have_text("SyntaxError")
    expect(panel).to_contain_text("other.py:2")
    expect(panel.locator("mark")).to_have_text("x = 1")


def test_a_group_shows_each_of_its_exceptions(run: Run) -> None:
    app = run(
        "import asyncio\n"
        "async def fail(error): raise error\n"
        "async with asyncio.TaskGroup() as group:\n"
        "    group.create_task(fail(ValueError('first')))\n"
        "    group.create_task(fail(TypeError('second')))\n",
        wait="error",
    )
    parts = app.page.get_by_role("alert").locator(".part")
    expect(parts.nth(0)).to_contain_text("ValueError: first")
    expect(parts.nth(1)).to_contain_text("TypeError: second")
    expect(parts.nth(1)).to_contain_text("async def fail(error): raise error")


def test_deep_recursion_stays_readable(run: Run) -> None:
    app = run("def f(n):\n    return f(n + 1)\nf(0)\n", wait="error")
    panel = app.page.get_by_role("alert")
    expect(panel.get_by_role("heading")).to_have_text("RecursionError")
    assert panel.locator(".frame").count() == 20
    expect(panel).to_contain_text("frames left out")


def test_sys_exit_in_a_callback_ends_quietly(run: Run) -> None:
    app = run(
        "import asyncio, sys\n"
        "asyncio.get_running_loop().call_soon(sys.exit)\n"
        "async def leave(): sys.exit()\n"
        "asyncio.create_task(leave())\n"
        "await asyncio.sleep(1.2)\n"
    )
    expect(app.page.get_by_role("alert")).to_be_hidden()
    assert errors_on_the_console(app) == ""


def test_an_apps_own_exception_handler_is_left_alone(run: Run) -> None:
    app = run(
        "import asyncio\n"
        "loop = asyncio.get_running_loop()\n"
        "loop.set_exception_handler(lambda loop, context: print('mine', repr(context['exception'])))\n"
        "loop.call_soon(lambda: 1 / 0)\n"
        "await asyncio.sleep(0.1)\n"
    )
    expect(app.page.get_by_role("alert")).to_be_hidden()
    assert app.console[-1].text == "mine ZeroDivisionError('division by zero')"


def test_an_error_of_javascript_names_the_python_line(run: Run) -> None:
    app = run("from js import JSON\nJSON.parse('{')\n", wait="error")
    panel = app.page.get_by_role("alert")
    expect(panel).to_contain_text("SyntaxError: Expected property name")
    expect(panel).to_contain_text("JSON.parse('{')")


def test_a_crash_of_the_interpreter_is_told(run: Run) -> None:
    app = run(
        "import asyncio\n"
        "from _pyodide_core import trigger_fatal_error\n"
        "asyncio.get_running_loop().call_later(0.1, trigger_fatal_error)\n"
        "await asyncio.sleep(5)\n",
        wait="error",
    )
    expect(app.page.get_by_role("alert")).to_contain_text("Python has crashed")


def test_many_errors_are_counted_and_can_be_dismissed(run: Run) -> None:
    app = run(
        "import asyncio\n"
        "def fail(n): raise ValueError(n)\n"
        "for n in range(8): asyncio.get_running_loop().call_soon(fail, n)\n"
        "await asyncio.sleep(0.2)\n"
    )
    panel = app.page.get_by_role("alert")
    expect(panel.get_by_role("heading")).to_have_count(5)
    expect(panel).to_contain_text("3 more in the console.")
    panel.get_by_role("button", name="Dismiss").first.click()
    expect(panel.get_by_role("heading")).to_have_count(4)
    panel.get_by_role("button", name="Dismiss").first.press("Escape")
    expect(panel).to_be_hidden()
