"""Packages: those of the start, and those that the app asks for later."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pyodide_app.testing import AppPage, OpenApp

if TYPE_CHECKING:
    from tests.runtime.conftest import FaultyServer

LATER = """\
# /// script
# dependencies = ["six"]
# [tool.pyodide-app.on-demand]
# numbers = ["micropip"]
# ///
import six
from pyodide_app.bridge import packages
"""


@pytest.mark.pyodide_matrix
def test_a_group_loads_on_demand_with_progress(open_app: OpenApp, tmp_path: Path) -> None:
    (tmp_path / "main.py").write_text(LATER)
    app = open_app(tmp_path)
    with pytest.raises(ModuleNotFoundError):
        app.run("import micropip")
    told = app.run("""
        told = []
        await packages.load("numbers", on_progress=lambda loaded, total: told.append((loaded, total)))
        await packages.load("numbers")
        import micropip
        told
    """)
    loaded = [each for each, _ in told]
    assert loaded[0] == 0
    assert loaded == sorted(loaded)
    assert loaded[-1] == told[-1][1] > 0


def test_a_group_that_does_not_exist_is_told_with_those_that_do(open_app: OpenApp, tmp_path: Path) -> None:
    (tmp_path / "main.py").write_text(LATER)
    app = open_app(tmp_path)
    message = app.run("""
        try:
            await packages.load("plots")
        except packages.PackagesUnavailable as error:
            message = str(error)
        message
    """)
    assert "'plots'" in message
    assert "'numbers'" in message


def test_a_group_that_fails_can_be_loaded_later(app: AppPage, faulty: "FaultyServer", tmp_path: Path) -> None:
    (tmp_path / "faulty" / "main.py").write_text(LATER)
    app.page.goto(faulty.url)
    app.wait_ready()
    faulty.fail("micropip-", "damaged")
    message = app.run("""
        try:
            await packages.load("numbers")
        except packages.PackagesUnavailable as error:
            message = str(error)
        message
    """)
    assert "'numbers'" in message
    assert "wrong hash" in message
    faulty.heal()
    app.run("await packages.load('numbers'); import micropip; None")
