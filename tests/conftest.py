"""What tests in several folders use."""

from pathlib import Path

import pytest

from pyodide_app.testing import AppPage, OpenApp


@pytest.fixture
def visitor(open_app: OpenApp, tmp_path: Path) -> AppPage:
    """A page to visit built sites with, which the test serves itself."""
    blank = tmp_path / "blank"
    blank.mkdir()
    blank.joinpath("main.py").touch()
    return open_app(blank, wait=None)
