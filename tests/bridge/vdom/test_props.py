"""What props become in the page."""

import pytest

from pyodide_app.testing import AppPage

START = """
import js
from pyodide_app.bridge.reactivity import Signal
from pyodide_app.bridge.vdom import PythonVDOM, h
place = js.document.getElementById("app")
app = PythonVDOM(place)
def shown(tag, props, children=()):
    app.patch(h(tag, props, children))
    app.flush()
    return place.innerHTML
def element(*args):
    shown(*args)
    return place.firstElementChild
"""


@pytest.fixture
def page(pyodide: AppPage) -> AppPage:
    pyodide.run(START)
    return pyodide


def test_true_is_there_without_a_value_and_false_is_not_there(page: AppPage) -> None:
    assert page.run('shown("p", {"hidden": True, "inert": False, "title": None})') == '<p hidden=""></p>'


def test_numbers_become_text(page: AppPage) -> None:
    assert page.run('shown("td", {"colspan": 2})') == '<td colspan="2"></td>'


def test_aria_says_true_and_false_in_words(page: AppPage) -> None:
    got = page.run('shown("p", {"aria_expanded": False, "aria-busy": True})')
    assert got == '<p aria-expanded="false" aria-busy="true"></p>'


def test_enumerated_attributes_say_false_in_words(page: AppPage) -> None:
    got = page.run('shown("p", {"contenteditable": True, "draggable": False, "spellcheck": False})')
    assert got == '<p contenteditable="true" draggable="false" spellcheck="false"></p>'


def test_python_spellings(page: AppPage) -> None:
    assert page.run("""
form = element("form", {"class_": "a", "accept_charset": "utf-8", "data_user_id": 3})
one = form.outerHTML
two = shown("label", {"for_": "x"})
three = shown("meta", {"http_equiv": "x", "data-a_b": 1})
one, two, three""") == (
        '<form class="a" accept-charset="utf-8" data-user-id="3"></form>',
        '<label for="x"></label>',
        '<meta http-equiv="x" data-a_b="1">',
    )


def test_attributes_of_svg_have_their_capitals_and_hyphens(page: AppPage) -> None:
    assert page.run("""
svg = element("svg", {"view_box": "0 0 9 9", "preserve_aspect_ratio": "none"}, [
    h("path", {"stroke_width": 2, "path_length": 1}),
    h("marker", {"ref_x": 1, "marker_width": 2}),
    h("filter", {"x_channel_selector": "R", "std_deviation": 1})])
svg.viewBox.baseVal.width, svg.outerHTML""") == (
        9,
        '<svg viewBox="0 0 9 9" preserveAspectRatio="none"><path stroke-width="2" pathLength="1"></path>'
        '<marker refX="1" markerWidth="2"></marker>'
        '<filter xChannelSelector="R" stdDeviation="1"></filter></svg>',
    )


def test_xlink_href_is_href(page: AppPage) -> None:
    assert page.run(
        """shown("svg", {}, [h("use", {"xlink_href": "#a"}), h("use", {"xlink:href": "#b"})])"""
    ) == ('<svg><use href="#a"></use><use href="#b"></use></svg>')


def test_classes(page: AppPage) -> None:
    assert page.run("""
on = Signal(False)
one = shown("p", {"class": ["a", None, False, {"b": True, "c": False}]})
two = shown("p", {"class": {"a": True, "b": on}})
on.value = True
app.flush()
one, two, place.innerHTML, shown("p", {"class": []})""") == (
        '<p class="a b"></p>',
        '<p class="a"></p>',
        '<p class="a b"></p>',
        "<p></p>",
    )


def test_styles(page: AppPage) -> None:
    assert page.run("""
size = Signal("1px")
p = element("p", {"style": {"font_size": size, "backgroundColor": "red", "--gap": 3, "color": None,
    "_webkit_line_clamp": 2, "background_image": "url('data:image/png;base64,AA')"}})
first = p.style.fontSize
size.value = "2px"
app.flush()
style = p.style
found = [first, style.fontSize, style.backgroundColor, style.getPropertyValue("--gap"), style.webkitLineClamp,
    style.backgroundImage]
shown("p", {"style": "color: blue"})
found + [place.firstElementChild.style.cssText]""") == [
        "1px",
        "2px",
        "red",
        "3",
        "2",
        'url("data:image/png;base64,AA")',
        "color: blue;",
    ]


def test_properties_follow_the_app_after_the_user_has_changed_them(page: AppPage) -> None:
    assert page.run("""
on = Signal(False)
video = element("video", {"muted": on})
box = None
on.value = True
app.flush()
muted = video.muted
box = element("input", {"type": "checkbox", "indeterminate": True})
select = element("select", {}, [h("option", {}, "a"), h("option", {"selected": True}, "b")])
muted, box.indeterminate, select.value""") == (True, True, "b")


def test_what_a_control_holds_at_first_is_an_attribute(page: AppPage) -> None:
    assert page.run("""
one = shown("input", {"default_value": "x"})
two = shown("input", {"type": "checkbox", "default_checked": True})
one, two""") == (
        '<input value="x">',
        '<input type="checkbox" checked="">',
    )


def test_a_box_is_held_to_whether_it_is_checked_and_has_a_value_to_send(page: AppPage) -> None:
    assert page.run("""
def box(props):
    found = element("input", {"type": "checkbox", **props})
    return [found.value, found.checked]
on = Signal(False)
live = box({"value": "x", "checked": on})
on.value = True
app.flush()
[box({"value": "a", "checked": True}), box({"checked": True, "value": "b"}), box({"value": "c"}), live,
    place.firstElementChild.value]
""") == [["a", True], ["b", True], ["c", False], ["x", False], "c"]


def test_value_is_an_attribute_where_it_is_no_control(page: AppPage) -> None:
    assert page.run("""
options = shown("select", {}, [h("option", {"value": "v"}, "a")])
options, shown("li", {"value": 3}), shown("button", {"value": "b"})
""") == (
        '<select><option value="v">a</option></select>',
        '<li value="3"></li>',
        '<button value="b"></button>',
    )


def test_a_live_address_is_checked_whenever_it_changes(page: AppPage) -> None:
    assert page.run("""
from pyodide_app.bridge.vdom import flush
where = Signal("/")
link = element("a", {"href": where})
where.value = "javascript:1"
try:
    app.flush()
    said = ""
except BaseException as error:
    said = repr(error)
"UnsafeError" in said, link.getAttribute("href")""") == (True, "/")
