"""The worker's pictures are shown, follow what is drawn, and wait for who looks at them."""

import pytest

from pyodide_app.testing import AppPage, OpenApp, expect

COLOURS = """() => {
  const { width, height } = document.querySelector("canvas");
  const { data } = document.querySelector("canvas").getContext("2d").getImageData(0, 0, width, height);
  return new Set(new Uint32Array(data.buffer)).size;
}"""

BRIGHT = """(x, y) => {
  const canvas = document.querySelector("canvas");
  const scale = canvas.width / canvas.clientWidth;
  const [red] = canvas.getContext("2d").getImageData(x * scale, y * scale, 1, 1).data;
  return red > 100;
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
    page.locator("canvas").click(position={"x": 30, "y": 30})
    page.wait_for_function(f"({BRIGHT})(30, 30)")
    page.get_by_role("combobox", name="Pattern").select_option("Worms")
    assert app.run("[round(float(rate), 3) for rate in rates[...]]") == [0.046, 0.063]
    page.get_by_role("button", name="Pause").press("Enter")
    going_on = page.get_by_role("button", name="Go on")
    expect(going_on).to_have_attribute("aria-pressed", "true")
    app.run("""
        while not await state.atomics.wait_async(FRAME, state.atomics.load(TAKEN), timeout=0.02):
            pass  # until one more is ready
    """)
    assert app.run("state.atomics.load(FRAME) - state.atomics.load(TAKEN)") == 1  # it waits to be taken
    going_on.press("Enter")
    more(app, 2)
