"""The page is ordinary HTML; what is bound to the model follows it."""

from collections.abc import Callable

import pytest

from pyodide_app.testing import AppPage, OpenApp, expect


@pytest.mark.pyodide_matrix
def test_a_shopping_list(open_app: OpenApp, go_shopping: Callable[[AppPage], None]) -> None:
    go_shopping(open_app())


def test_what_is_bound_to_the_change_runs(open_app: OpenApp) -> None:
    page = open_app().page
    page.get_by_role("button", name="One Bread more").click()
    ran = page.locator("#ran")
    expect(ran).to_have_text("Functions: amount 1, total 1. Changes in the page: 3.")


def test_a_row_that_is_gone_is_watched_by_nobody(open_app: OpenApp) -> None:
    app = open_app()
    calls = app.run("""
bread = shopping.items[0]
shopping.items.remove(bread)
flush()
tally.calls.clear()
bread.count = 7
shopping.needle = "olive"
flush()
dict(tally.calls)""")
    assert calls == {"matches": 2, "total": 1, "nothing": 1}
