"""Somebody else's project: the wheel in an environment of its own, an app, a test file, no repository."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]
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


@pytest.mark.slow
def test_the_wheel_with_its_extra_tests_an_app(tmp_path: Path) -> None:
    project, environment = tmp_path / "project", tmp_path / "environment"
    project.mkdir()
    (project / "main.py").write_text(APP)
    (project / "test_app.py").write_text(TESTS)
    python = environment / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    uv: list[str | Path] = [sys.executable, "-m", "uv"]
    run([*uv, "build", "--wheel", "--out-dir", tmp_path, REPOSITORY], tmp_path)
    [wheel] = tmp_path.glob("*.whl")
    run([*uv, "venv", "--python", sys.executable, environment], tmp_path)
    run([*uv, "pip", "install", "--python", python, f"{wheel}[testing]"], tmp_path)

    output = run([python, "-m", "pytest", "--pyodide-version=314.0.3", "--pyodide-version=0.27.7"], project)

    assert "1 failed, 4 passed" in output, output
    assert "ZeroDivisionError: division by zero" in output
    assert (project / "test-results" / "test_app.py-test_that_fails.png").exists()
