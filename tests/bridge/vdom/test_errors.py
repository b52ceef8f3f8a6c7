"""What goes wrong says what and where, and leaves a page that works."""

import pytest

from pyodide_app.testing import AppPage

START = """
import js
from pyodide_app.bridge.reactivity import *
from pyodide_app.bridge.vdom import *
from pyodide_app.bridge.vdom import _ops
from pyodide_app.bridge.vdom._javascript import renderer
place = js.document.getElementById("app")
app = PythonVDOM(place)
log = []
def shown():
    app.flush()
    return place.innerHTML
def said(act):
    try:
        act()
    except ExceptionGroup as group:
        error = group.exceptions[0]
    except Exception as caught:
        error = caught
    return [f"{type(error).__name__}: {error}", *getattr(error, "__notes__", [])]
"""


@pytest.mark.parametrize(
    ("child", "message"),
    [
        ("b'bytes'", "ChildError: b'bytes' of type bytes cannot be shown"),
        ("{'a': 1}", "ChildError: {'a': 1} of type dict cannot be shown"),
        ("int", "ChildError: <class 'int'> of type type cannot be shown"),
        ("[h('p', {'key': 1}), h('p', {'key': 1})]", "ChildError: the key 1 is given to two children"),
    ],
)
def test_what_cannot_be_shown(pyodide: AppPage, child: str, message: str) -> None:
    first, *notes = pyodide.run(
        START
        + f"""
@component
def Part(): return h("section", None, h("ul", None, {child}))
said(lambda: app.mount(lambda: h("div", None, Part())))"""
    )
    assert first.startswith(message)
    assert notes == ["(in <ul> in <lambda> > Part)", "(while rendering <lambda> > Part)"]


def test_keys_given_twice_by_a_later_rendering(pyodide: AppPage) -> None:
    assert pyodide.run(
        START
        + """
keys = Signal([1, 2])
@component
def List(): return h("ul", None, [h("li", {"key": key}, key) for key in keys.value])
app.mount(List)
app.flush()
keys.value = [3, 3]
first = said(app.flush)
keys.value = [4, 5]
[first, shown()]"""
    ) == [
        [
            "ChildError: the key 3 is given to two children of the same list; keys must differ",
            "(in <ul> in List)",
            "(while rendering List)",
        ],
        "<ul><li>4</li><li>5</li></ul>",
    ]


def test_a_container_that_is_not_there(pyodide: AppPage) -> None:
    assert pyodide.run(
        START
        + """
[said(lambda: PythonVDOM("nowhere")), said(lambda: PythonVDOM(js.document))[0].split(",")[0]]"""
    ) == [
        ["LookupError: the page has no element with the id 'nowhere'"],
        "TypeError: this takes an element of the page or its id",
    ]


def test_a_closed_app_shows_nothing_more(pyodide: AppPage) -> None:
    assert pyodide.run(START + "app.close()\nsaid(lambda: app.patch('x'))") == [
        "RuntimeError: this PythonVDOM was closed"
    ]


def test_rendering_that_never_ends_is_named_and_ended(pyodide: AppPage) -> None:
    assert pyodide.run(
        START
        + """
count, go = Signal(0), Signal(False)
@component
def Endless():
    if go.value:
        count.value += 1
    return f"{count.value > 0}"
app.mount(lambda: [Endless(), lambda: go.value and "on"])
app.flush()
go.value = True
first = said(app.flush)
go.value = False
[first, shown()]"""
    ) == [
        ["RuntimeError: rendering never ends, since it makes these stale again: <Endless>"],
        "True",
    ]


def test_a_signal_may_be_written_while_rendering(pyodide: AppPage) -> None:
    assert pyodide.run(
        START
        + """
wide, width = Signal(False), Signal(1)
@component
def Sets():
    wide.value = width.value > 5
    return width.value
app.mount(lambda: [lambda: str(wide.value), Sets()])
before = shown()
width.value = 9
[before, shown()]"""
    ) == ["False1", "True9"]


def test_patching_that_fails_half_way_leaves_nothing_behind(pyodide: AppPage) -> None:
    assert pyodide.run(
        START
        + """
count = Signal(0)
def tree(bad):
    return h("div", {"title": count}, [h("p", None, [h("b", {"class": lambda: str(count.value)}), count]),
        h("p", {"innerHTML": ""} if bad else None, "x"),
        h("i", None, [h("u", {"title": count}, "y"), lambda: count.value])])
app.patch(tree(False))
app.flush()
said(lambda: app.patch(tree(True)))
counts = [shown(), _ops.ids_in_use(), renderer().count(), len(count._observers)]
app.patch(tree(False))
[counts, shown()]"""
    ) == [
        ["", 2, 2, 0],
        '<div title="0"><p><b class="0"></b>0</p><p>x</p><i><u title="0">y</u>0</i></div>',
    ]


def test_reading_a_reference_while_rendering_writes_nothing_half(pyodide: AppPage) -> None:
    assert pyodide.run(
        START
        + """
ref = Ref()
@component
def Part():
    log.append(ref.current)
    return h("b", None, "x")
app.mount(lambda: h("div", {"ref": ref}, Part()))
[shown(), ref.current == place.firstChild]"""
    ) == ["<div><b>x</b></div>", True]


def test_a_component_taken_away_by_its_own_handler(pyodide: AppPage) -> None:
    assert pyodide.run(
        START
        + """
there = Signal(True)
@component
def Part():
    count = use(lambda: Signal(0))
    on_unmount(lambda: log.append("gone"))
    def click():
        there.value = False
        app.flush()
        count.value += 1
        log.append("after")
    return h("button", {"onclick": click}, count)
app.mount(lambda: Part() if there.value else "nothing")
app.flush()
place.querySelector("button").click()
[shown(), log]"""
    ) == ["nothing", ["gone", "after"]]
