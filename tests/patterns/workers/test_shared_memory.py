"""The worker's pictures are shown, follow what is drawn, and wait for who looks at them."""

import pytest

from pyodide_app.testing import AppPage, OpenApp, expect

COLOURS = """() => {
  const { width, height } = document.querySelector("canvas");
  const { data } = document.querySelector("canvas").getContext("2d").getImageData(0, 0, width, height);
  return new Set(new Uint32Array(data.buffer)).size;
}"""


def pictures(app: AppPage) -> int:
    return int(app.page.locator("dd").first.inner_text().replace(",", ""))


def more(app: AppPage, count: int) -> None:
    goal = pictures(app) + count
    app.page.wait_for_function(
        "goal => Number(document.querySelector('dd').textContent.replaceAll(',', '')) >= goal", arg=goal
    )


@pytest.mark.pyodide_matrix
@pytest.mark.pyodide_packages("numpy")
def test_pictures_come_without_passing_through_the_pages_python(open_app: OpenApp) -> None:
    app = open_app()
    app.page.wait_for_function(f"({COLOURS})() > 20")
    more(app, 10)
    assert app.run("[*pictures.copies, worker.state.peek()]") == [0, 0, "busy"]


@pytest.mark.pyodide_packages("numpy")
def test_one_draws_chooses_and_pauses(open_app: OpenApp) -> None:
    app = open_app()
    page = app.page
    more(app, 2)
    written = app.run("strokes._ring.words[0]")
    page.locator("canvas").click(position={"x": 30, "y": 30})
    page.get_by_label("Pattern").select_option("Worms")
    assert app.run("[round(float(rate), 3) for rate in rates[...]]") == [0.046, 0.063]
    app.run(
        """
        words = strokes._ring.words
        while words[0] == written or words[1] != words[0]:  # until the worker has taken what was drawn
            await asyncio.sleep(0)
        """,
        written=written,
    )
    pause = page.get_by_role("button", name="Pause")
    pause.press("Enter")
    going_on = page.get_by_role("button", name="Go on")
    expect(going_on).to_have_attribute("aria-pressed", "true")
    taken = app.run("state.atomics.load(TAKEN)")
    ready = app.run("""
        while (ready := state.atomics.load(FRAME)) <= state.atomics.load(TAKEN):
            await asyncio.sleep(0)
        ready
    """)
    assert ready == taken + 1  # and the worker waits for it to be taken
    going_on.press("Enter")
    more(app, 2)
