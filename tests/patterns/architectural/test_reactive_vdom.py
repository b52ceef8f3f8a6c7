"""After each change the view runs again; rows that stay the same do not."""

from collections.abc import Callable
from pathlib import Path

import pytest

from pyodide_app.testing import AppPage, OpenApp, expect


@pytest.mark.pyodide_matrix
def test_a_shopping_list(open_app: OpenApp, go_shopping: Callable[[AppPage], None]) -> None:
    go_shopping(open_app())


def test_the_view_runs_again_and_of_the_rows_the_one_that_changed(open_app: OpenApp) -> None:
    page = open_app().page
    page.get_by_role("button", name="One Bread more").click()
    expect(page.locator("#ran")).to_have_text("Functions: row 1, view 1. Changes in the page: 3.")


@pytest.mark.parametrize("name", ["style.css", "tally.py"])
def test_the_three_share_what_is_not_the_point(app_path: Path, name: str) -> None:
    texts = {path.read_text(encoding="utf-8") for path in app_path.parent.glob(f"reactive-*/{name}")}
    assert len(texts) == 1
