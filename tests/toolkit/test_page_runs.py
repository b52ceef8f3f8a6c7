"""What was locked runs in a real browser: packages of every origin, and versions beside the matrix."""

from pathlib import Path

import pytest

from pyodide_app.testing import OpenApp, expect
from pyodide_app.toolkit import runtimes

APP = """\
# /// script
# dependencies = ["numpy", "jinja2", "pyyaml"]
# [tool.pyodide-app]
# local-packages = ["{local}"]
# ///
import jinja2, my_local_package, numpy, yaml

parsed = yaml.safe_load("[1, 2]")
print(jinja2.Template("{{{{ parsed }}}}").render(parsed=parsed), numpy.ones(3).sum())
"""
FROM_THE_INDEX = """\
# /// script
# dependencies = ["contourpy==1.4.0"]
# [tool.pyodide-app]
# pyodide = "314.0.3"
# ///
import contourpy

print(contourpy.contour_generator(z=[[0, 1], [0, 1]]).lines(0.5)[0].tolist())
"""
BESIDE = """# /// script
# [tool.pyodide-app]
# pyodide = "{version}"
# ///
import math, sys
from pathlib import Path
from js import document
from pyodide_app.bridge import Signal, WorkerPool
from pyodide_app.bridge.storage import mount
from pyodide_app.bridge.vdom import PythonVDOM
from pyodide_app.bridge.vdom.elements import p

count = Signal(0)
PythonVDOM(document.querySelector("pyodide-app")).mount(lambda: p["seen ", count])
count.value = 6
async with await mount("/data") as store, WorkerPool(1) as pool:
    Path("/data/file").write_text(str(await pool.run(math.factorial, count.value)))
    await store.flush()
    print(Path("/data/file").read_text(), sys.version.split()[0])
"""
OTHERS = sorted(set(runtimes.versions()) - set(runtimes.one_of_each_series()))


@pytest.mark.pyodide_matrix
@pytest.mark.pyodide_packages("numpy")
def test_packages_of_every_origin_import(tmp_path: Path, open_app: OpenApp) -> None:
    path = tmp_path / "main.py"
    path.write_text(APP.format(local=Path(__file__).parents[2] / "_my_local_package"))
    app = open_app(path)
    assert [line.text for line in app.console if line.kind == "log"] == ["[1, 2] 3.0"]


def test_a_compiled_wheel_from_the_index_runs(tmp_path: Path, open_app: OpenApp) -> None:
    path = tmp_path / "main.py"
    path.write_text(FROM_THE_INDEX)
    app = open_app(path)
    assert [line.text for line in app.console if line.kind == "log"] == ["[[0.5, 1.0], [0.5, 0.0]]"]


@pytest.mark.parametrize("version", OTHERS)
def test_those_beside_the_matrix_run_too(tmp_path: Path, open_app: OpenApp, version: str) -> None:
    path = tmp_path / "main.py"
    path.write_text(BESIDE.format(version=version))
    app = open_app(path)
    expect(app.page.get_by_text("seen 6")).to_be_visible()
    assert [line.text for line in app.console if line.kind == "log"] == [
        f"720 {runtimes.get(version).python}"
    ]
