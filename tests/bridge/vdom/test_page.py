"""The examples in docs/vdom.md do what stands below them."""

import re
from pathlib import Path

import pytest

from pyodide_app.testing import AppPage

PAGE = (Path(__file__).parents[3] / "docs" / "vdom.md").read_text(encoding="utf-8")
EXAMPLES = [
    pytest.param(code, html, id=section.partition("\n")[0])
    for section in re.split(r"^## ", PAGE, flags=re.MULTILINE)
    for code, html in re.findall(
        r"^```python\n(.*?)^```$(?:\n\n```html\n(.*?)\n```$)?", section, re.MULTILINE | re.DOTALL
    )
]


@pytest.mark.parametrize(("code", "html"), EXAMPLES)
def test_an_example(pyodide: AppPage, code: str, html: str) -> None:
    pyodide.run(code)
    pyodide.run("from pyodide_app.bridge.vdom import flush; flush()")
    assert pyodide.run("import js; js.document.getElementById('app').innerHTML") == html


def test_each_example_is_among_them() -> None:
    assert len(EXAMPLES) == PAGE.count("```python")
