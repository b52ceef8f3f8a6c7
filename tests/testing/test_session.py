"""What the tests share survives what one of them does to it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Error

from pyodide_app.testing._session import Session
from pyodide_app.testing.browser import find_browser


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """A session of its own."""
    session = Session(find_browser(), tmp_path)
    yield session
    session.close()


def test_a_crashed_page_is_replaced(session: Session, pyodide_version: str) -> None:
    with session.interpreter(pyodide_version, fresh=False, timeout=60) as one, pytest.raises(Error):
        one.page.goto("chrome://crash")
    with session.interpreter(pyodide_version, fresh=False, timeout=60) as other:
        assert other.run("1 + 1") == 2


def test_a_crashed_browser_is_replaced(session: Session, pyodide_version: str) -> None:
    with session.interpreter(pyodide_version, fresh=False, timeout=60) as one, pytest.raises(Error):
        one.page.context.browser.new_browser_cdp_session().send("Browser.crash")  # type: ignore[union-attr]
        one.run("1")
    with session.interpreter(pyodide_version, fresh=False, timeout=60) as other:
        assert other.run("1 + 1") == 2


def test_it_is_the_same_one_for_the_next_test(session: Session, pyodide_version: str) -> None:
    with session.interpreter(pyodide_version, fresh=False, timeout=60) as one:
        pass
    with session.interpreter(pyodide_version, fresh=False, timeout=60) as other:
        assert other is one


def test_a_fresh_one_is_not(session: Session, pyodide_version: str) -> None:
    with session.interpreter(pyodide_version, fresh=True, timeout=60) as one:
        pass
    with session.interpreter(pyodide_version, fresh=True, timeout=60) as other:
        assert other is not one
