"""Each failure ends in a panel that says what happened and what to do."""

import pytest

from pyodide_app.testing import OpenApp, expect

ON_THE_WAY = {
    "missing-wasm": ["pyodide.asm.wasm", "404"],
    "html-wasm": ["pyodide.asm.wasm", "HTML"],
    "truncated": ["python_stdlib.zip", "bytes"],
    "wrong-hash": ["python_stdlib.zip", "hash"],
    "no-network": ["network"],
    "stalled": ["pyodide.asm.wasm"],
    "no-webassembly": ["WebAssembly"],
    "unknown-package": ["this-package-does-not-exist-anywhere"],
    "broken-metadata": ["broken_metadata.py"],
    "unknown-pyodide": ["0.1", "314.0.3"],
}

IN_THE_PROGRAM = {
    "top-level": ["KeyError", "top_level.py", "return sum(prices[fruit] for fruit in basket)"],
    "task": ["OSError", "task.py", "cannot save <b>notes</b>"],
    "syntax": ["SyntaxError", "syntax.py", "def greet(name)"],
    "missing-module": ["ModuleNotFoundError", "humanize"],
}


@pytest.mark.parametrize("fault", ON_THE_WAY)
def test_a_failure_on_the_way_is_named_with_a_way_to_retry(open_app: OpenApp, fault: str) -> None:
    app = open_app(url=f"broken.html?fault={fault}", wait="error", allow_errors=True)
    panel = app.page.get_by_role("alert")
    for words in ON_THE_WAY[fault]:
        expect(panel).to_contain_text(words)
    expect(panel.get_by_role("button", name="Retry")).to_be_visible()


@pytest.mark.parametrize("fault", IN_THE_PROGRAM)
def test_an_exception_is_shown_with_its_own_line(open_app: OpenApp, fault: str) -> None:
    app = open_app(url=f"broken.html?fault={fault}", wait=None, allow_errors=True)
    panel = app.page.get_by_role("alert")
    for words in IN_THE_PROGRAM[fault]:
        expect(panel).to_contain_text(words, timeout=20_000)


@pytest.mark.pyodide_matrix
def test_an_exception_in_a_callback_is_shown_and_the_app_goes_on(open_app: OpenApp) -> None:
    app = open_app(url="broken.html?fault=callback", allow_errors=True)
    button = app.page.get_by_role("button", name="Divide by zero")
    button.click()
    panel = app.page.get_by_role("alert")
    expect(panel).to_contain_text("ZeroDivisionError")
    expect(panel).to_contain_text("print(1 / 0)")
    assert app.run("1 + 1") == 2


def test_nothing_broken_runs(open_app: OpenApp) -> None:
    app = open_app(url="broken.html")
    assert any(line.text == "Everything arrived, and Python runs." for line in app.console)


def test_a_link_shows_its_failure_beside_the_list(open_app: OpenApp) -> None:
    app = open_app(wait=None, allow_errors=True)
    app.page.get_by_role("link", name="An exception in a task").click()
    panel = app.page.frame_locator("iframe").get_by_role("alert")
    expect(panel).to_contain_text("OSError", timeout=20_000)
