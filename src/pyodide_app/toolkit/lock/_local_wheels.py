"""Packages of one's own: a folder with a pyproject.toml becomes a wheel in the store.

A build is remembered in <root>/local/<hash of the sources>.json, so it happens once for each state of them.
"""

import hashlib
import json
import os
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pyodide_app.toolkit._wheels import WheelFacts, is_pure, read_facts, repack
from pyodide_app.toolkit._write import write_whole
from pyodide_app.toolkit.errors import ToolkitError, shown
from pyodide_app.toolkit.lock import _uv
from pyodide_app.toolkit.store import Store

LAST_LINES = 15
# What builds and tools leave behind is no source.
_NOT_SOURCES = {"__pycache__", "build", "dist", "node_modules"}


@dataclass(frozen=True, slots=True)
class LocalWheel:
    """A wheel that was built from a folder, in the store."""

    folder: Path
    path: Path
    sha256: str
    facts: WheelFacts


def build_local(folder: Path, store: Store) -> LocalWheel:
    """The wheel of a folder's sources as they are now, built unless it is in the store.

    Raises:
        ToolkitError: it can't be built, or holds compiled code.
    """
    note = store.root / "local" / f"{_source_hash(folder)}.json"
    path = _remembered(note, store)
    if path is None:
        path = _build(folder, store)
        write_whole(note, json.dumps({"file": path.name, "sha256": path.parent.name}).encode())
    return LocalWheel(folder, path, path.parent.name, read_facts(path))


def _remembered(note: Path, store: Store) -> Path | None:
    try:
        entry = json.loads(note.read_bytes())
        return store.kept(entry["sha256"], entry["file"])
    except (OSError, ValueError, KeyError, TypeError):
        return None  # a note that can't be read only costs a build


def _sources(folder: Path) -> Iterator[Path]:
    for place, folders, files in os.walk(folder):
        here = Path(place)
        folders[:] = sorted(
            name
            for name in folders
            if name not in _NOT_SOURCES
            and not name.startswith(".")
            and not name.endswith(".egg-info")
            and not (here / name / "pyvenv.cfg").exists()
        )
        yield from (here / name for name in sorted(files) if (here / name).is_file())


def _source_hash(folder: Path) -> str:
    hashed = hashlib.sha256(str(folder).encode())
    for path in _sources(folder):
        try:
            content = hashlib.sha256(path.read_bytes()).hexdigest()
        except OSError as error:
            raise ToolkitError(f"{shown(path)} can't be read: {error.strerror}.") from error
        hashed.update(f"\n{path.relative_to(folder).as_posix()} {content}".encode())
    return hashed.hexdigest()


def _build(folder: Path, store: Store) -> Path:
    with tempfile.TemporaryDirectory() as out:
        done = _uv.run(
            ["build", "--wheel", "--python", sys.executable, "--out-dir", out, str(folder)],
            cwd=folder,
            offline=store.offline,
        )
        wheels = list(Path(out).glob("*.whl"))
        if done.returncode or len(wheels) != 1:
            last = "\n".join(f"  {line}" for line in done.stderr.strip().splitlines()[-LAST_LINES:])
            raise ToolkitError(
                f"The local package {shown(folder)} can't be built; its build ended with:\n{last}",
                hint=f"`uv build --wheel {folder}` shows all of it.",
            )
        built = wheels[0]
        extensions = read_facts(built).extensions
        if extensions or not is_pure(built.name):
            what = extensions[0] if extensions else built.name
            raise ToolkitError(
                f"The local package {shown(folder)} holds code that was compiled for this machine ({what}).",
                hint="A local package must be pure Python to run in the browser.",
            )
        file, data = repack(built)
    return store.keep(data, file)
