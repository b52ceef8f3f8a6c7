"""Unit: in CPython. Integration: in the page's Python. End to end: through the page."""

import runpy
from collections.abc import Callable
from pathlib import Path

import pytest

from pyodide_app.testing import OpenApp, expect

# --- unit: no browser ---


@pytest.fixture
def split(app_path: Path) -> Callable[[int, int], list[int]]:
    function: Callable[[int, int], list[int]] = runpy.run_path(str(app_path / "bill.py"))["split"]
    return function


@pytest.mark.parametrize(
    ("cents", "people", "shares"), [(100, 3, [34, 33, 33]), (0, 2, [0, 0]), (5, 1, [5]), (2, 3, [1, 1, 0])]
)
def test_shares_are_even_and_add_up(
    split: Callable[[int, int], list[int]], cents: int, people: int, shares: list[int]
) -> None:
    assert split(cents, people) == shares


def test_nobody_cannot_pay(split: Callable[[int, int], list[int]]) -> None:
    with pytest.raises(ValueError, match="Somebody must pay"):
        split(100, 0)


# --- integration: the same function in the browser's Python ---


@pytest.mark.pyodide_matrix
def test_shares_are_the_same_in_the_browser(open_app: OpenApp) -> None:
    app = open_app()
    assert app.run("split(100, 3)") == [34, 33, 33]
    with pytest.raises(ValueError, match="Somebody must pay"):
        app.run("split(100, 0)")


# --- end to end: as a user would ---


def test_a_bill_is_split(open_app: OpenApp) -> None:
    app = open_app()
    app.page.get_by_label("Amount").fill("10.01")
    app.page.get_by_label("People").fill("2")
    app.page.get_by_role("button", name="Split").click()
    expect(app.page.locator("#shares")).to_have_text("5.01 + 5.00")


def test_a_mistake_is_told_in_the_page(open_app: OpenApp) -> None:
    app = open_app()
    app.page.get_by_label("People").fill("0")
    app.page.get_by_role("button", name="Split").click()
    expect(app.page.locator("#shares")).to_have_text("Somebody must pay")
