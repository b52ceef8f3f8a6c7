"""The page can be read and used before Python is there; Python takes over these very elements."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from queue import Queue

import pytest
from playwright.sync_api import Page, Route

from pyodide_app.testing import AppPage, OpenApp, expect
from pyodide_app.toolkit.preview import Preview
from pyodide_app.toolkit.site import Options, build
from pyodide_app.toolkit.store import Store

BOOKS = 10

# Notes what the element tells, and which sentence the page shows at that time.
RECORD = """
window.told = [];
window.violations = [];
addEventListener("securitypolicyviolation", ({ violatedDirective }) => violations.push(violatedDirective));
addEventListener("progress", ({ target, detail }) => {
  if (target.localName !== "pyodide-app") return;
  const visible = (each) => getComputedStyle(each).visibility === "visible";
  const sentences = [...document.querySelectorAll(".now > *")].filter(visible);
  told.push({ ...detail, says: sentences.map((each) => each.className) });
}, true);
"""
PAINTED = "performance.getEntriesByName('first-contentful-paint').length === 1"
KEEP = "window.before = [...document.querySelectorAll('main *')]"
SAME = """[...document.querySelectorAll("main *")].every((each, index) => each === before[index])
    && document.querySelectorAll("main *").length === before.length"""
FOCUSES = "field => { field.focus(); return document.activeElement === field; }"
PLACE = "[document.querySelector('#reading').getBoundingClientRect().top, scrollY]"
TIDY = "document.documentElement.scrollWidth <= innerWidth"


class Visit:
    """A visit at which Python does not start until it may."""

    def __init__(self, app: AppPage, url: str) -> None:
        self.app = app
        self.page: Page = app.page
        self.url = url
        self._held: Queue[Route] = Queue()
        self.page.add_init_script(RECORD)
        self.page.route("**/pyodide.mjs", self._hold)
        self.page.goto(url)

    def _hold(self, route: Route) -> None:
        if route.request.resource_type == "script":  # the other time it is fetched only to be checked
            self._held.put(route)
        else:
            route.continue_()

    def let_python_start(self) -> None:
        self._held.get(timeout=60).continue_()
        self.app.wait_ready()

    def book(self, title: str) -> "Book":
        return Book(self.page, title)

    def titles(self) -> list[str]:
        return self.page.locator("li .title").all_text_contents()

    def says(self, name: str) -> None:
        """Which sentence is shown, and no other."""
        expect(self.page.locator(f".now > .{name}")).to_be_visible()
        expect(self.page.locator(".now > *").filter(visible=True)).to_have_count(1)


class Book:
    """One row of the list."""

    def __init__(self, page: Page, title: str) -> None:
        self.row = page.get_by_role("listitem").filter(has_text=title)
        self.tick = self.row.get_by_label(title, exact=True)
        self.note = self.row.get_by_label(f"Note on {title}")
        self.about = self.row.locator("details")


@pytest.fixture
def site(source: Path, tmp_path: Path) -> Iterator[str]:
    """The address of the built pattern."""
    build(source, tmp_path / "site", Options(compress=False), Store(quiet=True))
    with Preview(tmp_path / "site") as host:
        yield host.url


@pytest.fixture
def elsewhere(open_app: OpenApp) -> AppPage:
    """The dev server has the pattern, but the page shows something else yet."""
    return open_app(url="style.css", wait=None)


@pytest.fixture
def visit(elsewhere: AppPage) -> Visit:
    return Visit(elsewhere, elsewhere.url.removesuffix("style.css"))


# --- before Python ---


def test_the_page_can_be_read_and_used_before_python_runs(visit: Visit) -> None:
    page = visit.page
    page.wait_for_function(PAINTED)
    visit.says("runtime")
    expect(page.get_by_text("Novels to read")).to_be_visible()
    expect(page.get_by_role("listitem")).to_have_count(BOOKS)
    page.get_by_role("link", name="How this page starts").click()
    assert page.evaluate("location.hash") == "#how"
    expect(page.get_by_role("heading", name="How this page starts")).to_be_in_viewport()
    page.get_by_text("What needs no Python").click()
    expect(page.get_by_text("Text, links and folded parts")).to_be_visible()
    page.get_by_label("Search").fill("typed")
    page.get_by_label("Sort by").select_option("Year")
    visit.book("Dracula").tick.check()
    visit.book("Dracula").note.fill("typed")
    assert visit.app.state == "loading"
    assert page.evaluate("document.querySelector('pyodide-app').pyodide") is None


def test_what_would_do_nothing_yet_is_shown_and_inert(visit: Visit) -> None:
    button = visit.page.get_by_text("Add", exact=True)
    expect(button).to_be_visible()
    visit.says("runtime")
    assert not button.evaluate(FOCUSES)
    assert not visit.page.locator("form input").first.evaluate(FOCUSES)
    visit.let_python_start()
    assert button.evaluate(FOCUSES)


def test_each_stage_is_told_once_in_order_and_in_the_pages_own_words(visit: Visit) -> None:
    visit.let_python_start()
    visit.says("ready")
    told = visit.page.evaluate("told")
    stages = [each["stage"] for each in told]
    assert list(dict.fromkeys(stages)) == ["manifest", "runtime", "packages", "app"]
    assert stages == sorted(stages, key=list(dict.fromkeys(stages)).index)
    assert [each["says"] for each in told] == [[stage] for stage in stages]
    loaded = [each["loaded"] for each in told]
    assert loaded == sorted(loaded)
    assert [each["total"] for each in told if each["stage"] == "app"][-1] == loaded[-1] > 10_000_000


# --- Python takes over ---


def type_before_python(visit: Visit) -> None:
    visit.book("Dracula").tick.check()
    visit.book("Frankenstein").about.locator("summary").click()
    note = visit.book("Jane Eyre").note
    note.fill("lent to Ada")
    note.press("Home")
    visit.page.evaluate(KEEP)
    visit.page.evaluate(f"window.place = {PLACE}")


def taken_over(visit: Visit) -> None:
    """All is as it was, and alive."""
    page = visit.page
    assert page.evaluate(SAME)
    jane = visit.book("Jane Eyre").note
    expect(jane).to_have_value("lent to Ada")
    expect(jane).to_be_focused()
    assert jane.evaluate("field => [field.selectionStart, field.selectionEnd]") == [0, 0]
    assert visit.book("Frankenstein").about.evaluate("details => details.open")
    assert page.evaluate(PLACE) == page.evaluate("place")
    assert not [line.text for line in visit.app.console if "PythonVDOM" in line.text]
    expect(page.get_by_text("10 of 10 books, 1 read")).to_be_visible()
    page.get_by_label("Search").fill("eliot")
    expect(page.get_by_role("listitem")).to_have_count(1)
    page.get_by_label("Search").fill("")
    expect(jane).to_have_value("lent to Ada")  # Python knows it, since the row was made anew


@pytest.mark.pyodide_matrix
def test_python_takes_over_the_very_elements(visit: Visit) -> None:
    type_before_python(visit)
    visit.let_python_start()
    taken_over(visit)
    expect(visit.page.locator("#times")).to_contain_text("Python's first line ran after")


def test_what_was_asked_before_python_came_is_answered(visit: Visit) -> None:
    page = visit.page
    page.get_by_label("Sort by").select_option("Year")
    page.get_by_label("Only unread").check()
    visit.book("Jane Eyre").tick.check()
    visit.book("Dracula").note.fill("not in bed")
    page.get_by_label("Search").fill("jane")  # Eyre, and Austen
    assert len(visit.titles()) == BOOKS
    visit.let_python_start()
    expect(page.locator("li .title")).to_have_text(["Pride and Prejudice"])
    page.get_by_label("Search").fill("r")
    expect(page.locator("li .title")).to_have_text(
        [
            *("Pride and Prejudice", "Frankenstein", "Moby-Dick", "Middlemarch", "Anna Karenina"),
            *("Three Men in a Boat", "Dracula", "The Wind in the Willows"),
        ]
    )
    expect(visit.book("Dracula").note).to_have_value("not in bed")


def test_a_book_is_added(visit: Visit) -> None:
    visit.let_python_start()
    page = visit.page
    for name, text in (("Title", "Persuasion"), ("Author", "Jane Austen"), ("Year", "1817")):
        page.get_by_label(name, exact=True).fill(text)
    page.get_by_label("Year", exact=True).press("Enter")
    expect(page.get_by_role("status")).to_have_text("11 of 11 books, 0 read")
    expect(visit.book("Persuasion").row).to_contain_text("Jane Austen, 1817")
    expect(page.get_by_label("Title", exact=True)).to_have_value("")


# --- when it fails ---


def test_a_failed_start_leaves_all_that_can_be_read_and_typed_and_can_be_tried_again(
    elsewhere: AppPage,
) -> None:
    elsewhere.allow_errors = True
    page = elsewhere.page
    page.route("**/*.wasm", lambda route: route.abort())
    visit = Visit(elsewhere, elsewhere.url.removesuffix("style.css"))
    elsewhere.wait_error()
    visit.says("failed")
    expect(page.get_by_role("alert")).to_contain_text("pyodide.asm.wasm")
    expect(page.get_by_role("listitem")).to_have_count(BOOKS)
    page.get_by_role("link", name="The list").click()
    expect(page.get_by_role("heading", name="The list")).to_be_in_viewport()
    type_before_python(visit)
    page.unroute("**/*.wasm")
    page.get_by_role("button", name="Retry").evaluate("button => button.click()")  # the focus stays
    visit.let_python_start()
    visit.says("ready")
    assert page.evaluate(SAME)
    expect(page.get_by_text("10 of 10 books, 1 read")).to_be_visible()
    expect(visit.book("Jane Eyre").note).to_have_value("lent to Ada")


def test_without_the_script_that_fetches_python_the_page_says_so_and_a_form_goes_nowhere(
    elsewhere: AppPage,
) -> None:
    elsewhere.allow_errors = True
    page = elsewhere.page
    page.route("**/pyodide-app.js", lambda route: route.abort())
    visit = Visit(elsewhere, elsewhere.url.removesuffix("style.css"))
    visit.says("manifest")
    for name, text in (("Title", "Persuasion"), ("Author", "Jane Austen"), ("Year", "1817")):
        page.get_by_label(name, exact=True).fill(text)
    page.get_by_label("Year", exact=True).press("Enter")
    page.evaluate("document.getAnimations().forEach((each) => each.finish())")  # ten seconds later
    visit.says("missing")
    assert page.url == visit.url
    expect(page.get_by_label("Title", exact=True)).to_have_value("Persuasion")
    expect(page.get_by_role("listitem")).to_have_count(BOOKS)


def test_without_scripts_the_page_can_be_read_and_says_why_that_is_all(elsewhere: AppPage) -> None:
    browser = elsewhere.page.context.browser
    assert browser
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(elsewhere.url.removesuffix("style.css"))
        expect(page.locator(".now > *").filter(visible=True)).to_contain_text(["Scripts are switched off"])
        expect(page.get_by_role("listitem")).to_have_count(BOOKS)


# --- what the developer does ---


def render(folder: Path) -> str:
    """Runs render.py; returns the page that it has written."""
    subprocess.run([sys.executable, "render.py"], cwd=folder, check=True)
    return (folder / "index.html").read_text(encoding="utf-8")


def test_the_page_has_what_render_makes_of_the_components(app_path: Path, source: Path) -> None:
    assert render(source) == (app_path / "index.html").read_text(encoding="utf-8")


def test_a_change_of_the_data_comes_into_the_page_and_nothing_else_changes(source: Path) -> None:
    before = (source / "index.html").read_text(encoding="utf-8")
    books = source / "books.py"
    text = books.read_text(encoding="utf-8")
    assert "Dracula" in text
    books.write_text(text.replace("Dracula", "Carmilla & Co"), encoding="utf-8")
    assert render(source) == before.replace("Dracula", "Carmilla &amp; Co") != before


@pytest.mark.pyodide_matrix
def test_the_built_site_is_there_before_python_and_taken_over(visitor: AppPage, site: str) -> None:
    visit = Visit(visitor, site)
    visit.says("runtime")
    expect(visit.page.get_by_role("listitem")).to_have_count(BOOKS)
    type_before_python(visit)
    visit.let_python_start()
    taken_over(visit)
    assert visit.page.evaluate("violations") == []


@pytest.mark.parametrize("width", [360, 1200])
def test_it_fits_the_window_while_it_loads_and_when_it_runs(visit: Visit, width: int) -> None:
    page = visit.page
    page.set_viewport_size({"width": width, "height": 640})
    visit.says("runtime")
    strip = page.get_by_role("progressbar")
    expect(strip).to_be_in_viewport()
    assert page.evaluate(TIDY)
    page.get_by_text("What waits for Python").scroll_into_view_if_needed()
    page.get_by_text("What waits for Python").click()  # the strip does not cover it
    visit.let_python_start()
    expect(strip).to_be_hidden()
    assert page.evaluate(TIDY)
