"""The page goes on drawing while a worker computes, and stands still while it computes itself."""

import re

import pytest

from pyodide_app.testing import AppPage, OpenApp, expect

COLOURS = """() => {
  const { width, height } = document.querySelector(".work canvas");
  const { data } = document.querySelector(".work canvas").getContext("2d").getImageData(0, 0, width, height);
  return new Set(new Uint32Array(data.buffer)).size;
}"""


def compute(app: AppPage, where: str) -> int:
    """Press a button by keyboard, wait for the end, and return the frames meanwhile."""
    command = app.page.get_by_role("button", name=where)
    expect(command).to_have_attribute("aria-disabled", "false", timeout=60_000)
    command.press("Enter")
    cell = app.page.get_by_role("row", name=where).locator(".frames")
    expect(app.page.get_by_role("status")).to_have_text(re.compile(rf"{where}: \d+ frames"), timeout=60_000)
    return int(cell.inner_text().replace(",", ""))


@pytest.mark.pyodide_matrix
def test_the_page_draws_while_a_worker_computes_and_not_while_it_computes_itself(open_app: OpenApp) -> None:
    app = open_app()
    meanwhile = compute(app, "In a worker")
    pictures = app.page.evaluate(COLOURS)
    assert compute(app, "In the page") == 0
    assert meanwhile > 10
    assert app.run("(count := counts['In the page'].value).longest >= count.time")
    assert app.page.evaluate(COLOURS) == pictures > 30
