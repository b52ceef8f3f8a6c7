"""References to elements: what they refer to, and when functions are called with the element."""

from pyodide_app.testing import AppPage

START = """
import js
from pyodide_app.bridge.reactivity import *
from pyodide_app.bridge.vdom import *
place = js.document.getElementById("app")
app = PythonVDOM(place)
"""


def test_a_ref_finds_an_element_that_waits_to_be_mounted(pyodide: AppPage) -> None:
    code = """
shown, ref = Signal(False), Ref()
app.patch(h("p", None, lambda: h("b", {"ref": ref}, "here") if shown.value else None))
app.flush()
before = ref.current
with batch():
    shown.value = True
    found = ref.current.textContent
[before, found]"""
    assert pyodide.run(START + code) == [None, "here"]


def test_a_function_as_ref_is_called_with_the_element_in_the_page(pyodide: AppPage) -> None:
    code = """
seen = []
app.patch(h("b", {"ref": lambda element: seen.append((element.localName, element.isConnected))}))
app.flush()
seen"""
    assert pyodide.run(START + code) == [("b", True)]


def test_a_function_as_ref_is_not_called_for_an_element_that_is_gone_again(pyodide: AppPage) -> None:
    code = """
seen = []
app.patch(h("b", {"ref": seen.append}))
app.patch(h("i"))
app.flush()
len(seen)"""
    assert pyodide.run(START + code) == 0
