"""The examples in docs/storage.md do what stands below them."""

import re
from pathlib import Path

from pyodide_app.testing import OpenApp

PAGE = (Path(__file__).parents[3] / "docs" / "storage.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```python\n(.*?)^```$(?:\n\n```\n(.*?)\n```$)?", re.MULTILINE | re.DOTALL)


def test_the_examples(open_app: OpenApp, tmp_path: Path) -> None:
    examples = BLOCK.findall(PAGE)
    assert len(examples) == PAGE.count("```python")
    for code, _ in examples:
        if file := re.match(r"# (\w+\.py), a file of the app\n", code):
            (tmp_path / file[1]).write_text(code)
    (tmp_path / "main.py").touch()
    app = open_app(tmp_path)
    for code, result in examples:
        if not code.startswith("# "):
            assert (code, repr(app.run(code))) == (code, result)
