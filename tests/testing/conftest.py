"""A plain page for tests that need no Python in it, and folders of apps."""

from collections.abc import Callable, Iterator
from pathlib import Path
from textwrap import dedent
from typing import TYPE_CHECKING, cast

import pytest

from pyodide_app.testing._session import Session
from pyodide_app.testing._sync import wrap

if TYPE_CHECKING:
    from playwright.sync_api import Page


@pytest.fixture
def page(_pyodide_session: Session) -> Iterator["Page"]:
    """An empty page."""
    raw = _pyodide_session.loop.run(_pyodide_session.running_browser().new_page())
    page = cast("Page", wrap(_pyodide_session.loop, raw))
    yield page
    page.close()


@pytest.fixture
def write_app(tmp_path: Path) -> Callable[[str], Path]:
    """Write an app's main.py and return its folder."""

    def write(code: str) -> Path:
        folder = tmp_path / "app"
        folder.mkdir()
        (folder / "main.py").write_text(dedent(code))
        return folder

    return write
