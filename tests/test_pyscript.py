"""The wheel alone brings the bridge to PyScript."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pyodide_app.testing import OpenApp
from pyodide_app.toolkit.app import read_app
from pyodide_app.toolkit.page import Page, prepare, pyodide_lock
from pyodide_app.toolkit.store import Store

ROOT = Path(__file__).parents[1]
HERE = Path(__file__).parent / "pyscript"

PAGE = """<!doctype html>
<meta charset="utf-8">
<title>PyScript, and nothing else of ours</title>
<script type="module" src="pyscript/core.js"></script>
<main id="app"></main>
<script type="py" src="counter.py"
  config='{"interpreter": "runtime/pyodide.mjs", "packages": ["WHEEL"]}'></script>
"""
COUNTER = """
from pyodide_app.bridge import PythonVDOM, Signal, computed
from pyodide_app.bridge.vdom.elements import button, p

count = Signal(0)
twice = computed(lambda: count.value * 2)

def add(): count.value += 1
def view(): return [button(on_click=add)["Clicked ", count], p["Twice: ", twice]]

app = PythonVDOM("app")
app.mount(view)
"""


@pytest.fixture(scope="module")
def pyscript(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """PyScript's own files, as package-lock.json pins them."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    npm = shutil.which("npm", path=path)
    if npm is None:
        pytest.skip("There is no npm to install PyScript with: `make lint` brings one.")
    folder = tmp_path_factory.mktemp("pyscript")
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / name, folder)
    command = [npm, "ci", "--silent", "--no-audit", "--no-fund"]
    subprocess.run(command, cwd=folder, env={**os.environ, "PATH": path}, check=True)
    return folder / "node_modules" / "@pyscript" / "core" / "dist"


def write_runtime(page: Page, folder: Path) -> None:
    """Put Pyodide and the page's packages into one folder, where PyScript looks for both."""
    folder.mkdir()
    for name, path in page.core.items():
        shutil.copy(path, folder / name)
    lock = json.loads(pyodide_lock(page))
    del lock["packages"]["pyodide-app"]  # micropip brings it
    for package, path in page.packages:
        if package.name in lock["packages"]:
            shutil.copy(path, folder / package.file)
            lock["packages"][package.name]["file_name"] = package.file
    (folder / "pyodide-lock.json").write_text(json.dumps(lock))


def test_pyscript_runs_the_bridge_from_the_wheel_alone(
    pyscript: Path, open_app: OpenApp, tmp_path: Path
) -> None:
    command = [sys.executable, "-m", "build", "--installer", "uv", "--wheel", "--outdir", str(tmp_path)]
    built = subprocess.run([*command, str(ROOT)], capture_output=True, text=True)
    assert built.returncode == 0, built.stdout + built.stderr
    [wheel] = tmp_path.glob("*.whl")
    (tmp_path / "main.py").write_text('# /// script\n# dependencies = ["micropip"]\n# ///\n')
    write_runtime(prepare(read_app(tmp_path), Store(quiet=True)), tmp_path / "runtime")
    shutil.copytree(pyscript, tmp_path / "pyscript")
    (tmp_path / "counter.py").write_text(COUNTER)
    (tmp_path / "index.html").write_text(PAGE.replace("WHEEL", f"./{wheel.name}"))
    app = open_app(tmp_path, wait=None)
    app.page.get_by_role("button", name="Clicked 0").click(timeout=60_000)
    app.page.get_by_role("button", name="Clicked 1").wait_for()
    app.page.get_by_text("Twice: 2").wait_for()
