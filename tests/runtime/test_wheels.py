"""Packages of a built site: taken apart by the page, and whole for Python."""

import base64
import io
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from tests.runtime.hosted import Hosted

from pyodide_app.testing import AppPage
from pyodide_app.toolkit.site import Options, build
from pyodide_app.toolkit.store import Store

APP = """\
# /// script
# dependencies = ["numpy"]
# [tool.pyodide-app]
# pyodide = "{version}"
# local-packages = ["../package"]
# on-demand.later = ["micropip"]
# ///
import numpy, odd.deep.module
from importlib import metadata, resources
from pyodide_app.bridge import WorkerPool, packages
"""
PACKAGE = {
    "pyproject.toml": """\
[project]
name = "odd"
version = "1.0"
scripts = {odd = "odd.deep.module:main"}
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"
[tool.hatch.build.targets.wheel]
packages = ["src/odd"]
[tool.hatch.build.targets.wheel.shared-data]
"data.txt" = "share/odd/data.txt"
""",
    "data.txt": "shared",
    "src/odd/__init__.py": "",
    "src/odd/deep/__init__.py": "",
    "src/odd/deep/module.py": "def main():\n    raise SystemExit('it ran')\n",
    "src/odd/deep/größe.txt": "groß",
    "src/odd/deep/two words.txt": "two",
    "src/odd/empty.txt": "",
}
STATE = """
import sys
from pathlib import Path
root = resources.files("odd")
missing = [
    str(file) for name in ("odd", "numpy") for file in metadata.files(name) if not file.locate().is_file()
]
shared = Path(sys.prefix, "share/odd/data.txt")
(
    [root.joinpath(name).read_text() for name in ("deep/größe.txt", "deep/two words.txt", "empty.txt")],
    shared.read_text() if shared.exists() else "",
    metadata.entry_points(group="console_scripts")["odd"].value,
    missing,
    float(numpy.linalg.det(numpy.eye(3))),
)
"""
IN_A_WORKER = """
async with WorkerPool(1) as pool:
    print(await pool.run(numpy.mean, [1, 2, 3]))
await packages.load("later")
import micropip
len(metadata.files("micropip")) > 5
"""
TAKEN_APART = """async (text) => {
  const { takeApart } = await import("/_pyodide_app/runtime/wheels.js");
  const { files, rest } = takeApart(Uint8Array.from(atob(text), (byte) => byte.charCodeAt(0)));
  const entries = [...files].map(([name, content]) => [name, new TextDecoder().decode(content)]);
  return [Object.fromEntries(entries), btoa(String.fromCharCode(...rest))];
}"""


@pytest.fixture
def hosted(tmp_path: Path, pyodide_version: str) -> Iterator[Hosted]:
    """A site with packages of all kinds, on its host."""
    hosted = Hosted(tmp_path, pyodide_version)
    for name, text in PACKAGE.items():
        path = tmp_path / "package" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    hosted.source.joinpath("main.py").write_text(APP.format(version=pyodide_version))
    build(hosted.source, hosted.site, Options(compress=False), Store(quiet=True))
    yield hosted
    hosted.down()


@pytest.mark.pyodide_matrix
@pytest.mark.pyodide_packages("numpy")
def test_packages_are_whole_on_each_visit_and_in_workers(app: AppPage, hosted: Hosted) -> None:
    shared = "" if hosted.version.startswith("0.26.") else "shared"  # that one leaves it where it was
    as_it_should_be: tuple[object, ...] = (["groß", "two", ""], shared, "odd.deep.module:main", [], 1.0)
    app.page.goto(hosted.up(plain=False))
    app.wait_ready()
    assert app.run(STATE) == as_it_should_be
    app.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    app.page.reload()
    app.wait_ready()
    assert app.run(STATE) == as_it_should_be
    assert app.run(IN_A_WORKER) is True
    assert "2.0" in [line.text for line in app.console]


def archive(files: Mapping[str, str], method: int = zipfile.ZIP_STORED, comment: bytes = b"") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as wheel:
        wheel.comment = comment
        for name, text in files.items():
            wheel.writestr(name, text)
    return out.getvalue()


def taken_apart(app: AppPage, data: bytes) -> tuple[dict[str, str], bytes]:
    files, rest = app.page.evaluate(TAKEN_APART, base64.b64encode(data).decode())
    return files, base64.b64decode(rest)


@pytest.mark.parametrize("comment", [b"", b"a comment"])
def test_what_pyodide_must_see_stays_in_a_wheel(app: AppPage, comment: bytes) -> None:
    plain = {"one/__init__.py": "1", "one/two.py": "2", "one/a..b": "3", "one/so.txt": "4"}
    others = {
        "one/lib.so": "5",
        "one.libs/lib.so.6": "6",
        "one-1.0.dist-info/METADATA": "7",
        "one-1.0.data/data/share/x": "8",
        "../out": "9",
        "/root": "10",
        "one/../../out": "11",
        "one/größe": "12",
    }
    files, rest = taken_apart(app, archive({**others, **plain, "one/empty/": ""}, comment=comment))
    assert files == plain
    with zipfile.ZipFile(io.BytesIO(rest)) as wheel:
        assert wheel.testzip() is None
        assert {name: wheel.read(name).decode() for name in wheel.namelist()} == others


def test_what_is_compressed_or_no_archive_is_left_as_it_is(app: AppPage) -> None:
    files, rest = taken_apart(app, archive({"one.py": "1" * 99}, zipfile.ZIP_DEFLATED))
    assert files == {}
    with zipfile.ZipFile(io.BytesIO(rest)) as wheel:
        assert wheel.read("one.py") == b"1" * 99
    good = archive({"one.py": "1"})
    for bad in (b"", b"no archive", good[:-22], good.replace(b"PK\1\2", b"PK\1\3"), good[20:]):
        assert taken_apart(app, bad) == ({}, bad)
