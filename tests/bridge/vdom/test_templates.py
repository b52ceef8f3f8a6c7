"""html(t"…"): what holes mean, and that copies are kept up to date like any tree."""

import pytest

from pyodide_app.testing import AppPage

START = """
import js
from pyodide_app.bridge.reactivity import *
from pyodide_app.bridge.vdom import *
from pyodide_app.bridge.vdom import _ops
from pyodide_app.bridge.vdom._javascript import renderer
place = js.document.createElement("div")
js.document.body.append(place)
app = PythonVDOM(place)
def shown():
    app.flush()
    return place.innerHTML
def both(tree):
    "What a tree looks like, and how many nodes are known once it is gone."
    app.patch(tree)
    html = shown()
    app.unmount(); app.flush()
    return html, _ops.ids_in_use() - before
before = _ops.ids_in_use()
"""


@pytest.fixture
def python(pyodide: AppPage) -> AppPage:
    if pyodide.run("import sys; sys.version_info < (3, 14)"):
        pytest.skip("template strings are new in Python 3.14")
    pyodide.run(START)
    return pyodide


def test_text_and_attributes(python: AppPage) -> None:
    assert python.run("""
a, b, c = "x<y", 'q"', None
both(html(t'''
  <section class="a {a}" title={b} hidden={c} data-n="{1}">
    <p>{a}</p>
    <p>n: {1}, {a}{2.5:.2f}{True} {b!r}</p>
  </section>'''))
""") == (
        '<section class="a x&lt;y" title="q&quot;" data-n="1"><p>x&lt;y</p>'
        "<p>n: 1, x&lt;y2.50 'q\"'</p></section>",
        0,
    )


def test_a_second_rendering_changes_only_what_differs(python: AppPage) -> None:
    assert python.run("""
def tree(cls, text, *rest): return html(t"<p class={cls}>{text}<b>{rest}</b></p>")
app.patch(tree("a", "one", 1)); app.flush()
p = place.firstChild
app.patch(tree("a", "two", h("i", {}, "x")))
app.flush()
a = place.innerHTML
app.patch(tree("b", h("u", {}, "y")))
app.flush()
(a, place.innerHTML, bool(p.isSameNode(place.firstChild)))
""") == ('<p class="a">two<b><i>x</i></b></p>', '<p class="b"><u>y</u><b></b></p>', True)


def test_signals_and_functions_are_live(python: AppPage) -> None:
    assert python.run("""
n, cls = Signal(1), Signal("a")
app.patch(html(t"<p class='x {cls}' title={cls}>{n}<b>{n}</b>, {(lambda: n.value)}</p>"))
seen = [shown()]
for value in 5, h("i", {}, "node"), 7, [8, 9]:
    n.value, cls.value = value, "b"
    seen.append(shown())
app.unmount(); app.flush()
(seen, _ops.ids_in_use() - before, len(n._observers) + len(cls._observers))
""") == (
        [
            '<p class="x a" title="a">1<b>1</b>, 1</p>',
            '<p class="x b" title="b">5<b>5</b>, 5</p>',
            '<p class="x b" title="b"><i>node</i><b><i>node</i></b>, <i>node</i></p>',
            '<p class="x b" title="b">7<b>7</b>, 7</p>',
            '<p class="x b" title="b">89<b>89</b>, 89</p>',
        ],
        0,
        0,
    )


def test_a_signal_that_stays_keeps_its_binding(python: AppPage) -> None:
    assert python.run("""
n = Signal(1)
def tree(title): return html(t"<p title={title}>{n}</p>")
app.patch(tree("a")); app.flush()
app.patch(tree("b")); app.flush()
n.value = h("i", {}, "x")
a = shown()
app.patch(tree("c"))
n.value = 3
(a, shown())
""") == ('<p title="b"><i>x</i></p>', '<p title="c">3</p>')


def test_handlers_are_called_and_replaced(python: AppPage) -> None:
    assert python.run("""
seen = []
def tree(handler): return html(t"<button onclick={handler} on_focus={print}>x</button>")
for handler in (lambda: seen.append("a")), (lambda event: seen.append(event.type)), None:
    app.patch(tree(handler)); app.flush()
    place.firstChild.click()
seen
""") == ["a", "click"]


def test_components_get_props_and_children(python: AppPage) -> None:
    assert python.run("""
@component
def Card(title, big=False, children=()):
    return html(t"<section><h2>{title}{big}</h2>{children}</section>")
def tree(title):
    return html(t'''
      <main>
        <{Card} title={title} big>
          <p>{title}</p> and <b>more</b>
        </{Card}>
        <{Card} title="none {1}" />
      </main>''')
app.patch(tree("a"))
first = shown()
section = place.querySelector("section")
app.patch(tree("b"))
second = shown()
(first, second, bool(section.isSameNode(place.querySelector("section"))), both(None))
""") == (
        "<main><section><h2>a</h2><p>a</p> and <b>more</b></section>"
        "<section><h2>none 1</h2></section></main>",
        "<main><section><h2>b</h2><p>b</p> and <b>more</b></section>"
        "<section><h2>none 1</h2></section></main>",
        True,
        ("", 0),
    )


def test_a_dict_among_attributes_is_props(python: AppPage) -> None:
    assert python.run("""
both(html(t"<div><p id='a' {({'title': 't', 'class': ['x', 'y']})}>text</p></div>"))
""") == ('<div><p id="a" title="t" class="x y">text</p></div>', 0)


def test_templates_in_lists_are_moved(python: AppPage) -> None:
    assert python.run("""
rows = Signal([1, 2, 3, 4])
app.patch(html(t"<ul>{each(rows, lambda n: html(t'<li>{n}</li>{n}'), key=lambda n: n)}</ul>"))
seen = [shown()]
kept = place.querySelectorAll("li")[1]
for order in [4, 2, 3, 1], [2, 5], []:
    rows.value = order
    seen.append(shown())
    if order[:1] == [2]: seen.append(bool(kept.isSameNode(place.querySelector("li"))))
app.unmount(); app.flush()
(seen, _ops.ids_in_use() - before)
""") == (
        [
            "<ul><li>1</li>1<li>2</li>2<li>3</li>3<li>4</li>4</ul>",
            "<ul><li>4</li>4<li>2</li>2<li>3</li>3<li>1</li>1</ul>",
            "<ul><li>2</li>2<li>5</li>5</ul>",
            True,
            "<ul></ul>",
        ],
        0,
    )


def test_keys_stand_on_the_root(python: AppPage) -> None:
    assert python.run("""
def tree(keys): return html(t"<ul>{[html(t'<li key={k}>{k}</li>') for k in keys]}</ul>")
app.patch(tree("ab")); app.flush()
b = place.querySelectorAll("li")[1]
app.patch(tree("ba")); app.flush()
(place.innerHTML, bool(b.isSameNode(place.querySelector("li"))))
""") == ("<ul><li>b</li><li>a</li></ul>", True)


def test_holes_at_the_top_have_no_element(python: AppPage) -> None:
    assert python.run("""
def tree(*values): return html(t"{values[0]}, {values[1]}")
seen = []
for values in ("a", "b"), (h("i"), [1, 2]), (None, h("b")):
    app.patch(h("p", {}, [tree(*values), "!"]))
    seen.append(shown())
app.patch(h("p", {}, "gone"))
(seen, shown())
""") == (["<p>a, b!</p>", "<p><i></i>, 12!</p>", "<p>, <b></b>!</p>"], "<p>gone</p>")


def test_parts_of_svg_are_svg(python: AppPage) -> None:
    assert python.run("""
r = 4
app.patch(html(t"<svg viewBox='0 0 9 9'>{[html(t'<circle r={r} />'), html(t'<linearGradient/>')]}</svg>"))
app.flush()
[(n.namespaceURI[-8:], n.localName) for n in [place.firstChild, *place.firstChild.childNodes]]
""") == [("2000/svg", "svg"), ("2000/svg", "circle"), ("2000/svg", "linearGradient")]


def test_controls_show_what_the_app_says(python: AppPage) -> None:
    assert python.run("""
picked = Signal("b")
ref = Ref()
app.patch(html(t'''<select ref={ref} value={picked}><option>a</option><option>b</option></select>
  <input type="checkbox" checked={True}><input value="start">'''))
app.flush()
seen = [ref.current.value, place.children[1].checked, place.children[2].value]
picked.value = "a"
app.flush()
seen + [ref.current.value]
""") == ["b", True, "start", "a"]


def test_the_only_content_may_be_raw(python: AppPage) -> None:
    assert python.run("both(html(t'<p>{raw_html('<b>x</b>')}</p>'))") == ("<p><b>x</b></p>", 0)


def test_a_failure_leaves_nothing_behind(python: AppPage) -> None:
    assert python.run("""
@component
def Bad():
    raise ValueError("no")
def tree(child): return html(t"<p title={'t'}><b>{child}</b></p>")
try: app.patch(tree(object())); seen = []
except TypeError as error: seen = [str(error)[:8], shown()]
app.patch(tree("fine"))
seen += [shown()]
try: app.patch(tree(Bad()))
except ValueError as error: seen += error.__notes__
app.unmount(); app.flush()
(seen, _ops.ids_in_use() - before)
""") == (["<object ", "", '<p title="t"><b>fine</b></p>', "(while rendering Bad)"], 0)


@pytest.mark.parametrize(
    ("markup", "message"),
    [
        ("<a onclick='x()'>x</a>", "a handler is a function in a hole"),
        ("<a href='javascript:x()'>x</a>", "would run a script"),
        ("<a href={'java'}script:x()>x</a>", "would run a script"),
        ("<a onclick={'x()'}>x</a>", "a handler is a function"),
        ("<p {'x'}>x</p>", "only a dict can"),
    ],
)
def test_what_could_run_code_is_refused(python: AppPage, markup: str, message: str) -> None:
    said = python.run(
        f'''
try: app.patch(html(t"{markup}")); said = ""
except (ValueError, TypeError) as error: said = str(error)
said'''
    )
    assert message in said


def test_as_html_and_as_nodes_of_the_page_it_is_the_same(python: AppPage) -> None:
    assert python.run("""
@component
def Card(title, children=()): return html(t"<section><h2>{title}</h2>{children}</section>")
def tree(): return html(t'''
  <main id="m">
    <{Card} title={Signal("<x>")}><pre>
  {1}</pre> and {None}{True}{[1, h("b", {}, "y")]}</{Card}>
    <p hidden {({"class": ["a"], "title": "t"})}>a{(lambda: "b")}</p>
    <textarea>{"text"}</textarea><br>
    <svg viewBox="0 0 1 1"><foreignObject><p>z</p></foreignObject></svg>
  </main>
''')
app.patch(tree())
(shown() == to_html(tree()), to_html(tree()))
""") == (
        True,
        '<main id="m"><section><h2>&lt;x&gt;</h2><pre>  1</pre> and 1<b>y</b></section>'
        '<p hidden="" class="a" title="t">ab</p><textarea>text</textarea><br>'
        '<svg viewBox="0 0 1 1"><foreignObject><p>z</p></foreignObject></svg></main>',
    )


def test_a_handler_in_each_copy_is_the_copys_own(python: AppPage) -> None:
    """The page's template listens for all copies; a copy may get another handler, of another kind too."""
    assert python.run("""
from pyodide_app.bridge.vdom._events import listeners
known = listeners.count()
got = []
def button(handler, at): return html(t"<button onclick={handler}>{at}</button>")
def tree(*handlers): return [button(handler, at) for at, handler in enumerate(handlers)]
def click():
    got.clear()
    for button in list(place.querySelectorAll("button")): button.click()
    return list(got)
def one(): got.append("one")
def event(e): got.append(e.type)
steps = []
first = [lambda n=n: got.append(n) for n in range(3)]
once = on(one, once=True)
for handlers in (first, [one, None, first[2]], [None, one, event], [event, once, None], first, first):
    app.patch(h("div", {}, tree(*handlers)))
    app.flush()
    steps.append((click(), click()))
app.unmount(); app.flush()
(steps, listeners.count() - known, _ops.ids_in_use() - before)
""") == (
        [
            ([0, 1, 2], [0, 1, 2]),
            (["one", 2], ["one", 2]),
            (["one", "click"], ["one", "click"]),
            (["click", "one"], ["click"]),
            ([0, 1, 2], [0, 1, 2]),
            ([0, 1, 2], [0, 1, 2]),
        ],
        0,
        0,
    )
