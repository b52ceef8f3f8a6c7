"""TodoMVC: its model in CPython; the specification in the browser, each test with an app of its own state."""

import json
import runpy
from pathlib import Path
from typing import Any

import pytest

from pyodide_app.testing import AppPage, OpenApp, expect

KEY = "todos-pyodide_app"


def add(app: AppPage, *titles: str) -> None:
    field = app.page.locator(".new-todo")
    for title in titles:
        field.fill(title)
        field.press("Enter")


def titles(app: AppPage) -> Any:  # noqa: ANN401 - Playwright's locator
    return app.page.locator(".todo-list li label")


def stored(app: AppPage) -> Any:  # noqa: ANN401 - JSON
    return json.loads(app.page.evaluate("key => localStorage.getItem(key)", KEY))


def edit(app: AppPage, number: int) -> Any:  # noqa: ANN401 - Playwright's locator
    titles(app).nth(number).dblclick()
    field = app.page.locator(".todo-list li").nth(number).locator(".edit")
    expect(field).to_be_focused()
    return field


# --- the model, in CPython ---


@pytest.fixture
def model(app_path: Path) -> dict[str, Any]:
    return runpy.run_path(str(app_path / "todos.py"))


def test_titles_are_trimmed_and_empty_ones_count_for_nothing(model: dict[str, Any]) -> None:
    todos = model["Todos"]()
    todos.add("  buy milk ")
    todos.add("   ")
    assert [todo.title for todo in todos.list] == ["buy milk"]


def test_a_todo_renamed_to_nothing_is_removed(model: dict[str, Any]) -> None:
    todos = model["Todos"]()
    todos.add("buy milk")
    todos.rename(todos.list[0], "  ")
    assert todos.count.value == 0


def test_counts_follow_what_is_marked_and_cleared(model: dict[str, Any]) -> None:
    todos = model["Todos"]()
    for title in "abc":
        todos.add(title)
    todos.list[1].completed = True
    assert (todos.left.value, todos.completed.value) == (2, 1)
    todos.clear_completed()
    assert [todo.title for todo in todos.list] == ["a", "c"]
    todos.mark_all(completed=True)
    assert todos.left.value == 0


# --- the essentials, on every Pyodide ---


@pytest.mark.pyodide_matrix
def test_todos_are_added_marked_edited_filtered_cleared_and_kept(open_app: OpenApp) -> None:
    app = open_app()
    page = app.page
    expect(page.locator(".new-todo")).to_be_focused()
    expect(page.locator(".main, .footer")).to_have_count(0)
    add(app, "buy milk", "  feed the cat  ", "   ")
    expect(page.locator(".new-todo")).to_have_value("")
    expect(titles(app)).to_have_text(["buy milk", "feed the cat"])
    page.locator(".toggle").first.check()
    expect(page.locator(".todo-list li").first).to_have_class("completed")
    expect(page.locator(".todo-count")).to_have_text("1 item left")
    field = edit(app, 1)
    field.fill("feed two cats")
    field.press("Enter")
    page.get_by_role("link", name="Active").click()
    expect(titles(app)).to_have_text(["feed two cats"])
    page.get_by_role("button", name="Clear completed").click()
    app.reload()
    expect(titles(app)).to_have_text(["feed two cats"])
    expect(page.locator(".filters .selected")).to_have_text("Active")
    assert stored(app) == [{"id": 1, "title": "feed two cats", "completed": False}]


# --- the details ---


def test_editing_follows_the_keyboard(open_app: OpenApp) -> None:
    app = open_app()
    add(app, "one", "two", "three")
    field = edit(app, 1)
    expect(app.page.locator(".todo-list li").nth(1)).to_have_class("editing")
    expect(app.page.locator(".todo-list li").nth(1).locator(".toggle")).to_be_hidden()
    field.fill("other")
    field.press("Escape")
    expect(titles(app)).to_have_text(["one", "two", "three"])
    field = edit(app, 1)
    expect(field).to_have_value("two")
    field.fill("  zwei ")
    app.page.locator("h1").click()
    expect(titles(app)).to_have_text(["one", "zwei", "three"])
    field = edit(app, 0)
    field.fill(" ")
    field.press("Enter")
    expect(titles(app)).to_have_text(["zwei", "three"])
    app.page.locator(".toggle").first.press("F2")
    app.page.keyboard.type("!")
    app.page.keyboard.press("Enter")
    expect(titles(app)).to_have_text(["zwei!", "three"])
    expect(app.page.locator(".toggle").first).to_be_focused()


def test_typing_goes_on_at_once_after_enter(open_app: OpenApp) -> None:
    app = open_app()
    expect(app.page.locator(".new-todo")).to_be_focused()
    app.page.keyboard.type("one\ntwo\nthree\n")
    expect(titles(app)).to_have_text(["one", "two", "three"])


def test_marking_all_counting_and_deleting(open_app: OpenApp) -> None:
    app = open_app()
    page, all_of_them = app.page, app.page.get_by_label("Mark all as complete")
    add(app, "one", "two")
    expect(page.locator(".todo-count")).to_have_text("2 items left")
    expect(page.locator(".clear-completed")).to_have_count(0)
    all_of_them.check()
    expect(page.locator("li.completed")).to_have_count(2)
    expect(page.locator(".todo-count")).to_have_text("0 items left")
    page.locator(".toggle").first.uncheck()
    expect(all_of_them).not_to_be_checked()
    page.locator(".toggle").first.check()
    expect(all_of_them).to_be_checked()
    all_of_them.uncheck()
    expect(page.locator("li.completed")).to_have_count(0)
    page.locator(".destroy").first.click()
    expect(titles(app)).to_have_text(["two"])
    page.locator(".destroy").first.click()
    expect(page.locator(".main, .footer")).to_have_count(0)


def test_the_back_button_leads_to_the_last_filter(open_app: OpenApp) -> None:
    app = open_app(url="#/completed")
    page = app.page
    add(app, "one", "two")
    expect(titles(app)).to_have_count(0)
    page.get_by_role("link", name="All").click()
    page.locator(".toggle").first.check()
    page.get_by_role("link", name="Active").click()
    expect(titles(app)).to_have_text(["two"])
    page.go_back()
    expect(titles(app)).to_have_text(["one", "two"])
    page.go_back()
    expect(titles(app)).to_have_text(["one"])
    expect(page.locator(".filters .selected")).to_have_text("Completed")


def test_markup_in_a_title_is_text(open_app: OpenApp) -> None:
    app = open_app()
    add(app, "<b>bold</b> & \"quoted\" 'so'")
    expect(titles(app)).to_have_text("<b>bold</b> & \"quoted\" 'so'")


def test_damaged_data_is_set_aside_and_the_rest_is_shown(open_app: OpenApp) -> None:
    app = open_app()
    damaged = '[{"title":"kept","completed":true},{"name":"what?"}]'
    app.page.evaluate("([key, text]) => localStorage.setItem(key, text)", [KEY, damaged])
    app.reload()
    expect(titles(app)).to_have_text(["kept"])
    app.page.evaluate("key => localStorage.setItem(key, '{not JSON')", KEY)
    app.reload()
    expect(titles(app)).to_have_count(0)
    aside = app.page.evaluate(
        "key => [1, 2].map(number => localStorage.getItem(`${key}-broken-${number}`))", KEY
    )
    assert aside == [damaged, "{not JSON"]
