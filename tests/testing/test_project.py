"""Somebody else's project: the wheel in an environment of its own, an app, a test file, no repository."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]
UV: list[str | Path] = [sys.executable, "-m", "uv"]
APP = """\
# /// script
# dependencies = ["humanize"]
# ///
import humanize
from js import document
from pyodide.ffi import create_proxy


def say(number: int) -> str:
    return humanize.intcomma(number)


document.getElementById("app").innerHTML = "<button>Count</button>"
document.querySelector("button").onclick = create_proxy(lambda event: print(say(12345)))
"""
TESTS = """\
import pytest


def test_function(open_app):
    assert open_app().run("say(1000)") == "1,000"


def test_click(open_app):
    app = open_app()
    with app.page.expect_console_message() as line:
        app.page.get_by_role("button").click()
    assert line.value.text == "12,345"


@pytest.mark.pyodide_matrix
def test_blank(pyodide):
    assert pyodide.run("1 + 1") == 2


def test_that_fails(pyodide):
    pyodide.run("1 / 0")
"""


def run(command: list[str | Path], folder: Path) -> str:
    outside = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "PYTEST"))}
    done = subprocess.run(command, cwd=folder, env=outside, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This package's wheel."""
    folder = tmp_path_factory.mktemp("wheel")
    run([*UV, "build", "--wheel", "--out-dir", folder, REPOSITORY], folder)
    [wheel] = folder.glob("*.whl")
    return wheel


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder with an app and its tests."""
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "main.py").write_text(APP)
    (folder / "test_app.py").write_text(TESTS)
    return folder


@pytest.fixture
def install(tmp_path: Path) -> Callable[..., Path]:
    """Make an environment with some requirements and return its Python."""

    def install(*requirements: str) -> Path:
        environment = tmp_path / "environment"
        python = environment / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
        run([*UV, "venv", "--python", sys.executable, environment], tmp_path)
        run([*UV, "pip", "install", "--python", python, *requirements], tmp_path)
        return python

    return install


@pytest.mark.slow
def test_the_wheel_with_its_extra_tests_an_app(
    wheel: Path, project: Path, install: Callable[..., Path]
) -> None:
    python = install(f"{wheel}[testing]")
    output = run([python, "-m", "pytest", "--pyodide-version=314.0.3", "--pyodide-version=0.27.7"], project)
    assert "1 failed, 4 passed" in output, output
    assert "ZeroDivisionError: division by zero" in output
    assert (project / "test-results" / "test_app.py-test_that_fails.png").exists()


def test_without_the_extra_it_says_what_to_install(
    wheel: Path, project: Path, install: Callable[..., Path]
) -> None:
    python = install(str(wheel), "pytest")
    (project / "test_plain.py").write_text("def test_plain(): ...")
    output = run([python, "-m", "pytest"], project)
    assert "1 passed" in output, output
    assert "There is no playwright: pip install pyodide-app[testing]." in output
