"""NumPy, a package from PyPI and a local one, in one page."""

import pytest

from pyodide_app.testing import OpenApp, expect


@pytest.mark.pyodide_matrix
@pytest.mark.pyodide_packages("numpy")
def test_the_text_becomes_a_qr_code(open_app: OpenApp) -> None:
    app = open_app()
    expect(app.page.locator("#facts")).to_contain_text("Dark cells by row:")
    assert app.run("cells_of('Hello').shape") == (25, 25)
    assert any(line.text.startswith("Hello from NumPy") for line in app.console)


def test_typing_draws_anew(open_app: OpenApp) -> None:
    app = open_app()
    before = app.page.locator("canvas").evaluate("canvas => canvas.toDataURL()")
    app.page.get_by_label("Say something").fill("something else")
    after = app.page.locator("canvas").evaluate("canvas => canvas.toDataURL()")
    assert before != after


def test_the_code_holds_the_text(open_app: OpenApp) -> None:
    app = open_app()
    cells = app.run("cells_of('Hello').tolist()")
    code = app.run("[list(map(bool, row)) for row in segno.make('Hello', micro=False).matrix]")
    assert [row[2:-2] for row in cells[2:-2]] == code
