"""Suspense: what is shown until all that is waited for below is there."""

from pyodide_app.testing import AppPage

START = """
import asyncio, js
from pyodide_app.bridge.reactivity import *
from pyodide_app.bridge.vdom import *
place = js.document.getElementById("app")
app = PythonVDOM(place)
log = []
def shown():
    app.flush()
    return place.innerHTML
class Source:
    # resources whose values come when the test says so
    def __init__(self):
        self.waiting = []
    async def __call__(self):
        self.waiting.append(asyncio.get_running_loop().create_future())
        return await self.waiting[-1]
    async def answer(self, value):
        waiting = self.waiting.pop()
        waiting.set_exception(value) if isinstance(value, Exception) else waiting.set_result(value)
        for _ in range(5):
            await asyncio.sleep(0)
source = Source()
loaded = resource(source)
@component
def Reader():
    return h("b", None, loaded.read())
"""


def test_the_fallback_is_shown_until_the_value_is_there(pyodide: AppPage) -> None:
    assert pyodide.run(
        START
        + """
app.mount(lambda: h("div", None, ["before", Suspense(h("i", None, "…"))["x", Reader(), "y"], "after"]))
before = shown()
await source.answer("value")
[before, shown()]"""
    ) == ["<div>before<i>…</i>after</div>", "<div>beforex<b>value</b>yafter</div>"]


def test_it_waits_for_all(pyodide: AppPage) -> None:
    assert pyodide.run(
        START
        + """
second_source = Source()
second = resource(second_source)
app.mount(lambda: Suspense("…")[Reader(), lambda: second.read(), h("a", {"title": lambda: second.read()})])
steps = [shown()]
await source.answer("one")
steps.append(shown())
await second_source.answer("two")
[*steps, shown()]"""
    ) == ["…", "…", '<b>one</b>two<a title="two"></a>']


def test_what_is_below_keeps_its_state_and_its_nodes(pyodide: AppPage) -> None:
    assert pyodide.run(
        START
        + """
wanted = Signal(False)
@component
def Counter():
    count = use(lambda: Signal(0))
    on_mount(lambda: log.append("mounted"))
    on_unmount(lambda: log.append("gone"))
    return h("button", {"onclick": lambda: count.update(lambda n: n + 1)}, count)
@component
def Maybe():
    return h("i", None, loaded.read() if wanted.value else "not yet")
app.mount(lambda: Suspense("…")[Counter(), Maybe()])
app.flush()
button = place.firstChild
button.click()
steps = [shown()]
wanted.value = True
steps.append(shown())
await source.answer("there")
steps.append(shown())
[steps, place.firstChild == button, log]"""
    ) == [
        [
            "<button>1</button><i>not yet</i>",
            "…",
            "<button>1</button><i>there</i>",
        ],
        True,
        ["mounted"],
    ]


def test_what_changes_meanwhile_is_there_afterwards(pyodide: AppPage) -> None:
    assert pyodide.run(
        START
        + """
items = Signal([1, 2, 3])
def count(): return h("u", None, len(items.value))
app.mount(lambda: Suspense("…")[Reader(), each(items, lambda n: h("i", None, n)), count])
app.flush()
items.value = [3, 4]
steps = [shown()]
await source.answer("v")
[*steps, shown()]"""
    ) == ["…", "<b>v</b><i>3</i><i>4</i><u>2</u>"]


def test_a_value_that_is_loaded_anew_is_shown_until_the_new_one_is_there(pyodide: AppPage) -> None:
    assert pyodide.run(
        START
        + """
app.mount(lambda: Suspense("…")[Reader()])
await source.answer("old")
steps = [shown()]
loaded.reload()
await asyncio.sleep(0)
steps.append(shown())
await source.answer("new")
[*steps, shown()]"""
    ) == ["<b>old</b>", "<b>old</b>", "<b>new</b>"]


def test_a_component_may_make_the_resource_that_it_reads(pyodide: AppPage) -> None:
    assert pyodide.run(
        START
        + """
@component
def Own():
    mine = use(lambda: resource(source))
    return mine.read()
loaded.dispose()
source.waiting.clear()
app.mount(lambda: Suspense("…")[Own()])
before = shown()
await source.answer("mine")
[before, shown()]"""
    ) == ["…", "mine"]


def test_taking_it_away_while_it_waits_leaves_nothing(pyodide: AppPage) -> None:
    assert pyodide.run(
        START
        + """
from pyodide_app.bridge.vdom import _ops
from pyodide_app.bridge.vdom._javascript import renderer
there = Signal(True)
app.mount(lambda: h("div", None, Suspense(h("i", None, "…"))[Reader()] if there.value else "gone"))
steps = [shown()]
there.value = False
steps.append(shown())
await source.answer("late")
[*steps, shown(), _ops.ids_in_use(), renderer().count()]"""
    ) == ["<div><i>…</i></div>", "<div>gone</div>", "<div>gone</div>", 2, 2]


def test_it_can_be_moved_while_it_waits(pyodide: AppPage) -> None:
    assert pyodide.run(
        START
        + """
order = Signal("abc")
def part(name):
    return Suspense("…")[name, Reader()].keyed(name) if name == "a" else h("i", {"key": name}, name)
app.mount(lambda: [part(name) for name in order.value])
steps = [shown()]
order.value = "bca"
steps.append(shown())
await source.answer("v")
steps.append(shown())
order.value = "bac"
[*steps, shown()]"""
    ) == ["…<i>b</i><i>c</i>", "<i>b</i><i>c</i>…", "<i>b</i><i>c</i>a<b>v</b>", "<i>b</i>a<b>v</b><i>c</i>"]


def test_what_a_resource_raises_is_for_the_boundary(pyodide: AppPage) -> None:
    assert pyodide.run(
        START
        + """
app.mount(lambda: Suspense("…")[ErrorBoundary(lambda error: f"failed: {error}")[Reader()]])
steps = [shown()]
await source.answer(ValueError("offline"))
[*steps, shown()]"""
    ) == ["…", "failed: offline"]


def test_nested_ones_wait_on_their_own(pyodide: AppPage) -> None:
    assert pyodide.run(
        START
        + """
app.mount(lambda: Suspense("outer")["a", Suspense("inner")[Reader()], "b"])
before = shown()
await source.answer("v")
[before, shown()]"""
    ) == ["ainnerb", "a<b>v</b>b"]


def test_without_one_the_error_says_so(pyodide: AppPage) -> None:
    said = pyodide.run(
        START
        + """
try:
    app.mount(lambda: Reader())
except Pending as error:
    said = [str(error), *error.__notes__]
said"""
    )
    assert "has no value yet" in said[0]
    assert any("Suspense around" in note for note in said)
