"""What was locked runs: packages of every origin, imported in a real browser."""

from pathlib import Path

import pytest

from pyodide_app.testing import OpenApp

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
