"""Each failure is told apart, with its reason, what happened and what to do."""

import re

import pytest

from pyodide_app.testing import AppPage, OpenApp, expect

IN_THE_SCRIPT = {
    "The script is not there": ["load", "404", "missing.js", "What to do"],
    "A web page in its place": ["load", "HTML page", "welcome.html", "What to do"],
    "On another origin": ["load", "another origin", "CORS", "What to do"],
    "A syntax error": ["syntax", "SyntaxError", "broken.js", "What to do"],
    "An exception in the script": ["load", "this build is for the test server", "throws.js:3", "What to do"],
}
IN_PYTHON = {
    "Python's WebAssembly is not there": ["load", "404", "pyodide.asm.wasm", "What to do"],
    "One wrong byte in it": ["load", "wrong hash", "pyodide.asm.wasm", "What to do"],
    "An exception in the module": [
        "import",
        "could not be imported: FileNotFoundError",
        'prices.py", line 6',
        "What to do",
    ],
    "Nothing is wrong": ["ready"],
}


def check(app: AppPage, title: str, words: list[str]) -> None:
    """Start a worker by the keyboard, and look for words in what is told of it."""
    app.page.get_by_role("button", name=f"Start: {title}").press("Enter")
    outcome = app.page.get_by_label(f"Outcome: {title}")
    expect(outcome).to_contain_text(re.compile(r"after \d"), timeout=60_000)
    for each in words:
        expect(outcome).to_contain_text(each)


@pytest.mark.pyodide_matrix
def test_each_failure_is_told_apart(open_app: OpenApp) -> None:
    app = open_app()
    for title, words in (IN_THE_SCRIPT | IN_PYTHON).items():
        check(app, title, words)


def test_what_failed_can_be_tried_again(open_app: OpenApp) -> None:
    app = open_app()
    for _ in range(2):
        check(app, "The script is not there", ["load", "404"])
    app.page.route("**/missing.js", lambda route: route.fulfill(status=503))
    check(app, "The script is not there", ["load", "503"])
