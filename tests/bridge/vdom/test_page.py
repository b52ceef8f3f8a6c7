"""The examples in docs/vdom.md do what stands below them."""

import re
from pathlib import Path

import pytest

from pyodide_app.testing import AppPage

PAGE = Path(__file__).parents[3] / "docs" / "vdom.md"
EXAMPLES = re.findall(
    r"^## ([^\n]*)\n(?:(?!^## ).)*?^```python\n(.*?)^```\n(?:\n```html\n(.*?)\n```\n)?",
    PAGE.read_text(encoding="utf-8"),
    re.MULTILINE | re.DOTALL,
)


@pytest.mark.parametrize(("code", "html"), [pytest.param(*rest, id=name) for name, *rest in EXAMPLES])
def test_an_example(pyodide: AppPage, code: str, html: str) -> None:
    pyodide.run(code)
    pyodide.run("from pyodide_app.bridge.vdom import flush; flush()")
    assert pyodide.run("import js; js.document.getElementById('app').innerHTML") == html


def test_each_section_with_code_has_its_example_run() -> None:
    assert len(EXAMPLES) == len(re.findall(r"^```python$", PAGE.read_text(encoding="utf-8"), re.MULTILINE))
