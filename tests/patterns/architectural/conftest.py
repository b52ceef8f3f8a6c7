"""The shopping list of the three reactive patterns, as somebody uses it."""

from collections.abc import Callable

import pytest

from pyodide_app.testing import AppPage, expect

Walk = Callable[[AppPage], None]


@pytest.fixture
def go_shopping() -> Walk:
    return _go_shopping


def _go_shopping(app: AppPage) -> None:
    page = app.page
    total = page.get_by_label("Total")
    rows = page.locator("li:visible")
    expect(rows).to_have_count(3)
    expect(total).to_have_text("12.60")

    page.get_by_role("button", name="One Bread more").click()
    expect(total).to_have_text("15.50")
    expect(rows.first.locator("output")).to_have_text("2")
    expect(rows.first.locator(".amount")).to_have_text("5.80")

    field = page.get_by_label("Add something")
    field.fill("<i>Coffee</i> 6.50")
    field.press("Enter")
    expect(rows).to_have_count(4)
    expect(rows.last).to_contain_text("<i>Coffee</i>")
    expect(field).to_have_value("")
    expect(total).to_have_text("22.00")

    search = page.get_by_label("Filter")
    search.press_sequentially("le")
    expect(rows).to_have_count(1)
    expect(total).to_have_text("1.80")
    search.fill("nothing like it")
    expect(page.get_by_text("Nothing to buy.")).to_be_visible()
    search.fill("")
    expect(page.get_by_text("Nothing to buy.")).to_be_hidden()

    name = page.get_by_role("button", name="Olive oil", exact=True)
    name.press("Enter")
    expect(name).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_text("7.90 each")).to_be_visible()
    page.get_by_role("button", name="Bread", exact=True).click()
    expect(name).to_have_attribute("aria-expanded", "false")
    expect(page.locator("li.selected")).to_have_count(1)
    page.get_by_role("button", name="Remove").click()
    expect(rows).to_have_count(3)
    expect(total).to_have_text("16.20")

    field.fill("Tea inf")
    field.press("Enter")
    expect(rows).to_have_count(4)
    expect(rows.last.locator(".amount")).to_have_text("0.00")
    expect(page.locator("li.selected")).to_have_count(0)
