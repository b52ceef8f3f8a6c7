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
for value in ("text", h("i"), [h("b"), None, "x"], [], fragment("p", fragment("q", [])), inner()["r", h("u")], 3,
        lambda: "s", each([1, 2], str), None):
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


RANDOM = """
import gc
flags = [Signal(False) for _ in range(4)]
lists = [Signal([1, 2, 3]) for _ in range(3)]
texts = [Signal("s") for _ in range(3)]
theme = Context("light")
@component
def Part(name, children=()):
    use(lambda: Signal(0))
    on_unmount(lambda: None)
    return [name, theme.value, children] if flags[0].value else h("section", {"title": name}, children)
@memo
def Small(name):
    return h("i", None, [name, texts[0]])
def tree(pick, depth=0):
    def kids(): return [tree(pick, depth + 1) for _ in range(pick.randrange(4))]
    kind = pick.randrange(16 if depth < 4 else 5)
    n = pick.randrange(3)
    match kind:
        case 0: return pick.choice(["a", "", 7, None, "x<y"])
        case 1: return texts[n]
        case 2: return lambda: texts[n].value if flags[n].value else h("u", None, n)
        case 3: return Small(pick.choice("xy"))
        case 4: return each(lists[n], lambda k: h("li", {"class": lambda: f"c{k}"}, k))
        case 5: return fragment(*kids())
        case 6: return kids()
        case 7 | 8: return Part(pick.choice("pq"))[tuple(kids())]
        case 9: return theme(pick.choice(["dark", "light"]))[tuple(kids())]
        case 10: return ErrorBoundary("failed")[tuple(kids())]
        case 11: return Suspense("…")[tuple(kids())]
        case 12:
            return [h(pick.choice("pb"), {"key": k}, tree(pick, depth + 1)) for k in pick.sample(range(6), pick.randrange(6))]
        case 13: return [Part(str(k))[tree(pick, depth + 1),].keyed(k) for k in pick.sample(range(5), pick.randrange(5))]
        case 14: return each(lists[n], lambda k: Part(str(k)), key=lambda k: -k)
        case _: return h(pick.choice(["div", "p"]), pick.choice([None, {"title": texts[n]}, {"class": {"on": flags[n]}}]), kids())
def change(pick):
    for _ in range(pick.randrange(4)):
        pick.choice(flags).value = pick.random() < .5
        pick.choice(texts).value = pick.choice(["s", "t", ""])
        pick.choice(lists).value = pick.sample(range(6), pick.randrange(6))
box = js.document.createElement("div")
def compare(rounds, start):
    wrong = []
    for seed in range(start, start + rounds):
        app.patch(tree(random.Random(seed)))
        change(random.Random(seed))
        got = shown()
        fresh = PythonVDOM(box)
        fresh.patch(tree(random.Random(seed)))
        fresh.flush()
        if got.replace("<!---->", "") != box.innerHTML: wrong.append([seed, got, box.innerHTML])
        fresh.close()
    app.unmount()
    app.flush()
    gc.collect()
    return wrong[:1], [_ops.ids_in_use(), renderer().count(), live_count(), sum(len(s._observers) for s in flags + lists + texts)]
"""


def test_random_trees_are_shown_as_fresh_ones_are_and_leave_nothing(pyodide: AppPage) -> None:
    wrong, before, again, after, objects = pyodide.run(
        START
        + RANDOM
        + """
wrong, before = compare(60, 0)
compare(60, 0)
objects = len(gc.get_objects())
again, after = compare(60, 0)
[wrong, before, again, after, len(gc.get_objects()) - objects]"""
    )
    assert wrong == []
    assert again == []
    assert before == after
    assert before[:2] == [1, 1]
    assert before[3] == 0
    assert objects < 50
