"""How the element looks, as far as a program can tell."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pyodide_app.testing import AppPage, OpenApp, expect

if TYPE_CHECKING:
    from tests.runtime.conftest import FaultyServer

WIDE = """\
import asyncio
asyncio.get_running_loop().call_soon(lambda: {"a_long_key" * 9: 1 / 0, "another": "x" * 99, "and_more": "y"})
"""
BRIGHTNESS = """panel => getComputedStyle(panel).backgroundColor.match(/[0-9]+/g).slice(0, 3).map(Number)
    .reduce((sum, part) => sum + part) / 3"""
ANIMATIONS = """document.querySelector("pyodide-app").shadowRoot.getAnimations().length"""


@pytest.fixture
def loading(app: AppPage, faulty: "FaultyServer") -> AppPage:
    """An app whose download stands still."""
    faulty.fail(".wasm", "stalled")
    app.page.goto(faulty.url)
    expect(app.page.get_by_role("progressbar")).to_be_visible()
    return app


def test_the_panel_fits_a_phone(open_app: OpenApp, tmp_path: Path) -> None:
    (tmp_path / "main.py").write_text(WIDE)
    app = open_app(tmp_path, allow_errors=True)
    app.page.set_viewport_size({"width": 360, "height": 640})
    panel = app.page.get_by_role("alert")
    expect(panel.get_by_role("button", name="Dismiss")).to_be_in_viewport()
    box = panel.bounding_box()
    assert box
    assert (box["x"], box["width"]) == (0, 360)
    assert box["height"] <= 640 * 0.7 + 1
    assert app.page.evaluate("document.documentElement.scrollWidth") == 360
    assert panel.evaluate("panel => panel.scrollWidth - panel.clientWidth") == 0


def test_dark_and_light_follow_the_device(open_app: OpenApp, tmp_path: Path) -> None:
    (tmp_path / "main.py").write_text(WIDE)
    app = open_app(tmp_path, allow_errors=True)
    panel = app.page.get_by_role("alert")
    app.page.emulate_media(color_scheme="light")
    assert panel.evaluate(BRIGHTNESS) > 200
    app.page.emulate_media(color_scheme="dark")
    assert panel.evaluate(BRIGHTNESS) < 60


def test_the_card_tells_stage_and_bytes_and_fits_a_phone(loading: AppPage) -> None:
    page = loading.page
    page.set_viewport_size({"width": 360, "height": 640})
    bar = page.get_by_role("progressbar")
    expect(page.get_by_text("Downloading Python")).to_be_visible()
    expect(page.get_by_text("MB of")).to_be_visible()
    assert 0 < int(bar.get_attribute("aria-valuenow") or 0) < int(bar.get_attribute("aria-valuemax") or 0)
    assert "Downloading Python" in (bar.get_attribute("aria-valuetext") or "")
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_nothing_moves_where_less_motion_is_wanted(app: AppPage, faulty: "FaultyServer") -> None:
    app.page.emulate_media(reduced_motion="reduce")
    faulty.fail("main.py.app.json", "stalled")
    app.page.goto(faulty.url)
    expect(app.page.get_by_role("progressbar")).to_be_visible()
    assert app.page.evaluate(ANIMATIONS) == 0
    app.page.emulate_media(reduced_motion="no-preference")
    assert app.page.evaluate(ANIMATIONS) > 0
