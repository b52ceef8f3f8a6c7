"""What tests of patterns that are built have in common."""

import shutil
from pathlib import Path

import pytest


@pytest.fixture
def source(app_path: Path, tmp_path: Path, pyodide_version: str) -> Path:
    """The pattern, for the runtime of this test."""
    source = tmp_path / "source"
    shutil.copytree(app_path, source)
    main = source / "main.py"
    table = "# [tool.pyodide-app]\n"
    text = main.read_text(encoding="utf-8")
    assert table in text
    main.write_text(text.replace(table, f'{table}# pyodide = "{pyodide_version}"\n'), encoding="utf-8")
    return source
