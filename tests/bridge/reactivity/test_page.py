"""The examples of docs/reactivity.md print what the page says that they print."""

import re
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[3] / "docs" / "reactivity.md"
EXAMPLES = re.findall(
    r"^```python\n(.*?)^```\n\n^```output\n(.*?)^```$",
    PAGE.read_text(encoding="utf-8"),
    re.MULTILINE | re.DOTALL,
)


@pytest.mark.parametrize(("code", "output"), EXAMPLES)
def test_an_example_prints_what_the_page_says(
    code: str, output: str, capsys: pytest.CaptureFixture[str]
) -> None:
    exec(compile(code, str(PAGE), "exec"), {"__name__": "example"})
    assert capsys.readouterr().out == output


def test_each_example_is_among_them() -> None:
    assert len(EXAMPLES) == PAGE.read_text(encoding="utf-8").count("```python")
