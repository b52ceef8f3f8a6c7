"""The bridge's names: all are there, and none costs an app that does not use it."""

import subprocess
import sys
from pathlib import Path

import pytest

from pyodide_app import bridge

SOURCE = Path(bridge.__file__).parents[2]


@pytest.mark.parametrize("name", bridge.__all__)
def test_each_name_can_be_imported(name: str) -> None:
    assert getattr(bridge, name) is not None


def test_a_name_that_is_not_there_is_an_ordinary_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        bridge.nothing  # noqa: B018


def test_keep_alive_brings_nothing_else_along() -> None:
    code = (
        "import sys; from pyodide_app.bridge import keep_alive; "
        "print([name for name in sys.modules if name.startswith('pyodide_app.bridge.')])"
    )
    run = subprocess.run(
        [sys.executable, "-c", code],
        cwd=SOURCE,
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.strip() == "['pyodide_app.bridge.core']"
