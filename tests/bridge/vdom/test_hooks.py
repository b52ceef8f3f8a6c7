"""Hooks: what a component keeps, and what it does when it is shown and when it is gone."""

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
def error_of(fn):
    try:
        fn()
    except Exception as error:
        return f"{type(error).__name__}: {error}"
"""


def test_use_keeps_what_it_made(pyodide: AppPage) -> None:
    assert pyodide.run(
        START
        + """
other = Signal(0)
@component
def Counter():
    count = use(lambda: Signal(len(log)))
    log.append(count)
    return h("p", None, [other.value, count])
app.mount(Counter)
before = shown()
log[0].value = 5
other.value = 1
[before, shown(), log[0] is log[1]]"""
    ) == ["<p>00</p>", "<p>15</p>", True]


def test_effects_made_in_use_end_with_the_component(pyodide: AppPage) -> None:
    assert pyodide.run(
        START
        + """
count = Signal(0)
@component
def Follower():
    use(lambda: effect(lambda: log.append(count.value)))
    return "x"
app.mount(Follower)
count.value = 1
app.unmount()
count.value = 2
log"""
    ) == [0, 1]


def test_effects_made_in_the_body_end_with_the_next_rendering(pyodide: AppPage) -> None:
    assert pyodide.run(
        START
        + """
count, other = Signal(0), Signal("a")
@component
def Follower():
    name = other.value
    effect(lambda: log.append(f"{name}{count.value}"))
    return name
app.mount(Follower)
count.value = 1
other.value = "b"
app.flush()
count.value = 2
log"""
    ) == ["a0", "a1", "b1", "b2"]


@pytest.mark.parametrize("before", [True, False])
def test_use_is_not_conditional(pyodide: AppPage, before: bool) -> None:
    said = pyodide.run(
        START
        + f"""
there = Signal({before})
@component
def Fickle():
    if there.value:
        use(lambda: 1)
    return "x"
app.mount(Fickle)
there.value = {not before}
try:
    app.flush()
except ExceptionGroup as group:
    said = str(group.exceptions[0])
said"""
    )
    assert "Fickle called use()" in said
    assert "hooks are not conditional" in said


@pytest.mark.parametrize("hook", ["use", "on_mount", "on_unmount"])
def test_hooks_belong_into_a_component(pyodide: AppPage, hook: str) -> None:
    said = pyodide.run(
        START
        + f"""
@component
def App():
    log.append(error_of(lambda: effect(lambda: {hook}(print))))
    log.append(error_of(lambda: use(lambda: {hook}(print))))
    return lambda: error_of(lambda: {hook}(print))
app.mount(App)
log.append(shown())
log.append(error_of(lambda: {hook}(print)))
log"""
    )
    assert len(said) == 4
    for text in said:
        assert f"RuntimeError: {hook}() was called outside a component's body" in text


def test_on_mount_is_called_once_with_the_dom_there_and_children_first(pyodide: AppPage) -> None:
    assert pyodide.run(
        START
        + """
count = Signal(0)
@component
def Part(name):
    on_mount(lambda: log.append(f"{name}{js.document.querySelectorAll('#app i').length}"))
    return h("i", None, [name, count.value])
@component
def App():
    on_mount(lambda: log.append("App"))
    return [Part("a"), Part("b"), count.value]
app.mount(App)
before = list(log)
app.flush()
count.value = 1
app.flush()
[before, log]"""
    ) == [[], ["a2", "b2", "App"]]


def test_components_end_in_the_reverse_order(pyodide: AppPage) -> None:
    assert pyodide.run(
        START
        + """
@component
def Part(name, children=()):
    on_unmount(lambda: log.append(f"{name} gone"))
    on_mount(lambda: lambda: log.append(f"{name} cleaned"))
    return h("i", None, children)
app.mount(lambda: Part("App")[Part("a"), Part("b")])
app.flush()
app.unmount()
log"""
    ) == ["App cleaned", "App gone", "b cleaned", "b gone", "a cleaned", "a gone"]


def test_what_on_mount_changes_is_shown_in_the_same_frame(pyodide: AppPage) -> None:
    assert (
        pyodide.run(
            START
            + """
@component
def Measured():
    width = use(lambda: Signal(None))
    on_mount(lambda: setattr(width, "value", "measured"))
    return h("p", None, width)
app.mount(Measured)
shown()"""
        )
        == "<p>measured</p>"
    )


def test_nothing_is_called_for_a_component_that_is_gone_before_it_was_shown(pyodide: AppPage) -> None:
    assert (
        pyodide.run(
            START
            + """
@component
def Part():
    on_mount(lambda: log.append("mounted"))
    return "x"
app.mount(Part)
app.unmount()
app.flush()
log"""
        )
        == []
    )


def test_errors_in_hooks_are_raised_by_flush_and_keep_no_other_from_running(pyodide: AppPage) -> None:
    assert pyodide.run(
        START
        + """
@component
def Part(name):
    on_mount(lambda: log.append(name) if name == "good" else 1 / 0)
    on_unmount(lambda: log.append("gone") if name == "good" else 1 / 0)
    return name
app.mount(lambda: [Part("good"), Part("bad"), Part("good")])
for act in (app.flush, app.close):
    try:
        act()
    except ExceptionGroup as group:
        log += [note for error in group.exceptions for note in error.__notes__]
[log, place.innerHTML]"""
    ) == [
        ["good", "good", "(in on_mount of <lambda> > Part)", "gone", "gone", "(when <lambda> > Part ended)"],
        "",
    ]
