"""Contexts: values for everything below a place in the tree."""

from pyodide_app.testing import AppPage

START = """
import js
from pyodide_app.bridge.reactivity import *
from pyodide_app.bridge.vdom import *
place = js.document.getElementById("app")
app = PythonVDOM(place)
log = []
theme = Context("light")
def shown():
    app.flush()
    return place.innerHTML
@component
def Reader(name="reader"):
    log.append(name)
    return h("i", None, theme.value)
"""


def test_the_nearest_provider_counts(pyodide: AppPage) -> None:
    assert (
        pyodide.run(
            START
            + """
other = Context(0)
app.mount(lambda: [Reader(), theme("dark")[Reader(), other(1)[theme("black")[Reader()]], Reader()]])
shown()"""
        )
        == "<i>light</i><i>dark</i><i>black</i><i>dark</i>"
    )


def test_a_changed_value_renders_only_who_has_read_it(pyodide: AppPage) -> None:
    assert pyodide.run(
        START
        + """
dark = Signal("dark")
@memo
def Between():
    log.append("between")
    return h("p", None, Reader("reader"))
@component
def Provider():
    return theme(dark.value)[Between(), lambda: theme.value, h("a", {"title": lambda: theme.value})]
app.mount(Provider)
before = shown()
log.clear()
dark.value = "black"
[before, shown(), log]"""
    ) == [
        '<p><i>dark</i></p>dark<a title="dark"></a>',
        '<p><i>black</i></p>black<a title="black"></a>',
        ["reader"],
    ]


def test_what_is_made_later_finds_the_provider(pyodide: AppPage) -> None:
    assert (
        pyodide.run(
            START
            + """
items, flag, text = Signal([]), Signal(False), Signal("a")
app.mount(lambda: theme("dark")[
    each(items, lambda n: Reader()), lambda: Reader() if flag.value else None,
    h("a", {"title": lambda: text.value + theme.value}),
    each(lambda: [theme.value] * len(items.value), str)])
app.flush()
items.value, flag.value, text.value = [1], True, "b"
shown()"""
        )
        == '<i>dark</i><i>dark</i><a title="bdark"></a>dark'
    )


def test_outside_a_rendering_there_is_no_value(pyodide: AppPage) -> None:
    assert "outside a component" in pyodide.run(
        START
        + """
try:
    theme.value
except RuntimeError as error:
    said = str(error)
said"""
    )


def test_a_provider_has_a_name_in_the_path_of_an_error(pyodide: AppPage) -> None:
    assert pyodide.run(
        START
        + """
@component
def Broken():
    raise ValueError("broken")
try:
    app.patch(theme("dark")[Broken()])
except ValueError as error:
    notes = error.__notes__
notes"""
    ) == ["(while rendering Context > Broken)"]
