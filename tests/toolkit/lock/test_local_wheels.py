"""Packages of one's own: a folder becomes a wheel."""

from pathlib import Path

import pytest

from pyodide_app.toolkit.errors import ToolkitError
from pyodide_app.toolkit.lock import _uv
from pyodide_app.toolkit.lock._local_wheels import build_local
from pyodide_app.toolkit.store import Store

PROJECT = """\
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
name = "My.Own"
version = "1.2"
requires-python = ">=3.11"
dependencies = ["six>=1.16"]

[tool.hatch.build.targets.wheel]
packages = ["my_own"]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make(tmp_path / "my-own")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store", quiet=True)


def make(folder: Path) -> Path:
    """A small package of its own."""
    (folder / "my_own").mkdir(parents=True)
    (folder / "pyproject.toml").write_text(PROJECT)
    (folder / "my_own" / "__init__.py").write_text("answer = 42\n")
    return folder


def forbid_builds(patch: pytest.MonkeyPatch) -> None:
    def run(*_arguments: object, **_options: object) -> None:
        pytest.fail("built again")

    patch.setattr(_uv, "run", run)


def test_a_folder_becomes_a_pure_wheel_in_the_store(folder: Path, store: Store) -> None:
    wheel = build_local(folder, store)
    assert wheel.path == store.root / "files" / wheel.sha256 / "my_own-1.2-py3-none-any.whl"
    assert (wheel.facts.name, wheel.facts.version) == ("my-own", "1.2")
    assert wheel.facts.requires == ("six>=1.16",)
    assert wheel.facts.imports == ("my_own",)


def test_unchanged_sources_are_built_once(
    folder: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    built = build_local(folder, store)
    forbid_builds(monkeypatch)
    (folder / "my_own" / "__pycache__").mkdir()
    (folder / "my_own" / "__pycache__" / "__init__.pyc").touch()
    assert build_local(folder, store) == built


def test_changed_sources_are_built_anew(folder: Path, store: Store) -> None:
    before = build_local(folder, store)
    (folder / "my_own" / "__init__.py").write_text("answer = 43\n")
    assert build_local(folder, store).sha256 != before.sha256


def test_a_wheel_that_was_tampered_with_is_built_anew(folder: Path, store: Store) -> None:
    built = build_local(folder, store)
    content = built.path.read_bytes()
    built.path.write_bytes(b"something else")
    assert build_local(folder, store) == built
    assert built.path.read_bytes() == content


def test_the_same_sources_make_the_same_wheel_wherever_they_lie(
    folder: Path, store: Store, tmp_path: Path
) -> None:
    assert build_local(folder, store).sha256 == build_local(make(tmp_path / "elsewhere"), store).sha256


def test_a_build_that_fails_shows_how_it_ended(folder: Path, store: Store) -> None:
    (folder / "pyproject.toml").write_text(PROJECT.replace("hatchling.build", "hatchling.missing"))
    with pytest.raises(ToolkitError, match="can't be built; its build ended with:\n") as caught:
        build_local(folder, store)
    assert "No module named 'hatchling.missing'" in caught.value.what


def test_compiled_code_is_refused(folder: Path, store: Store) -> None:
    (folder / "my_own" / "fast.cpython-311-x86_64-linux-gnu.so").write_bytes(b"\x7fELF")
    with pytest.raises(ToolkitError, match=r"compiled for this machine \(my_own/fast"):
        build_local(folder, store)
