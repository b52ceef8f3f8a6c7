"""A plain page for tests that need no Python in it, folders of apps, and pytest runs of their own."""

import os
import subprocess
import sys
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


INI = "[pytest]\nfilterwarnings = error\nasyncio_default_fixture_loop_scope = function\n"
SOURCE = Path(__file__).parents[2] / "src"


@pytest.fixture(scope="session")
def run_pytest(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., str]:
    """Run pytest on a test file of its own, beside an app that prints "hello", and return what it prints."""

    def run(
        tests: str, *arguments: str, folder: Path | None = None, environment: dict[str, str] | None = None
    ) -> str:
        folder = folder or tmp_path_factory.mktemp("project")
        (folder / "pytest.ini").write_text(INI)
        (folder / "main.py").write_text("import asyncio\n\nprint('hello')\n")
        (folder / "test_it.py").write_text(dedent(tests))
        command = [sys.executable, "-m", "pytest", "-p", "pyodide_app.testing.plugin", "-rA", *arguments]
        variables = {**os.environ, "PYTHONPATH": str(SOURCE), **(environment or {})}
        done = subprocess.run(command, cwd=folder, env=variables, capture_output=True, text=True, check=False)
        return done.stdout + done.stderr

    return run
