"""A picture is computed by a pool: to its end, whichever worker is ended, or until it is stopped."""

import re

import pytest

from pyodide_app.testing import AppPage, OpenApp, expect

MISSING = """() => {
  const { width, height } = document.querySelector("canvas");
  const { data } = document.querySelector("canvas").getContext("2d").getImageData(0, 0, width, height);
  return data.filter((value, index) => index % 4 === 3 && value !== 255).length;
}"""


def number(app: AppPage, name: str) -> int:
    return int(app.page.locator("dl div", has_text=name).locator("dd").inner_text().split()[0])


def some_tiles(app: AppPage) -> None:
    app.page.wait_for_function("document.querySelector('progress').value > 3", timeout=120_000)


@pytest.mark.pyodide_matrix
def test_the_picture_is_whole_although_a_worker_was_ended(open_app: OpenApp) -> None:
    app = open_app()
    some_tiles(app)
    app.page.get_by_role("button", name="End a worker").press("Enter")
    expect(app.page.get_by_role("status")).to_have_text(re.compile("^Done in "), timeout=120_000)
    assert (number(app, "Tiles"), number(app, "Workers replaced")) == (96, 1)
    assert app.page.evaluate(MISSING) == 0


def test_it_stops_and_begins_again(open_app: OpenApp) -> None:
    app = open_app()
    some_tiles(app)
    app.page.get_by_role("button", name="Stop").press("Enter")
    expect(app.page.get_by_role("status")).to_have_text(re.compile("^Stopped after "))
    expect(app.page.locator("dl div", has_text="Run").locator("dd")).to_have_text("0")
    assert number(app, "Wait") == 0
    app.page.get_by_role("button", name="Render").press("Enter")
    some_tiles(app)
    expect(app.page.get_by_role("button", name="Stop")).to_be_visible()
