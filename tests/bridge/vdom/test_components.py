"""Components, and the trees that they make."""

from pyodide_app.testing import AppPage

START = """
import js, random
from pyodide_app.bridge import live_count
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
"""


def test_a_component_may_return_whatever_can_be_a_child(pyodide: AppPage) -> None:
    assert pyodide.run(
        START
        + """
what = Signal(None)
app.mount(lambda: ["<", component(lambda: what.value)(), ">"])
steps = [shown()]
inner = component(lambda children=(): children)
for value in ("text", h("i"), [h("b"), None, "x"], [], fragment("p", fragment("q", [])), inner()["r", h("u")],
        3, lambda: "s", each([1, 2], str), None):
    what.value = value
    steps.append(shown().removeprefix("&lt;").removesuffix("&gt;"))
steps[1:]"""
    ) == ["text", "<i></i>", "<b></b>x", "", "pq", "r<u></u>", "3", "s", "12", ""]


def test_an_elements_content_may_change_its_kind(pyodide: AppPage) -> None:
    assert (
        pyodide.run(
            START
            + """
contents = ["text", [], raw_html("<i>raw</i>"), ["a", h("b")], raw_html("<u>other</u>"), "", [h("b"), "a"], 7,
    each([1, 2], str), "text", None, [lambda: "live"], raw_html("<i>raw</i>")]
wrong = []
fresh = PythonVDOM(js.document.createElement("p"))
for before in contents:
    for after in contents:
        app.patch(h("p", None, before))
        app.flush()
        app.patch(h("p", None, after))
        got = shown()
        fresh.unmount()
        fresh.patch(h("p", None, after))
        fresh.flush()
        if got != fresh._element.innerHTML: wrong.append([got, fresh._element.innerHTML])
wrong"""
        )
        == []
    )


def test_a_memo_is_rendered_again_only_for_other_arguments(pyodide: AppPage) -> None:
    assert pyodide.run(
        START
        + """
other, name = Signal(0), Signal("a")
@memo
def Row(name, children=()):
    log.append(name)
    return h("li", None, [name, children])
kept = h("b", None, "kept")
@component
def List():
    return [Row(name.value), Row("fixed")[kept], Row("new")[h("i", None, other.value)]]
app.mount(List)
steps = [shown()]
log.clear()
other.value = 1
app.flush()
name.value = "b"
[*steps, shown(), log]"""
    ) == [
        "<li>a</li><li>fixed<b>kept</b></li><li>new<i>0</i></li>",
        "<li>b</li><li>fixed<b>kept</b></li><li>new<i>1</i></li>",
        ["new", "b", "new"],
    ]


def test_components_of_several_nodes_move_with_their_key(pyodide: AppPage) -> None:
    assert pyodide.run(
        START
        + """
order = Signal("abc")
@component
def Pair(name):
    mine = use(lambda: name)
    return [h("b", None, mine), name, None]
app.mount(lambda: ["<", [Pair(name).keyed(name) for name in order.value], ">"])
steps = []
for value in ("abc", "cab", "ba", "dbca", "d"):
    order.value = value
    app.flush()
    steps.append(place.textContent)
steps"""
    ) == ["<aabbcc>", "<ccaabb>", "<bbaa>", "<ddbbccaa>", "<dd>"]


def test_the_same_node_may_stand_in_several_places(pyodide: AppPage) -> None:
    assert pyodide.run(
        START
        + """
rule, part = h("hr"), component(lambda: "x")()
app.patch(h("p", None, [rule, part, rule, part]))
steps = [shown()]
app.patch(h("p", None, [part, rule, part, rule, rule]))
steps.append(shown())
app.patch([rule, rule])
[*steps, shown(), _ops.ids_in_use()]"""
    ) == ["<p><hr>x<hr>x</p>", "<p>x<hr>x<hr><hr></p>", "<hr><hr>", 3]


def test_trees_may_be_deep(pyodide: AppPage) -> None:
    assert pyodide.run(
        START
        + """
depth = Signal(0)
@component
def Nested(n):
    return h("div", None, [n, Nested(n - 1)]) if n else depth
tree = "x"
for _ in range(200): tree = h("p", None, [tree])
app.mount(lambda: [tree, Nested(100)])
app.flush()
depth.value = 5
app.flush()
counts = [len(place.querySelectorAll("p")), len(place.querySelectorAll("div")), place.textContent[-3:]]
app.patch([tree, Nested(100)])
app.flush()
app.close()
[counts, _ops.ids_in_use()]"""
    ) == [[200, 100, "215"], 0]


def test_an_app_works_on_when_another_is_gone(pyodide: AppPage) -> None:
    assert pyodide.run(
        START
        + """
count = Signal(0)
first, second = js.document.createElement("p"), js.document.createElement("p")
place.append(first, second)
apps = [PythonVDOM(first), PythonVDOM(second)]
for each_app in apps:
    each_app.mount(lambda: h("button", {"onclick": lambda: count.update(lambda n: n + 1)}, count))
    each_app.flush()
apps[0].close()
second.querySelector("button").click()
apps[1].flush()
[first.innerHTML, second.innerHTML]"""
    ) == ["", "<button>1</button>"]
