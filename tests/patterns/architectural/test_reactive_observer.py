"""The page is ordinary HTML; observers write what has changed in the model."""

from collections.abc import Callable

import pytest

from pyodide_app.testing import AppPage, OpenApp, expect


@pytest.mark.pyodide_matrix
def test_a_shopping_list(open_app: OpenApp, go_shopping: Callable[[AppPage], None]) -> None:
    go_shopping(open_app())


def test_the_observers_of_what_changed_run(open_app: OpenApp) -> None:
    page = open_app().page
    page.get_by_role("button", name="One Bread more").click()
    ran = page.locator("#ran")
    expect(ran).to_have_text("Functions: show count 1, show total 1. Changes in the page: 3.")


def test_a_row_that_is_gone_is_watched_by_nobody(open_app: OpenApp) -> None:
    app = open_app()
    app.run("bread = shopping.items[0]; shopping.items.remove(bread); tally.calls.clear()")
    app.run("bread.count = 7; shopping.needle = 'olive'")
    assert app.run("tally.calls['show match']") == 2
    assert app.run("tally.calls['show count']") == 0
