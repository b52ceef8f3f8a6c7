"""to_html: what a tree is as text, in CPython too."""

import pytest

from pyodide_app.bridge.reactivity import Signal, effect, on_cleanup
from pyodide_app.bridge.vdom import component, each, fragment, h, on_mount, portal, raw_html, to_html, use
from pyodide_app.bridge.vdom._attributes import UnsafeError


def test_text_and_attributes_are_escaped() -> None:
    assert to_html(h("p", {"title": 'a"<&'}, ["<b>&", 1, None, True])) == (
        '<p title="a&quot;&lt;&amp;">&lt;b&gt;&amp;1</p>'
    )


def test_void_elements_have_no_end() -> None:
    assert to_html([h("br"), h("input", {"disabled": True, "hidden": False})]) == '<br><input disabled="">'


def test_handlers_keys_and_refs_are_left_out() -> None:
    assert to_html(h("b", {"onclick": print, "key": 1, "ref": print}, "x")) == "<b>x</b>"


def test_classes_and_styles() -> None:
    props = {"class": {"a": True, "b": lambda: False}, "style": {"max_width": "1px", "color": None}}
    assert to_html(h("p", props)) == '<p class="a" style="max-width:1px"></p>'


def test_controls_show_their_values() -> None:
    options = [h("option", {}, "a"), h("option", {"value": 2}, "b")]
    assert to_html(h("textarea", {"value": "\nx<y"})) == "<textarea>\n\nx&lt;y</textarea>"
    assert to_html(h("input", {"value": Signal(3), "checked": True})) == '<input value="3" checked="">'
    assert to_html(h("select", {"value": "2"}, options)) == (
        '<select><option>a</option><option value="2" selected="">b</option></select>'
    )
    assert to_html(h("select", {"value": "a"}, options)).count('<option selected="">a') == 1


def test_styles_and_scripts_are_not_escaped() -> None:
    assert to_html(h("style", {}, ["a > b", Signal("{}")])) == "<style>a > b{}</style>"
    with pytest.raises(UnsafeError, match="would end it"):
        to_html(h("script", {}, "</script>"))


def test_raw_markup_stays() -> None:
    assert to_html(h("p", {}, raw_html("<b>x</b>"))) == "<p><b>x</b></p>"


@pytest.mark.parametrize(("tag", "props"), [("b onload=x", {}), ("b", {"x onload": 1}), ("b", {"x>": 1})])
def test_names_cannot_hold_markup(tag: str, props: dict[str, object]) -> None:
    with pytest.raises(UnsafeError, match="cannot be the name"):
        to_html(h(tag, props))


def test_signals_functions_lists_and_portals() -> None:
    n = Signal(1)
    tree = fragment(
        n, lambda: h("i", {}, n.value), each(n.value * [2], lambda x: h("b", {}, x)), portal("x", "y")
    )
    assert to_html(tree) == "1<i>1</i><b>2</b>"
    assert not n._observers


def test_nothing_of_a_component_stays_alive() -> None:
    n = Signal(1)
    seen: list[object] = []

    @component
    def Counter(start: int) -> object:
        count = use(lambda: Signal(start))
        effect(lambda: seen.append(n.value))
        on_cleanup(lambda: seen.append("end"))
        on_mount(lambda: seen.append("mount"))
        return h("p", {}, [count, each([1], lambda _: effect(lambda: seen.append(n.value)) and "x")])

    assert to_html(Counter(3)) == "<p>3x</p>"
    n.value = 2
    assert seen == [1, 1, "end"]
    assert not n._observers


def test_an_error_names_the_component() -> None:
    @component
    def Bad() -> object:
        return h("a", {"href": "javascript:x"})

    with pytest.raises(UnsafeError) as raised:
        to_html(Bad())
    assert raised.value.__notes__ == ["(href of <a> in Bad)"]
