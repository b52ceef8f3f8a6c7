"""The builders of elements, and the types that are written for them."""

import ast
import re
from pathlib import Path

import pytest

from pyodide_app.bridge.vdom import Element, elements, events, h
from pyodide_app.bridge.vdom._props import prop
from pyodide_app.bridge.vdom.elements import Tag, br, div, input_, object_, p, props, types
from pyodide_app.bridge.vdom.elements import mathml as mathml_elements
from pyodide_app.bridge.vdom.elements import svg as svg_elements
from pyodide_app.bridge.vdom.events import event_of
from pyodide_app.testing import AppPage

ROOT = Path(__file__).parents[3]


def html(element: Element) -> str:
    parts: list[str] = []
    element.html(parts.append)
    return "".join(parts)


def test_a_builder_makes_an_element_with_props_and_children() -> None:
    assert (
        html(div(class_="row", id="x")["text", p["more"]]) == '<div class="row" id="x">text<p>more</p></div>'
    )


def test_a_builder_takes_children_without_props() -> None:
    assert html(div["a", 1, None]) == "<div>a1</div>"


def test_a_bare_builder_among_children_is_an_empty_element() -> None:
    assert html(p["a", br, "b", br]) == "<p>a<br>b<br></p>"


def test_names_that_python_uses_end_in_an_underscore() -> None:
    assert html(input_(type="text")) == '<input type="text">'


def test_names_in_svg_and_mathml_have_their_case() -> None:
    assert html(svg_elements.linear_gradient()) == "<linearGradient></linearGradient>"
    assert html(svg_elements.fe_func_r()) == "<feFuncR></feFuncR>"
    assert html(mathml_elements.annotation_xml()) == "<annotation-xml></annotation-xml>"


def test_words_for_true_and_false_in_svg_and_mathml() -> None:
    assert html(svg_elements.fe_convolve_matrix(preserve_alpha=False)) == (
        '<feConvolveMatrix preserveAlpha="false"></feConvolveMatrix>'
    )
    assert html(mathml_elements.math(displaystyle=True)) == '<math displaystyle="true"></math>'


def test_data_becomes_data_attributes() -> None:
    assert html(p(data={"user_id": 3, "open": True, "gone": None})) == '<p data-user-id="3" data-open=""></p>'


def test_the_data_of_an_object_is_an_address() -> None:
    assert html(object_(data="x.pdf")) == '<object data="x.pdf"></object>'


def test_on_listens_to_events_of_ones_own() -> None:
    assert p(on={"my-event": print}).props == {"on:my-event": print}


def test_the_key_of_a_builder_is_the_elements() -> None:
    assert div(key=3).key == 3


def test_a_builder_makes_what_h_makes() -> None:
    made, other = div(title="a")["x"], h("div", {"title": "a"}, ["x"])
    assert isinstance(other, Element)
    assert (made.kind, made.props, list(made.children)) == (other.kind, other.props, list(other.children))


def test_any_element_can_have_a_builder() -> None:
    assert html(Tag("my-element")(size=3)["x"]) == '<my-element size="3">x</my-element>'


def test_importing_the_elements_does_not_load_their_types(pyodide: AppPage) -> None:
    assert (
        pyodide.run("""
import sys
from pyodide_app.bridge.vdom import elements
from pyodide_app.bridge.vdom.elements import mathml, svg
[name for name in ("props", "types") if f"pyodide_app.bridge.vdom.elements.{name}" in sys.modules]
""")
        == []
    )


def test_bare_builders_are_shown_and_patched(pyodide: AppPage) -> None:
    assert pyodide.run("""
import js
from pyodide_app.bridge.vdom import PythonVDOM
from pyodide_app.bridge.vdom.elements import br, hr, p
place = js.document.getElementById("app")
app = PythonVDOM(place)
app.patch(p["a", br, br])
app.flush()
first = place.innerHTML
app.patch(p[hr, "a", br])
app.flush()
[first, place.innerHTML]
""") == ["<p>a<br><br></p>", "<p><hr>a<br></p>"]


def test_elements_live_in_their_namespaces(pyodide: AppPage) -> None:
    assert pyodide.run("""
import js
from pyodide_app.bridge.vdom import PythonVDOM
from pyodide_app.bridge.vdom.elements import div
from pyodide_app.bridge.vdom.elements.mathml import math, mi
from pyodide_app.bridge.vdom.elements.svg import foreign_object, linear_gradient, svg
place = js.document.getElementById("app")
app = PythonVDOM(place)
app.patch([svg[linear_gradient, foreign_object[div]], math[mi["x"]]])
app.flush()
[each.namespaceURI.split("/")[-1] + " " + each.localName for each in place.querySelectorAll("*")]
""") == ["svg svg", "svg linearGradient", "svg foreignObject", "xhtml div", "MathML math", "MathML mi"]


@pytest.mark.parametrize("name", ["props.py", "__init__.pyi", "svg.pyi", "mathml.pyi"])
def test_the_types_are_what_the_tables_say(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(ROOT)
    from scripts.write_element_types import ELEMENTS, written

    there = (ELEMENTS / name).read_text(encoding="utf-8")
    made = written()[ELEMENTS / name]
    assert ast.dump(ast.parse(there)) == ast.dump(ast.parse(made)), "python -m scripts.write_element_types"


def test_typed_props_become_the_attributes_of_the_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(ROOT)
    from scripts import element_tables as tables
    from scripts.element_tables_svg import EVERY_SVG, SVG
    from scripts.write_element_types import prop as typed

    own = {"key", "on", "ref", "default-value", "default-checked"}
    wrong = []
    for tag, table in [
        ("div", f"{tables.EVERY} {tables.EVERY_HTML}"),
        *tables.HTML.items(),
        ("g", EVERY_SVG),
        *SVG.items(),
        ("mi", tables.EVERY_MATHML),
        *tables.MATHML.items(),
    ]:
        for entry in table.split():
            name = re.split("[!#~%=:]", entry)[0]
            if name not in own and prop(tag, typed(entry)[0]).name != name:
                wrong.append((tag, name))
    assert wrong == []


def test_handlers_get_the_events_that_their_types_say(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(ROOT)
    from scripts import element_tables as tables

    wrong = []
    for kinds in (tables.EVENTS, *tables.OWN_EVENTS.values()):
        for kind, event_types in kinds.items():
            for event_type in event_types.split():
                if not isinstance(event_of(None, 1, event_type), getattr(events, kind)):
                    wrong.append(event_type)
    assert wrong == []


def test_the_types_can_be_imported() -> None:
    assert issubclass(props.InputProps, dict)
    assert types.Text
    assert isinstance(elements.div, Tag)
