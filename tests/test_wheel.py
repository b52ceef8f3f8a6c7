"""The wheel: what is in it, how large it is, and that any Pyodide takes it without anything else."""

import json
import shutil
import subprocess
import sys
import zipfile
from email.parser import BytesParser
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from pyodide_app.testing import OpenApp
from pyodide_app.toolkit.app import read_app
from pyodide_app.toolkit.page import prepare, pyodide_lock
from pyodide_app.toolkit.store import Store

ROOT = Path(__file__).parents[1]
MOST_BYTES = 710_000

BARE_PAGE = """<!doctype html>
<meta charset="utf-8">
<title>No element of ours, just Pyodide</title>
<script type="module" src="bare.js"></script>
"""
BARE_SCRIPT = """
const indexURL = new URL("/_pyodide_app/pyodide/%s/", location.href).href;
const { loadPyodide } = await import(indexURL + "pyodide.mjs");
const lockFileURL = new URL("pyodide-lock.json", location.href).href;
const pyodide = await loadPyodide({ indexURL, lockFileURL, packageBaseUrl: indexURL });
await pyodide.loadPackage("micropip", { messageCallback() {} });
pyodide.globals.set("wheel", new URL("%s", location.href).href);
document.body.textContent = await pyodide.runPythonAsync(`
    import importlib.metadata, json, micropip
    before = {d.name for d in importlib.metadata.distributions()}
    await micropip.install(wheel)
    from pyodide_app import bridge
    from pyodide.code import run_js
    kept = bridge.keep_alive(lambda: 42)
    called = run_js("(function_) => function_()")(kept.proxy)
    kept.release()
    live = bridge.live_count()
    from js import document
    from pyodide_app.bridge.vdom.elements import button
    place = document.createElement("main")
    document.body.append(place)
    count = bridge.Signal(0)
    app = bridge.PythonVDOM(place)
    app.patch(button(on_click=lambda: count.update(lambda n: n + 1))["Clicked ", count])
    app.flush()
    place.firstChild.click()
    app.flush()
    async with bridge.Worker() as worker:
        worked = await worker.run(divmod, 7, 2)
    json.dumps({
        "new": sorted({d.name for d in importlib.metadata.distributions()} - before),
        "emscripten": bridge.IS_EMSCRIPTEN, "called": called, "live": live,
        "html": place.innerHTML, "worked": worked,
    })
`);
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--installer", "uv", "--wheel", "--outdir", str(out), str(ROOT)]
    built = subprocess.run(command, capture_output=True, text=True)
    assert built.returncode == 0, built.stdout + built.stderr
    [found] = out.glob("*.whl")
    return found


def test_the_wheel_is_typed_and_carries_the_javascript(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert "pyodide_app/py.typed" in names
    assert "pyodide_app/runtime/pyodide-app.js" in names
    assert "pyodide_app/_book/patterns/loading/hello/main.py" in names
    assert not [name for name in names if "__pycache__" in name]


def test_the_wheel_stays_small(wheel: Path) -> None:
    size = wheel.stat().st_size
    print(f"{wheel.name}: {size:,} bytes")
    assert size <= MOST_BYTES


def test_the_wheel_needs_nothing_in_the_browser(wheel: Path) -> None:
    archive = zipfile.ZipFile(wheel)
    [name] = [name for name in archive.namelist() if name.endswith(".dist-info/METADATA")]
    lines = BytesParser().parsebytes(archive.read(name)).get_all("Requires-Dist") or []
    needs = [Requirement(line) for line in lines]
    browser = {"sys_platform": "emscripten", "extra": ""}
    assert needs
    assert [str(need) for need in needs if need.marker is None or need.marker.evaluate(browser)] == []


@pytest.mark.pyodide_matrix
def test_any_pyodide_installs_it_with_micropip(
    wheel: Path, open_app: OpenApp, pyodide_version: str, tmp_path: Path
) -> None:
    (tmp_path / "main.py").write_text('# /// script\n# dependencies = ["micropip"]\n# ///\n')
    page = prepare(read_app(tmp_path, pyodide=pyodide_version), Store(quiet=True))
    lock = json.loads(pyodide_lock(page))
    del lock["packages"]["pyodide-app"]  # the page would bring it; here micropip does
    (tmp_path / "pyodide-lock.json").write_text(json.dumps(lock))
    (tmp_path / "bare.js").write_text(BARE_SCRIPT % (pyodide_version, wheel.name))
    (tmp_path / "index.html").write_text(BARE_PAGE)
    shutil.copy(wheel, tmp_path)
    app = open_app(tmp_path, wait=None)
    app.page.wait_for_function("document.body.textContent.trim().startsWith('{')", timeout=60_000)
    result = json.loads(app.page.locator("body").inner_text())
    assert result == {
        "new": ["pyodide-app"],
        "emscripten": True,
        "called": 42,
        "live": 0,
        "html": "<button>Clicked 1</button>",  # with the wheel's own JavaScript
        "worked": [3, 1],
    }
