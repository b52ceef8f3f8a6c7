"""A loss of power, which cannot be had here: files in memory forget what was not flushed, as disks do."""

from pathlib import Path

from pyodide_app.testing import AppPage

SCRIPT = Path(__file__).with_name("power.js").read_text()
LIVES = 30


def test_nothing_that_was_acknowledged_is_lost(other_app: AppPage) -> None:
    found = other_app.page.evaluate(SCRIPT, ["/_pyodide_app/runtime/", list(range(LIVES))])
    assert found["wrong"] == []
    assert found["deaths"] > LIVES
    assert found["acknowledged"] > LIVES
