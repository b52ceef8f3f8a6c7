"""Portals: children that live elsewhere in the page."""

from pyodide_app.testing import AppPage

START = """
import js
from pyodide_app.bridge.reactivity import *
from pyodide_app.bridge.vdom import *
place = js.document.getElementById("app")
app = PythonVDOM(place)
target = js.document.createElement("aside")
target.id = "aside"
js.document.body.append(target)
log = []
def shown():
    app.flush()
    return [place.innerHTML, target.innerHTML]
"""


def test_children_are_in_the_other_element(pyodide: AppPage) -> None:
    assert pyodide.run(
        START
        + """
target.innerHTML = "<hr>"
name = Signal("one")
app.mount(lambda: h("div", None, ["a", portal("aside")[h("p", None, name)], portal(target, "text"), "b"]))
before = shown()
name.value = "two"
[before, shown()]"""
    ) == [
        ["<div>ab</div>", "<hr><p>one</p>text"],
        ["<div>ab</div>", "<hr><p>two</p>text"],
    ]


def test_its_nodes_leave_with_it(pyodide: AppPage) -> None:
    assert pyodide.run(
        START
        + """
from pyodide_app.bridge.vdom import _ops
from pyodide_app.bridge.vdom._javascript import renderer
open_ = Signal(True)
target.innerHTML = "<hr>"
app.mount(lambda: h("div", None, h("p", None, portal(target)["x", h("i"), []]) if open_.value else None))
app.flush()
open_.value = False
[shown(), target.childNodes.length, _ops.ids_in_use(), renderer().count()]"""
    ) == [["<div></div>", "<hr>"], 1, 3, 3]


def test_contexts_and_boundaries_reach_through(pyodide: AppPage) -> None:
    assert pyodide.run(
        START
        + """
theme = Context("light")
bad = Signal(False)
@component
def Part():
    return h("i", None, theme.value if not bad.value else 1 / 0)
app.mount(lambda: ErrorBoundary("failed")[theme("dark")[portal(target)[Part()]]])
before = shown()
bad.value = True
[before, shown()]"""
    ) == [["", "<i>dark</i>"], ["failed", ""]]


def test_events_arrive_as_long_as_any_portal_is_there(pyodide: AppPage) -> None:
    assert pyodide.run(
        START
        + """
names = Signal(["a", "b"])
def labelled(name): return h("button", {"onclick": lambda: log.append(name)}, name)
app.mount(lambda: [portal(target)[labelled(name)].keyed(name) for name in names.value])
app.flush()
buttons = list(target.querySelectorAll("button"))
for button in buttons: button.click()
names.value = ["b"]
app.flush()
target.querySelector("button").click()
app.close()
target.append(buttons[1])
buttons[1].click()
log"""
    ) == ["a", "b", "b"]


def test_it_keeps_its_place_among_moving_neighbours(pyodide: AppPage) -> None:
    assert pyodide.run(
        START
        + """
order = Signal("abc")
def part(name): return portal(target)[h("u")].keyed(name) if name == "b" else h("i", {"key": name}, name)
app.mount(lambda: [part(name) for name in order.value])
steps = [shown()]
order.value = "cba"
steps.append(shown())
order.value = "b"
[*steps, shown()]"""
    ) == [
        ["<i>a</i><i>c</i>", "<u></u>"],
        ["<i>c</i><i>a</i>", "<u></u>"],
        ["", "<u></u>"],
    ]


def test_another_target_is_another_portal(pyodide: AppPage) -> None:
    assert pyodide.run(
        START
        + """
other = js.document.createElement("div")
where = Signal("first")
app.mount(lambda: portal(target if where.value == "first" else other)["x"])
steps = [[*shown(), other.innerHTML]]
where.value = "second"
[*steps, [*shown(), other.innerHTML]]"""
    ) == [["", "x", ""], ["", "", "x"]]


def test_a_rendering_that_fails_around_it_leaves_nothing_in_the_target(pyodide: AppPage) -> None:
    assert pyodide.run(
        START
        + """
bad = Signal(True)
app.mount(lambda: ErrorBoundary("failed")[portal(target)["x"], h("p", {"innerHTML": "x"})])
first = shown()
def App():
    inner = h("i", None, "new" if bad.value else "old")
    return ["a", portal(target)[inner], h("p", {"innerHTML": "x"} if bad.value else {})]
bad.value = False
app.mount(App)
second = shown()
bad.value = True
try: app.flush()
except ExceptionGroup: pass
third = shown()
app.close()
[first, second, third, shown()]"""
    ) == [["failed", ""], ["a<p></p>", "<i>old</i>"], ["", ""], ["", ""]]


def test_a_target_that_is_not_there(pyodide: AppPage) -> None:
    assert (
        pyodide.run(
            START
            + """
try:
    app.mount(lambda: portal("nowhere")["x"])
except LookupError as error:
    said = str(error)
said"""
        )
        == "the page has no element with the id 'nowhere'"
    )
