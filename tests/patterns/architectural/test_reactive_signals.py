"""The tree is made once; a change runs what reads it."""

from collections.abc import Callable

import pytest

from pyodide_app.testing import AppPage, OpenApp, expect


@pytest.mark.pyodide_matrix
def test_a_shopping_list(open_app: OpenApp, go_shopping: Callable[[AppPage], None]) -> None:
    go_shopping(open_app())


def test_what_reads_the_count_runs_and_nothing_renders(open_app: OpenApp) -> None:
    page = open_app().page
    page.get_by_role("button", name="One Bread more").click()
    expect(page.locator("#ran")).to_have_text("Functions: amount 1, total 1. Changes in the page: 3.")
