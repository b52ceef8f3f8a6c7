"""PythonVDOM.adopt: HTML that the page has comes to life without being built anew."""

import pytest

from pyodide_app.testing import AppPage

START = """
import js
from pyodide_app.bridge.reactivity import *
from pyodide_app.bridge.vdom import *
place = js.document.createElement("div")
js.document.body.append(place)
said = []
def warn(_, *parts): said.append(" ".join(getattr(part, "localName", None) or str(part) for part in parts))
js.console.warn = warn
def take(tree, markup=None):
    "Adopts a tree; says whether every element is still the same."
    global app
    app = PythonVDOM(place)
    place.innerHTML = to_html(tree) if markup is None else markup
    before = list(place.querySelectorAll("*"))
    app.adopt(tree)
    after = list(place.querySelectorAll("*"))
    return len(before) == len(after) and all(a.isSameNode(b) for a, b in zip(before, after))
"""


@pytest.fixture
def python(pyodide: AppPage) -> AppPage:
    pyodide.run(START)
    return pyodide


def test_elements_stay_and_come_to_life(python: AppPage) -> None:
    assert python.run("""
n = Signal(1)
@component
def Counter(start):
    props = {"onclick": lambda: n.update(lambda n: n + 1), "class": {"big": lambda: n.value > 1}}
    return h("button", props, ["n: ", n, "!"])
parts = [Counter(1), "", "a", "b", None, [h("i"), "c", "d"], lambda: n.value * "x", "e"]
same = take(h("main", {"id": "m"}, parts))
html = place.innerHTML
place.querySelector("button").click()
app.flush()
(same, html, place.innerHTML, said)
""") == (
        True,
        '<main id="m"><button>n: 1!</button>ab<i></i>cdxe</main>',
        '<main id="m"><button class="big">n: 2!</button>ab<i></i>cdxxe</main>',
        [],
    )


def test_lists_are_moved_afterwards(python: AppPage) -> None:
    assert python.run("""
rows = Signal([1, 2, 3])
same = take(h("ul", {}, [each(rows, lambda n: [h("li", {}, n), "-"])]))
last = place.querySelectorAll("li")[2]
rows.value = [3, 1, 4]
app.flush()
(same, place.innerHTML, bool(last.isSameNode(place.querySelector("li"))), said)
""") == (True, "<ul><li>3</li>-<li>1</li>-<li>4</li>-</ul>", True, [])


def test_templates_are_taken_over(python: AppPage) -> None:
    if python.run("import sys; sys.version_info < (3, 14)"):
        pytest.skip("template strings are new in Python 3.14")
    assert python.run("""
n, rows = Signal(1), Signal([1])
@component
def View():
    title = f"t{n.value}"
    return html(t"<p title={title}>a{n}b<b>{each(rows, lambda r: html(t'<i>{r}</i>'))}</b></p>")
same = take(View())
n.value, rows.value = 2, [1, 2]
app.flush()
(same, place.innerHTML, said)
""") == (True, '<p title="t2">a2b<b><i>1</i><i>2</i></b></p>', [])


def test_what_differs_is_mended_and_said(python: AppPage) -> None:
    assert python.run("""
tree = h("main", {"title": "t"}, [h("p", {}, "text"), h("b", {}, [h("i"), "x"]), "end"])
take(tree, '<main title="u"><p>other</p><b><u></u>y</b><s></s></main>')
(place.innerHTML, said)
""") == (
        '<main title="t"><p>text</p><b><i></i>x</b>end</main>',
        [
            'main has title="u" for "t"',
            'p has the text "other" for "text"',
            "b has u where <i> belongs",
            'b has the text "y" for "x"',
            'main lacks the text "end"',
            "main has too much: s",
        ],
    )


def test_indentation_and_comments_do_not_count(python: AppPage) -> None:
    assert python.run("""
markup = "\\n<main>\\n  <!-- x -->\\n <p>text</p>\\n<b></b>\\n</main>\\n"
same = take(h("main", {}, [h("p", {}, "text"), h("b")]), markup)
(same, place.innerHTML, said)
""") == (True, "<main><p>text</p><b></b></main>", [])


def test_typed_text_and_focus_stay_and_handlers_learn_of_it(python: AppPage) -> None:
    python.run("""
name, done, pick = Signal(""), Signal(False), Signal("a")
tree = h("form", {}, [
    h("input", {"id": "free"}),
    h("input", {"id": "name", "value": name, "oninput": lambda e: setattr(name, "value", e.value)}),
    h("input", {"id": "done", "type": "checkbox", "checked": done,
        "onchange": lambda e: setattr(done, "value", e.checked)}),
    h("select", {"id": "pick", "value": pick}, [h("option", {}, "a"), h("option", {}, "b")])])
place.innerHTML = to_html(tree)
""")
    page = python.page
    page.fill("#free", "free")
    page.check("#done")
    page.fill("#name", "typed")
    python.run("app = PythonVDOM(place); app.adopt(tree)")
    assert python.run("app.flush(); name.value, done.value, pick.value, said") == ("typed", True, "a", [])
    assert page.input_value("#free") == "free"
    assert page.input_value("#name") == "typed"
    assert page.evaluate("document.activeElement.id") == "name"
    python.run("name.value = 'app'; app.flush()")
    assert page.input_value("#name") == "app"


def test_what_was_typed_is_told_also_where_an_earlier_answer_takes_the_control_away(python: AppPage) -> None:
    python.run("""
query, notes = Signal(""), {word: Signal("") for word in ("one", "two")}
shown = computed(lambda: [word for word in notes if query.value in word])
def field(name, text):
    return h("input", {"id": name, "value": text, "oninput": lambda e: setattr(text, "value", e.value)})
tree = h("main", {}, [field("query", query), each(shown, lambda word: field(word, notes[word]))])
place.innerHTML = to_html(tree)
""")
    python.page.fill("#query", "two")
    python.page.fill("#one", "typed")
    python.run("app = PythonVDOM(place); app.adopt(tree)")
    assert python.run("app.flush(); notes['one'].value, shown.value") == ("typed", ["two"])
    assert python.page.locator("#one").count() == 0


def test_a_failure_leaves_the_page_as_it_is(python: AppPage) -> None:
    assert python.run("""
def Bad(): raise ValueError("no")
try: take(h("p", {}, ["x", component(Bad)()]), "<p>x</p>")
except ValueError as error: said.append(str(error))
app.flush()
(place.innerHTML, said)
""") == ("<p>x</p>", ["no"])
