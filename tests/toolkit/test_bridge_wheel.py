"""The wheel of the bridge, as pages get it."""

import base64
import hashlib
import shutil
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from pyodide_app.toolkit import bridge_wheel as module
from pyodide_app.toolkit.bridge_wheel import bridge_version, bridge_wheel


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as wheel:
        return {name: wheel.read(name) for name in wheel.namelist()}


@pytest.fixture
def copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the installed package that the wheel is packed from, for changing it."""
    copy = tmp_path / "pyodide_app"
    shutil.copytree(module.PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(module, "PACKAGE", copy)
    return copy


def test_it_holds_the_bridge_and_nothing_of_the_toolkit() -> None:
    names = set(members(bridge_wheel()[1]))
    assert {"pyodide_app/__init__.py", "pyodide_app/py.typed", "pyodide_app/bridge/__init__.py"} < names
    assert any(name.startswith("pyodide_app/runtime/") for name in names)
    assert not [name for name in names if "toolkit" in name or "testing" in name or "__pycache__" in name]


def test_it_depends_on_nothing() -> None:
    metadata = members(bridge_wheel()[1])[f"pyodide_app-{bridge_version()}.dist-info/METADATA"].decode()
    assert metadata.splitlines()[1:] == ["Name: pyodide-app", f"Version: {bridge_version()}"]


def test_its_record_is_right() -> None:
    contents = members(bridge_wheel()[1])
    record = contents.pop(f"pyodide_app-{bridge_version()}.dist-info/RECORD").decode()
    expected = {f"pyodide_app-{bridge_version()}.dist-info/RECORD,,"}
    for name, data in contents.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
        expected.add(f"{name},sha256={digest},{len(data)}")
    assert set(record.splitlines()) == expected


def test_the_same_files_make_the_same_bytes_wherever_they_lie(copied: Path) -> None:
    here = bridge_wheel()
    (copied / "bridge" / "__init__.py").touch()  # a new time, but nothing new in it
    assert bridge_wheel() == here


def test_a_changed_file_makes_another_wheel(copied: Path) -> None:
    before = bridge_wheel()[1]
    (copied / "bridge" / "added.py").write_text("new = True\n")
    after = bridge_wheel()[1]
    assert members(after)["pyodide_app/bridge/added.py"] == b"new = True\n"
    assert after != before


def test_it_installs(tmp_path: Path) -> None:
    file, data = bridge_wheel()
    (tmp_path / file).write_bytes(data)
    target = tmp_path / "site"
    subprocess.run(
        [sys.executable, "-m", "uv", "pip", "install", "--offline", "--target", target, tmp_path / file],
        check=True,
        capture_output=True,
    )
    done = subprocess.run(
        [sys.executable, "-S", "-c", "import pyodide_app.bridge as bridge; print(bridge.__file__)"],
        env={"PYTHONPATH": str(target)},
        check=True,
        capture_output=True,
        text=True,
    )
    assert Path(done.stdout.strip()).is_relative_to(target)
