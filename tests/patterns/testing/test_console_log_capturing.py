"""What the app says is seen by its test."""

import pytest

from pyodide_app.testing import AppPage, OpenApp, expect


def convert(app: AppPage, celsius: str) -> None:
    app.page.get_by_label("Celsius").fill(celsius)
    app.page.get_by_role("button", name="Convert").click()


@pytest.mark.pyodide_matrix
def test_a_print_is_a_line_of_the_console(open_app: OpenApp) -> None:
    app = open_app()
    convert(app, "21")
    expect(app.page.locator("#fahrenheit")).to_have_text("69.8 °F")
    assert ("log", "21 °C is 69.8 °F") in [(line.kind, line.text) for line in app.console]


def test_logging_and_warnings_are_told_apart_from_prints(open_app: OpenApp) -> None:
    app = open_app()
    convert(app, "2000")
    expect(app.page.locator("#fahrenheit")).to_have_text("3632 °F")
    warnings = [line.text for line in app.console if line.kind == "warning"]
    assert "INFO thermometer: converting 2000" in warnings
    assert any("UserWarning: 2000 °C is hot" in text for text in warnings)


def test_the_first_line_is_not_missed(open_app: OpenApp) -> None:
    assert [line.text for line in open_app().console if line.kind == "log"] == ["thermometer ready"]


def test_a_traceback_that_is_expected_can_be_read(open_app: OpenApp) -> None:
    app = open_app(allow_errors=True)
    convert(app, "-300")
    expect(app.page.get_by_role("alert")).to_contain_text("below absolute zero")
    [error] = app.errors
    assert "ValueError: -300 °C is below absolute zero" in error
    assert "main.py" in error
