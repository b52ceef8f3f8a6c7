"""The browser for tests: found in order, remembered, its download tried again after a day.

Real throughout: browsers are scripts that start the machine's real one, and downloads fail since they
are sent to a port where nobody listens.
"""

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from pyodide_app.testing import browser
from pyodide_app.testing._loop import LoopThread
from pyodide_app.testing.browser import NoBrowserError, find_browser, set_up_browser

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the browsers here are shell scripts")
Install = Callable[..., str]


@pytest.fixture(scope="module")
def real() -> str:
    """The machine's browser."""
    return find_browser().executable


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, real: str) -> Path:
    """A machine without any browser: its folder of programs."""
    programs = tmp_path / "bin"
    programs.mkdir()
    monkeypatch.setattr(browser, "_PLACES", ())
    monkeypatch.setattr(browser, "user_cache_path", lambda name, ensure_exists: tmp_path)
    monkeypatch.setenv("PATH", str(programs))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "own"))
    monkeypatch.setenv("PLAYWRIGHT_DOWNLOAD_HOST", "http://127.0.0.1:9")
    return programs


@pytest.fixture
def install(machine: Path, real: str) -> Install:
    """Put a browser on the machine and return where it is."""

    def install(place: Path, *, starts: bool = True) -> str:
        place.parent.mkdir(parents=True, exist_ok=True)
        command = f'PATH={os.defpath} exec "{real}" "$@"' if starts else "echo broken >&2; exit 1"
        place.write_text(f"#!/bin/sh\n{command}\n")
        place.chmod(0o755)
        return str(place)

    return install


def own_place(machine: Path) -> Path:
    """Where Playwright's own browser belongs."""
    with LoopThread() as loop:
        return Path(loop.run(browser._own_path()))


def test_nothing_is_one_sentence(machine: Path) -> None:
    with pytest.raises(NoBrowserError) as raised:
        find_browser()
    assert str(raised.value).startswith("No browser to test in: install Chromium, ")
    assert "\n" not in str(raised.value)


def test_playwrights_own_comes_first(machine: Path, install: Install) -> None:
    install(machine / "chromium")
    own = install(own_place(machine))
    assert find_browser().executable == own
    assert find_browser().own


def test_else_an_installed_one_is_found(machine: Path, install: Install) -> None:
    edge = install(machine / "microsoft-edge")
    assert find_browser().executable == edge


def test_one_that_does_not_start_is_passed_over(
    machine: Path, install: Install, capfd: pytest.CaptureFixture[str]
) -> None:
    broken = install(machine / "chromium", starts=False)
    chrome = install(machine / "google-chrome")
    assert find_browser().executable == chrome
    assert f"{broken} does not start: " in capfd.readouterr().err


def test_it_is_remembered(machine: Path, install: Install) -> None:
    chromium = install(machine / "chromium")
    find_browser()
    Path(chromium).write_text("#!/bin/sh\nexit 1\n")  # it would be seen if it were started again
    assert find_browser().executable == chromium


def test_one_that_is_gone_is_forgotten(machine: Path, install: Install) -> None:
    Path(install(machine / "chromium")).rename(machine / "google-chrome-gone")
    find_first = install(machine / "chromium")
    assert find_browser().executable == find_first
    Path(find_first).unlink()
    edge = install(machine / "msedge")
    assert find_browser().executable == edge


@pytest.mark.parametrize("memory", ["{", "[]", '{"playwright": "1"}'])
def test_a_damaged_memory_is_made_anew(machine: Path, install: Install, memory: str) -> None:
    chromium = install(machine / "chromium")
    (machine.parent / "browser.json").write_text(memory)
    assert find_browser().executable == chromium


def test_a_download_that_fails_leaves_the_installed_one(
    machine: Path, install: Install, capfd: pytest.CaptureFixture[str]
) -> None:
    chromium = install(machine / "chromium")
    assert set_up_browser().executable == chromium
    assert "can't be downloaded here; looking for an installed browser" in capfd.readouterr().err


def test_it_is_not_tried_again_the_same_day(
    machine: Path, install: Install, capfd: pytest.CaptureFixture[str]
) -> None:
    install(machine / "chromium")
    set_up_browser()
    capfd.readouterr()
    set_up_browser()
    assert capfd.readouterr().err == ""


def test_it_is_tried_again_the_next_day(
    machine: Path, install: Install, capfd: pytest.CaptureFixture[str]
) -> None:
    install(machine / "chromium")
    set_up_browser()
    memory = machine.parent / "browser.json"
    known = json.loads(memory.read_text())
    memory.write_text(json.dumps(known | {"download_failed": known["download_failed"] - browser.DAY}))
    capfd.readouterr()
    set_up_browser()
    assert "Downloading" in capfd.readouterr().err


def test_setting_up_what_cannot_be_had_is_the_sentence(machine: Path) -> None:
    with pytest.raises(NoBrowserError):
        set_up_browser()
