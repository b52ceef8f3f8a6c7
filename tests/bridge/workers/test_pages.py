"""The examples in docs/workers.md and docs/rpc.md do what stands below them."""

import re
from pathlib import Path

import pytest

from pyodide_app.testing import OpenApp

DOCS = Path(__file__).parents[3] / "docs"
BLOCK = re.compile(r"^```python\n(.*?)^```$(?:\n\n```\n(.*?)\n```$)?", re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("name", ["workers.md", "rpc.md"])
def test_the_examples(open_app: OpenApp, tmp_path: Path, name: str) -> None:
    examples = BLOCK.findall((DOCS / name).read_text(encoding="utf-8"))
    assert examples
    for code, _ in examples:
        if file := re.match(r"# (\w+\.py), a file of the app\n", code):
            (tmp_path / file[1]).write_text(code)
    (tmp_path / "main.py").touch()
    app = open_app(tmp_path)
    for code, result in examples:
        if not code.startswith("# "):
            assert (code, repr(app.run(code))) == (code, result or "None")
