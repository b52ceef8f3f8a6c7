"""Events as handlers get them."""

import pytest

from pyodide_app.bridge.vdom.events import CustomEvent, Event, KeyboardEvent, event_of
from pyodide_app.testing import AppPage

START = """
import asyncio
import js
from pyodide_app.bridge.vdom import PythonVDOM, on
from pyodide_app.bridge.vdom.elements import button, div, form, input_, option, select
from pyodide_app.bridge.vdom.events import *
place = js.document.getElementById("app")
app = PythonVDOM(place)
got = []
def show(tree):
    app.patch(tree)
    app.flush()
"""


@pytest.fixture
def page(pyodide: AppPage) -> AppPage:
    pyodide.run(START)
    return pyodide


class FakeEvent:
    """Counts what is fetched."""

    def __init__(self) -> None:
        self.fetched: list[str] = []

    def __getattr__(self, name: str) -> str:
        self.fetched.append(name)
        return name


def test_the_type_decides_the_class() -> None:
    assert type(event_of(None, 1, "keydown")) is KeyboardEvent
    assert type(event_of(None, 1, "reset")) is Event
    assert type(event_of(None, 1, "my-event")) is CustomEvent


def test_only_what_is_read_is_fetched_and_only_once() -> None:
    js = FakeEvent()
    event = event_of(js, 1, "keydown")
    assert isinstance(event, KeyboardEvent)
    assert js.fetched == []
    assert (event.type, event.key, event.key) == ("keydown", "key", "key")
    assert js.fetched == ["key"]


def test_mouse_and_modifiers(page: AppPage) -> None:
    page.run("""
def clicked(event):
    got.append([type(event).__name__, event.type, event.button, event.shift_key, event.alt_key, event.detail,
        event.is_trusted, event.target.id, event.current_target.id, event.pointer_type, event.client_x > 0])
show(div(id="outer", on_click=clicked)[button(id="inner")["press"]])
""")
    page.page.click("#inner", modifiers=["Shift"])
    assert page.run("got") == [
        ["PointerEvent", "click", 0, True, False, 1, True, "inner", "outer", "mouse", True]
    ]


def test_keys_and_what_the_control_holds(page: AppPage) -> None:
    page.run("""
def pressed(event):
    got.append([type(event).__name__, event.key, event.code, event.repeat, event.ctrl_key, event.value])
show(input_(on_keyup=pressed))
""")
    page.page.press("input", "a")
    assert page.run("got") == [["KeyboardEvent", "a", "KeyA", False, False, "a"]]


@pytest.mark.pyodide_matrix
def test_input_says_what_was_typed(page: AppPage) -> None:
    page.run("""
def typed(event):
    got.append([event.data, event.input_type, event.value])
show(input_(default_value="a", on_input=typed))
""")
    page.page.press("input", "End")
    page.page.press("input", "b")
    page.page.press("input", "Backspace")
    assert page.run("got") == [["b", "insertText", "ab"], [None, "deleteContentBackward", "a"]]


def test_a_select_of_several_says_which(page: AppPage) -> None:
    page.run("""
show(select(multiple=True, on_change=lambda event: got.append(event.values))[
    option(value="1")["a"], option(value="2")["b"], option(value="3")["c"]])
""")
    page.page.select_option("select", ["1", "3"])
    assert page.run("got") == [["1", "3"]]


def test_a_focus_says_where_it_comes_from(page: AppPage) -> None:
    page.run("""
def focused(event):
    got.append(event.related_target and event.related_target.id)
show(div[input_(id="a", on_focus=focused), input_(id="b", on_focus=focused)])
""")
    page.page.focus("#a")
    page.page.focus("#b")
    assert page.run("got") == [None, "a"]


FORM = """
tree = form(on_submit=HANDLER)[
    input_(name="who", default_value="Ada"),
    input_(name="tag", type="checkbox", value="x", checked=True),
    input_(name="tag", type="checkbox", value="y", checked=True),
    button(name="how", value="fast")["send"]]
"""


@pytest.mark.pyodide_matrix
def test_a_submit_has_the_forms_data(page: AppPage) -> None:
    page.run(
        """
def sent(event):
    got.append([dict(event.form_data), dict(event.form_lists), event.submitter.name])
"""
        + FORM.replace("HANDLER", "on(sent, prevent_default=True)")
        + "show(tree)"
    )
    page.page.click("button")
    assert page.run("got") == [
        [
            {"who": "Ada", "tag": "y", "how": "fast"},
            {"who": ["Ada"], "tag": ["x", "y"], "how": ["fast"]},
            "how",
        ]
    ]


def test_an_async_handler_sees_what_was_then(page: AppPage) -> None:
    page.run("""
go = asyncio.Event()
async def typed(event):
    await go.wait()
    got.append([event.value, event.current_target.id])
show(input_(id="field", on_input=typed))
""")
    page.page.press("input", "a")
    page.page.press("input", "b")
    page.run("show(div)")
    page.run("go.set()")
    assert page.run("for _ in range(3): await asyncio.sleep(0)\ngot") == [
        ["a", "field"],
        ["ab", "field"],
    ]


def test_an_async_handler_of_a_submit_sees_the_data_of_then(page: AppPage) -> None:
    page.run(
        """
async def sent(event):
    place.querySelector("input").value = "Bob"
    got.append(event.form_data["who"])
"""
        + FORM.replace("HANDLER", "on(sent, prevent_default=True)")
        + "show(tree)"
    )
    page.page.click("button")
    assert page.run("await asyncio.sleep(0)\ngot") == ["Ada"]


def test_the_browsers_own_action_can_be_prevented(page: AppPage) -> None:
    page.run("""
def clicked(event):
    before = event.default_prevented
    event.prevent_default()
    got.append([before, event.default_prevented])
show(input_(type="checkbox", on_click=clicked))
""")
    page.page.click("input")
    assert page.run("got + [place.firstElementChild.checked]") == [[False, True], False]


def test_preventing_after_the_event_says_what_to_do(page: AppPage) -> None:
    page.run("""
async def clicked(event):
    try:
        event.prevent_default()
    except RuntimeError as error:
        got.append(str(error))
show(button(on_click=clicked)["press"])
""")
    page.page.click("button")
    said = page.run("await asyncio.sleep(0)\ngot")
    assert "on(handler, prevent_default=True)" in said[0]


def test_an_event_of_ones_own_has_its_detail(page: AppPage) -> None:
    assert page.run("""
show(div(on={"my-event": lambda event: got.append([type(event).__name__, event.detail.to_py()])}))
event = js.CustomEvent.new("my-event", js.JSON.parse('{"detail": {"n": 3}, "bubbles": true}'))
place.firstElementChild.dispatchEvent(event)
got""") == [["CustomEvent", {"n": 3}]]


def test_a_value_where_there_is_none_is_an_error_that_says_so(page: AppPage) -> None:
    page.run("""
def clicked(event):
    try:
        event.value
    except AttributeError as error:
        got.append(str(error))
show(div(on_click=clicked)["x"])
""")
    page.page.click("#app > div")
    assert page.run("got") == ["click happened in <div>, which has no value"]


def test_a_paste_has_its_text(page: AppPage) -> None:
    assert page.run("""
show(input_(on_paste=lambda event: got.append([event.text, event.files])))
transfer = js.DataTransfer.new()
transfer.setData("text/plain", "hello")
from pyodide.ffi import to_js
options = js.Object.fromEntries(to_js([["clipboardData", transfer], ["bubbles", True]]))
place.firstElementChild.dispatchEvent(js.ClipboardEvent.new("paste", options))
got""") == [["hello", []]]
