"""Patching: the page is what a fresh rendering would be."""

from pyodide_app.testing import AppPage

START = """
import js
from pyodide_app.bridge.reactivity import *
from pyodide_app.bridge.vdom import *
place = js.document.getElementById("app")
app = PythonVDOM(place)
def shown():
    app.flush()
    return place.innerHTML
"""


def test_a_tree_is_shown(pyodide: AppPage) -> None:
    assert (
        pyodide.run(
            START
            + """
app.patch(h("div", {"class": "a", "onclick": print}, ["one", h("b", {}, "two"), None, [h("i"), 3]]))
shown()"""
        )
        == '<div class="a">one<b>two</b><i></i>3</div>'
    )


def test_random_trees_are_patched_to_what_a_fresh_rendering_shows(pyodide: AppPage) -> None:
    assert pyodide.run(
        START
        + """
import random
from pyodide_app.bridge.vdom import _ops
random.seed(1)
def tree(depth=0):
    kind = random.random()
    if kind < .2 or depth > 3: return random.choice(["a", "b", "", "x<y", 7, None])
    if kind < .3: return [tree(depth + 1) for _ in range(random.randrange(4))]
    if kind < .5:
        keys = random.sample(range(8), random.randrange(8))
        return [h(random.choice("pb"), {"key": k}, [str(k), tree(depth + 1)]) for k in keys]
    props = random.choice([None, {"title": "t"}, {"class": "c", "id": "i"}])
    children = [tree(depth + 1) for _ in range(random.randrange(4))]
    return h(random.choice(["p", "b", "section"]), props, children)
bad = []
other = js.document.createElement("div")
for i in range(300):
    random.seed(i)
    app.patch(tree())
    got = shown()
    fresh = PythonVDOM(other)
    random.seed(i)
    fresh.patch(tree())
    fresh.flush()
    if got != other.innerHTML: bad.append((i, got, other.innerHTML))
    fresh.close()
app.unmount(); app.flush()
from pyodide_app.bridge.vdom._javascript import renderer
(bad[:1], _ops.ids_in_use(), renderer().count())
"""
    ) == ([], 1, 1)


def test_a_component_follows(pyodide: AppPage) -> None:
    assert pyodide.run(
        START
        + """
count = Signal(1)
rows = Signal([1, 2, 3])
renders = []
@component
def Counter(name):
    renders.append(name)
    return h("p", None, [name, ": ", count.value, h("b", None, lambda: rows.value[0])])
def App():
    items = h("ul", None, each(rows, lambda n: h("li", None, n)))
    return h("div", {"class": {"x": lambda: count.value > 1}}, [Counter("A"), count, items])
app.mount(App)
a = shown()
count.value = 2
rows.value = [4, 3, 1]
b = shown()
app.unmount()
(a, b, shown(), renders)
"""
    ) == (
        "<div><p>A: 1<b>1</b></p>1<ul><li>1</li><li>2</li><li>3</li></ul></div>",
        '<div class="x"><p>A: 2<b>4</b></p>2<ul><li>4</li><li>3</li><li>1</li></ul></div>',
        "",
        ["A", "A"],
    )


def test_false_is_said_from_the_start_where_it_means_something(pyodide: AppPage) -> None:
    assert (
        pyodide.run(
            START
            + """
app.patch(h("a", {"aria-expanded": False, "draggable": False, "hidden": False}))
shown()"""
        )
        == '<a aria-expanded="false" draggable="false"></a>'
    )


def test_a_box_that_is_false_from_the_start_is_held_to_it(pyodide: AppPage) -> None:
    assert (
        pyodide.run(
            START
            + """
app.patch(h("input", {"type": "checkbox", "checked": False, "onclick": lambda: None}))
app.flush()
place.firstChild.click()
app.flush()
place.firstChild.checked"""
        )
        is False
    )
