"""Error boundaries: what is shown in place of what failed, and what goes on working."""

import pytest

from pyodide_app.testing import AppPage

START = """
import js
from pyodide_app.bridge.reactivity import *
from pyodide_app.bridge.vdom import *
place = js.document.getElementById("app")
app = PythonVDOM(place)
log = []
def shown():
    app.flush()
    return place.innerHTML
def failed(error, retry=None):
    return h("p", None, f"{type(error).__name__}: {error}")
@component
def Broken(message="broken"):
    raise ValueError(message)
bad = Signal(False)
def maybe():
    if bad.value:
        raise ValueError("later")
    return "fine"
"""


@pytest.mark.parametrize(
    "child",
    [
        "Broken()",
        "h('div', None, Broken())",
        "lambda: 1 / 0",
        "h('a', {'title': lambda: 1 / 0})",
        "h('a', {'title': computed(lambda: 1 / 0)})",
        "h('a', {'innerHTML': 'x'})",
        "object()",
        "each([1], lambda n: 1 / 0)",
        "each([1], lambda n: Broken())",
        "each(lambda: 1 / 0, str)",
        "portal(js.document.createElement('div'), Broken())",
    ],
)
def test_what_fails_at_first_is_replaced(pyodide: AppPage, child: str) -> None:
    assert (
        pyodide.run(
            START
            + f"""
instead = lambda error: h("p", None, "instead")
app.mount(lambda: ["before", ErrorBoundary(instead)["x", {child}, "y"], "after"])
shown()"""
        )
        == "before<p>instead</p>after"
    )


@pytest.mark.parametrize(
    "child",
    [
        "component(maybe)()",
        "maybe",
        "computed(maybe)",
        "h('a', {'title': maybe})",
        "h('a', {'title': computed(maybe)})",
        "each(lambda: [maybe()], str)",
        "each([1], lambda n: maybe)",
        "portal(js.document.createElement('div'), maybe)",
        "Suspense('…')[maybe]",
    ],
)
def test_what_fails_later_is_replaced(pyodide: AppPage, child: str) -> None:
    assert pyodide.run(
        START
        + f"""
app.mount(lambda: h("div", None, ["before", ErrorBoundary(failed)["x", {child}], "after"]))
before = shown()
bad.value = True
["fine" in before or "title" in before or "portal" in {child!r}, shown()]"""
    ) == [True, "<div>before<p>ValueError: later</p>after</div>"]


def test_retry_renders_the_children_anew(pyodide: AppPage) -> None:
    assert pyodide.run(
        START
        + """
@component
def Fails():
    made = use(lambda: log.append("made"))
    return maybe()
bad.value = True
def fallback(error, retry):
    return h("button", {"onclick": retry}, str(error))
app.mount(lambda: ErrorBoundary(fallback)[Fails()])
texts = [shown()]
place.querySelector("button").click()
texts.append(shown())
bad.value = False
place.querySelector("button").click()
[*texts, shown(), log]"""
    ) == ["<button>later</button>", "<button>later</button>", "fine", ["made", "made", "made"]]


@pytest.mark.parametrize("fallback", ["'sorry'", "lambda: 'sorry'", "h('b', None, 'sorry')"])
def test_a_fallback_needs_no_arguments(pyodide: AppPage, fallback: str) -> None:
    assert "sorry" in pyodide.run(START + f"app.mount(lambda: ErrorBoundary({fallback})[Broken()])\nshown()")


def test_the_nearest_boundary_takes_it(pyodide: AppPage) -> None:
    assert (
        pyodide.run(
            START
            + """
app.mount(lambda: ErrorBoundary("outer")["a", ErrorBoundary("inner")[Broken()], "b"])
shown()"""
        )
        == "ainnerb"
    )


@pytest.mark.parametrize("fallback", ["lambda error: 1 / 0", "Broken()", "lambda: Broken()"])
def test_an_error_in_the_fallback_is_for_the_next_one(pyodide: AppPage, fallback: str) -> None:
    assert (
        pyodide.run(
            START
            + f"""
app.mount(lambda: ErrorBoundary("outer")["a", ErrorBoundary({fallback})[Broken()], "b"])
shown()"""
        )
        == "outer"
    )


def test_components_that_a_boundary_takes_away_end(pyodide: AppPage) -> None:
    assert pyodide.run(
        START
        + """
from pyodide_app.bridge.vdom import _ops
from pyodide_app.bridge.vdom._javascript import renderer
@component
def Part():
    on_unmount(lambda: log.append("gone"))
    return h("i", {"title": maybe}, "x")
app.mount(lambda: ErrorBoundary("instead")[Part(), maybe])
app.flush()
bad.value = True
app.flush()
counts = [_ops.ids_in_use(), renderer().count()]
[log, counts]"""
    ) == [["gone"], [2, 2]]


def test_without_a_boundary_mount_raises_and_says_where(pyodide: AppPage) -> None:
    assert pyodide.run(
        START
        + """
@component
def App():
    return h("div", None, ["a", Broken("no good"), "b"])
try:
    app.mount(App)
except ValueError as error:
    log += [str(error), *error.__notes__]
[log, shown()]"""
    ) == [["no good", "(while rendering App > Broken)"], "<div>ab</div>"]


def test_without_a_boundary_a_later_error_is_raised_by_flush_and_the_rest_goes_on(pyodide: AppPage) -> None:
    assert pyodide.run(
        START
        + """
count = Signal(0)
app.mount(lambda: [component(maybe)(), " ", lambda: count.value, " ", maybe, h("a", {"title": maybe})])
app.flush()
bad.value = True
count.value = 1
try:
    app.flush()
except ExceptionGroup as group:
    log += [str(error) for error in group.exceptions]
during = shown()
bad.value = False
count.value = 2
[log, during, shown()]"""
    ) == [
        ["later", "later", "later"],
        'fine 1 fine<a title="fine"></a>',
        'fine 2 fine<a title="fine"></a>',
    ]
