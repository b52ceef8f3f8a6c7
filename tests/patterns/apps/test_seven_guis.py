"""The seven tasks: their rules in CPython, the essentials on every Pyodide, the details in one page each."""

import runpy
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pyodide_app.testing import AppPage, OpenApp, expect

# --- the rules, in CPython ---


@pytest.fixture
def sheet(app_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """An empty sheet."""
    monkeypatch.syspath_prepend(str(app_path))
    yield runpy.run_path(str(app_path / "sheet.py"))["Sheet"]({})
    sys.modules.pop("formula", None)


def shown(sheet: Any, formula: str) -> str:  # noqa: ANN401 - a Sheet
    """What a cell shows when a formula is typed into it."""
    sheet.cells["Z9"].formula.value = formula
    text: str = sheet.cells["Z9"].text.value
    return text


@pytest.mark.parametrize(
    ("formula", "text"),
    [
        ("", ""),
        ("words", "words"),
        (" 1.50 ", "1.5"),
        ("=2+3*4^2", "50"),
        ("=-2^2", "-4"),
        ("=(1 + 2) * -3", "-9"),
        ("=10/4/5", "0.5"),
        ("=A1+b2*3", "14"),
        ("=SUM(A1:B3)", "7"),
        ("=sum(B3:A1, 10)", "17"),
        ("=AVG(A1:B3)", "2.333333333"),
        ("=MIN(A1:B3) + MAX(A1:B3)", "5"),
        ("=COUNT(A1:B3)", "3"),
        ("=ROUND(10/3, 2)", "3.33"),
        ("=C5", ""),
        ("=C5+1", "1"),
        ("=A3", "text"),
        ("=1/0", "#DIV/0!"),
        ("=AVG(C1:C9)", "#DIV/0!"),
        ("=A3+1", "#VALUE!"),
        ("=SQRT(0-1)", "#NUM!"),
        ("=9^9^9^9", "#NUM!"),
        ("=FOO(1)", "#NAME?"),
        ("=AA1", "#REF!"),
        ("=1+", "#SYNTAX!"),
        ("=(1", "#SYNTAX!"),
        ("=A1 A1", "#SYNTAX!"),
        ("=" + "(" * 5000, "#SYNTAX!"),
        ("=Z9", "#CYCLE!"),
    ],
)
def test_formulas(sheet: Any, formula: str, text: str) -> None:  # noqa: ANN401
    for name, content in {"A1": "2", "B2": "4", "A2": "1", "A3": "text"}.items():
        sheet.cells[name].formula.value = content
    assert shown(sheet, formula) == text


def test_errors_and_cycles_spread_and_go_away_with_their_cause(sheet: Any) -> None:  # noqa: ANN401
    cells = sheet.cells
    cells["A1"].formula.value = "=1/0"
    cells["B1"].formula.value = "=A1*2"
    cells["C1"].formula.value = "=SUM(A1:B1)"
    assert [cells[name].text.value for name in ("A1", "B1", "C1")] == ["#DIV/0!"] * 3
    cells["A1"].formula.value = "=C1"
    assert [cells[name].text.value for name in ("A1", "B1", "C1")] == ["#CYCLE!"] * 3
    cells["A1"].formula.value = "3"
    assert [cells[name].text.value for name in ("A1", "B1", "C1")] == ["3", "6", "9"]


def test_undo_steps_back_and_a_new_step_ends_redo(app_path: Path) -> None:
    drawing = runpy.run_path(str(app_path / "drawing.py"))["Drawing"]()
    drawing.add(10, 10)
    drawing.add(90, 10)
    drawing.resize(drawing.circles.value[0], 60)
    drawing.undo()
    assert [circle.diameter for circle in drawing.circles.value] == [40, 40]
    drawing.redo()
    assert [circle.diameter for circle in drawing.circles.value] == [60, 40]
    drawing.undo()
    drawing.add(50, 50)
    assert not drawing.can_redo.value
    assert drawing.at(52, 50).x == 50
    assert drawing.at(50, 90) is None


# --- the essentials, on every Pyodide ---


def go(app: AppPage, task: str) -> Any:  # noqa: ANN401 - Playwright's locator
    app.page.get_by_role("link", name=task).click()
    panel = app.page.get_by_role("region", name=task)
    expect(panel).to_be_visible()
    return panel


def cell(app: AppPage, name: str) -> Any:  # noqa: ANN401 - Playwright's locator
    column, row = ord(name[0]) - ord("A"), int(name[1:])
    return app.page.locator("tbody tr").nth(row).locator("td").nth(column)


def enter(app: AppPage, name: str, formula: str) -> None:
    """Click a cell, type, and press Enter."""
    cell(app, name).click()
    app.page.keyboard.type(formula)
    app.page.keyboard.press("Enter")


@pytest.mark.pyodide_matrix
def test_all_seven_tasks_work(open_app: OpenApp) -> None:
    app = open_app()
    counter = go(app, "Counter")
    counter.get_by_role("button").click()
    expect(counter.get_by_role("status")).to_have_text("1")

    temperature = go(app, "Temperature Converter")
    temperature.get_by_label("Celsius").fill("100")
    expect(temperature.get_by_label("Fahrenheit")).to_have_value("212")
    temperature.get_by_label("Fahrenheit").fill("-40")
    expect(temperature.get_by_label("Celsius")).to_have_value("-40")

    flight = go(app, "Flight Booker")
    flight.get_by_role("combobox").select_option("return flight")
    flight.get_by_label("Start").fill("01.02.2030")
    flight.get_by_label("Back").fill("03.02.2030")
    flight.get_by_role("button").click()
    expect(flight.get_by_role("status")).to_contain_text("01.02.2030, and back on 03.02.2030")

    timer = go(app, "Timer")
    timer.get_by_label("Duration").fill("1")
    expect(timer.get_by_label("Seconds")).to_have_text("1.0 s")

    crud = go(app, "CRUD")
    crud.get_by_role("listbox").select_option("Emil, Hans")
    crud.get_by_label("Surname", exact=True).fill("Albers")
    crud.get_by_role("button", name="Update").click()
    expect(crud.get_by_role("option")).to_have_text(["Albers, Hans", "Mustermann, Max", "Tisch, Roman"])

    circles = go(app, "Circle Drawer")
    circles.locator("svg").click(position={"x": 100, "y": 100})
    expect(circles.locator("circle")).to_have_count(1)
    circles.get_by_role("button", name="Undo").click()
    expect(circles.locator("circle")).to_have_count(0)

    go(app, "Cells")
    enter(app, "F1", "=SUM(D1:D3)*2")
    expect(cell(app, "F1")).to_have_text("38.2")


# --- the details ---


def test_only_the_cells_that_show_something_else_are_touched(open_app: OpenApp) -> None:
    app = open_app(url="#cells")
    enter(app, "F1", "1")
    enter(app, "G1", "=F1*2")
    enter(app, "H1", "=G1+F1")
    enter(app, "I1", "=MIN(F1, 0)")
    expect(cell(app, "H1")).to_have_text("3")
    cell(app, "F1").click()
    app.run("""
        from sheet import Cell
        computed = []
        evaluate = Cell._evaluate
        Cell._evaluate = lambda cell: computed.append(cell) or evaluate(cell)
    """)
    app.page.evaluate("""() => {
      window.touched = [];
      new MutationObserver((records) => touched.push(...records.map((record) => record.target.textContent)))
        .observe(document.querySelector("tbody"),
          {childList: true, characterData: true, attributes: true, subtree: true});
    }""")
    app.page.keyboard.type("5")
    app.page.keyboard.press("Enter")
    expect(cell(app, "H1")).to_have_text("15")
    assert app.run("len(computed)") == 4
    assert sorted(app.page.evaluate("touched")) == ["10", "15", "5"]


def test_the_spreadsheet_is_used_by_keyboard_alone(open_app: OpenApp) -> None:
    app = open_app(url="#cells")
    field, keyboard = app.page.get_by_role("textbox"), app.page.keyboard
    field.focus()
    keyboard.press("PageDown")
    for key in ("ArrowRight", "4", "Enter", "=", "b", "1", "0", "ArrowDown"):
        keyboard.press(key)
    expect(cell(app, "B10")).to_have_text("4")
    expect(cell(app, "B11")).to_have_text("4")
    expect(app.page.get_by_role("textbox", name="Cell B12")).to_be_focused()
    for key in ("ArrowUp", "F2", "*", "2", "Escape", "F2", "+", "1", "Enter"):
        keyboard.press(key)
    expect(cell(app, "B11")).to_have_text("5")
    for key in ("ArrowUp", "ArrowUp", "Delete"):
        keyboard.press(key)
    expect(cell(app, "B10")).to_have_text("")
    expect(cell(app, "B11")).to_have_text("1")


def test_a_booking_needs_dates_in_order(open_app: OpenApp) -> None:
    app = open_app(url="#flight")
    start, back = app.page.get_by_label("Start"), app.page.get_by_label("Back")
    book = app.page.get_by_role("button", name="Book")
    expect(back).to_be_disabled()
    start.fill("31.02.2030")
    expect(start).to_have_attribute("aria-invalid", "true")
    expect(book).to_be_disabled()
    start.fill("27.02.2030")
    expect(book).to_be_enabled()
    app.page.get_by_role("combobox").select_option("return flight")
    back.fill("26.02.2030")
    expect(book).to_be_disabled()
    back.fill("27.02.2030")
    expect(book).to_be_enabled()


def test_somebody_whom_the_filter_hides_is_not_selected(open_app: OpenApp) -> None:
    app = open_app(url="#crud")
    people, delete = app.page.get_by_role("listbox"), app.page.get_by_role("button", name="Delete")
    expect(delete).to_be_disabled()
    people.select_option("Tisch, Roman")
    expect(delete).to_be_enabled()
    app.page.get_by_label("Filter by surname").fill("m")
    expect(people.get_by_role("option")).to_have_text(["Mustermann, Max"])
    expect(delete).to_be_disabled()
    app.page.get_by_label("Filter by surname").fill("")
    delete.click()
    expect(people.get_by_role("option")).to_have_text(["Emil, Hans", "Mustermann, Max"])
    app.page.get_by_role("button", name="Create").click()
    expect(people.get_by_role("option").last).to_have_text("Tisch, Roman")


def test_the_dialogs_moves_are_one_step_and_the_keyboard_draws(open_app: OpenApp) -> None:
    app = open_app(url="#circles")
    page, shape = app.page, app.page.locator("circle")
    page.locator(".board svg").focus()
    for key in ("ArrowLeft", "Enter", "Enter"):
        page.keyboard.press(key)
    expect(page.get_by_role("menuitem")).to_be_focused()
    page.keyboard.press("Enter")
    slider = page.get_by_role("slider")
    slider.fill("100")
    slider.fill("120")
    expect(shape).to_have_attribute("r", "60")
    page.get_by_role("button", name="Done").click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(shape).to_have_attribute("r", "60")
    page.get_by_role("button", name="Undo").click()
    expect(shape).to_have_attribute("r", "20")


def test_the_timer_goes_on_when_there_is_time_again(open_app: OpenApp) -> None:
    app = open_app(url="#timer")
    seconds, duration = app.page.get_by_label("Seconds"), app.page.get_by_label("Duration")
    duration.fill("1")
    expect(seconds).to_have_text("1.0 s")
    duration.fill("1.5")
    expect(seconds).to_have_text("1.5 s")
    app.page.get_by_role("button", name="Reset").click()
    expect(seconds).not_to_have_text("1.5 s")
