"""bind: values tied to elements that stand in the page."""

import pytest

from pyodide_app.testing import AppPage

START = """
import js
from pyodide_app.bridge.core import live_count
from pyodide_app.bridge.reactivity import *
from pyodide_app.bridge.vdom import *
from pyodide_app.bridge.vdom import _ops
from pyodide_app.bridge.vdom._events import listeners
from pyodide_app.bridge.vdom._javascript import renderer
place = js.document.createElement("main")
js.document.body.append(place)
place.innerHTML = '''<p id="p">old</p><input id="text"><input id="number" type="number">
<input id="box" type="checkbox"><select id="select"><option>a<option>b</select>
<input id="r1" type="radio" name="r" value="a"><input id="r2" type="radio" name="r" value="b">'''
before = _ops.ids_in_use(), listeners.count(), renderer().count()
"""


@pytest.fixture
def python(pyodide: AppPage) -> AppPage:
    pyodide.run(START)
    return pyodide


def test_text_and_attributes_follow(python: AppPage) -> None:
    assert python.run("""
n = Signal(1)
bind("p", "text", n)
bind(js.document.getElementById("p"), "title", computed(lambda: f"t{n.value}"))
bind("p", "class", lambda: ["a", n.value > 1 and "b"])
flush()
first = place.firstChild.outerHTML
n.value = 2
flush()
(first, place.firstChild.outerHTML)
""") == ('<p id="p" title="t1" class="a">1</p>', '<p id="p" title="t2" class="a b">2</p>')


def test_a_field_of_an_observable_follows(python: AppPage) -> None:
    assert (
        python.run("""
@observable
class Todo:
    title: str
todo = Todo("one")
bind("p", "text", todo, "title")
todo.title = "two"
flush()
place.firstChild.textContent
""")
        == "two"
    )


def test_what_is_typed_goes_into_the_signal(python: AppPage) -> None:
    python.run("text = Signal('start'); bind('text', 'value', text); flush()")
    assert python.page.input_value("#text") == "start"
    python.page.fill("#text", "typed")
    assert python.run("text.value") == "typed"


def test_a_number_field_gives_numbers(python: AppPage) -> None:
    python.run("n = Signal(1); bind('number', 'value', n); flush()")
    page = python.page
    page.fill("#number", "2.50")
    assert python.run("flush(); n.value") == 2.5
    assert page.input_value("#number") == "2.50"
    page.fill("#number", "")
    assert python.run("flush(); n.value") == 2.5
    assert page.input_value("#number") == ""
    page.fill("#number", "7")
    assert python.run("flush(); repr(n.value)") == "7"


def test_boxes_selects_and_radio_buttons_go_both_ways(python: AppPage) -> None:
    python.run("""
done, pick, group = Signal(True), Signal("b"), Signal("a")
bind("box", "checked", done); bind("select", "value", pick)
bind("r1", "value", group); bind("r2", "value", group)
flush()""")
    page = python.page
    state = "[box.checked, select.value, r1.checked, r2.checked]"
    assert page.evaluate(state) == [True, "b", True, False]
    page.uncheck("#box")
    page.select_option("#select", "a")
    page.check("#r2")
    assert python.run("flush(); done.value, pick.value, group.value") == (False, "a", "b")
    python.run("done.value, pick.value, group.value = True, 'b', 'a'; flush()")
    assert page.evaluate(state) == [True, "b", True, False]


def test_what_the_source_refuses_is_not_shown(python: AppPage) -> None:
    python.run("""
n = Signal(5)
limited = computed(lambda: n.value, set=lambda value: setattr(n, "value", min(value, 5)))
bind("number", "value", limited); bind("text", "value", computed(lambda: "fixed")); flush()""")
    python.page.fill("#number", "9")
    python.page.fill("#text", "other")
    python.run("flush()")
    assert python.page.input_value("#number") == "5"
    assert python.page.input_value("#text") == "fixed"


def test_nothing_stays_behind(python: AppPage) -> None:
    assert python.run("""
n, scope = Signal("a"), Scope()
bind("text", "value", n).dispose(); flush()  # what is made once for all is there
proxies = live_count()
with scope:
    bind("text", "value", n); bind("text", "title", n); bind("p", "text", n)
flush()
while_tied = live_count() - proxies
scope.dispose()
flush()
n.value = "b"
flush()
after = _ops.ids_in_use(), listeners.count(), renderer().count()
(while_tied, after == before, len(n._observers), js.document.getElementById("text").value)
""") == (0, True, 0, "a")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("'nobody', 'text', Signal(1)", "no element with the id 'nobody'"),
        ("'p', 'innerHTML', Signal(1)", "would parse text as markup"),
        ("'p', 'onclick', Signal('x()')", "would run text as code"),
        ("'p', 'text', 'text'", "does not change by itself"),
    ],
)
def test_what_cannot_be_tied_says_so(python: AppPage, arguments: str, message: str) -> None:
    said = python.run(f"""
try: bind({arguments}); said = ""
except Exception as error: said = str(error)
said""")
    assert message in said
