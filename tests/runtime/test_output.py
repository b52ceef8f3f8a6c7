"""What an app prints reaches the console, and the page where it is wanted."""

from pathlib import Path

import pytest

from pyodide_app.testing import AppPage, OpenApp, expect


def lines(app: AppPage) -> list[tuple[str, str]]:
    app.settle()
    return [(line.kind, line.text) for line in app.console if line.kind in ("log", "warning")]


@pytest.mark.pyodide_matrix
def test_each_line_goes_to_the_console_and_the_page(open_app: OpenApp, tmp_path: Path) -> None:
    (tmp_path / "main.py").write_text(
        "import logging\n"
        "print('one', 'line')\n"
        "print('a\\n\\nb')\n"
        "print('<b>no markup</b>', end='')\n"
        "print(' 50%', end='\\r')\n"
        "print('100%\\x1b[0m')\n"
        "logging.warning('\\x1b[31mcareful\\x1b[0m ü')\n"
    )
    app = open_app(tmp_path)
    assert lines(app) == [
        ("log", "one line"),
        ("log", "a"),
        ("log", ""),
        ("log", "b"),
        ("log", "100%"),
        ("warning", "WARNING:root:careful ü"),
    ]
    area = app.page.get_by_role("log")
    expect(area.locator(".stdout")).to_have_text(["one line", "a", "", "b", "100%"])
    expect(area.locator(".stderr")).to_have_text("WARNING:root:careful ü")


def test_a_line_without_an_end_is_not_held_back(open_app: OpenApp, tmp_path: Path) -> None:
    (tmp_path / "main.py").write_text("print('Loading…', end='', flush=True)\n")
    app = open_app(tmp_path)
    expect(app.page.get_by_role("log")).to_have_text("Loading…")
    app.run("import asyncio; await asyncio.sleep(0.5)")
    assert lines(app) == [("log", "Loading…")]


def test_the_page_keeps_the_last_thousand_lines(open_app: OpenApp, tmp_path: Path) -> None:
    (tmp_path / "main.py").write_text("for n in range(3000): print(n)\n")
    app = open_app(tmp_path)
    area = app.page.get_by_role("log")
    expect(area.locator("div").last).to_have_text("2999")
    expect(area.locator("div")).to_have_count(1000)
    assert area.evaluate("area => area.scrollHeight - area.scrollTop - area.clientHeight") < 8


def test_without_the_attribute_nothing_is_shown_in_the_page(open_app: OpenApp, tmp_path: Path) -> None:
    (tmp_path / "main.py").write_text("print('only there')\n")
    (tmp_path / "index.html").write_text(
        "<!doctype html><title>Test</title>"
        '<script type="module" src="/_pyodide_app/runtime/pyodide-app.js"></script>'
        '<pyodide-app src="main.py"></pyodide-app>'
    )
    app = open_app(tmp_path)
    assert lines(app) == [("log", "only there")]
    assert app.page.get_by_role("log").count() == 0


def test_input_asks_with_the_browsers_prompt(open_app: OpenApp, tmp_path: Path) -> None:
    (tmp_path / "main.py").write_text("import asyncio\nawait asyncio.sleep(0)\n")
    app = open_app(tmp_path)
    app.page.on("dialog", lambda dialog: dialog.accept("Ada"))
    assert app.run("input('name? ')") == "Ada"


@pytest.mark.pyodide_packages("matplotlib")
def test_a_figure_lands_inside_the_element(open_app: OpenApp, tmp_path: Path) -> None:
    (tmp_path / "main.py").write_text(
        '# /// script\n# dependencies = ["matplotlib"]\n# ///\n'
        "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()\n"
    )
    app = open_app(tmp_path, timeout=240)
    expect(app.page.locator("pyodide-app canvas").first).to_be_visible()
