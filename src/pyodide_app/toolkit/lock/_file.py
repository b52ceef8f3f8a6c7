"""The lock as a file: what is in it, and that nobody edited it."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pyodide_app.toolkit.errors import ToolkitError, shown
from pyodide_app.toolkit.lock._resolve import Origin

FORMAT = 1
ANEW = "Run `pyodide-app lock` to make it anew."


@dataclass(frozen=True, slots=True)
class LockedPackage:
    """One file that the page installs; no URL, it is trusted by its hash.

    Args:
        origin: the runtime's own, a wheel on the package index, a local package, or one made here from such a
            wheel by leaving out its extension modules.
        depends: names of other packages in the lock.
        imports: the top-level modules that it brings.
        kind: "package", "shared_library" or "cpython_module".
        groups: the on-demand groups that need it; none: it is loaded at the start.
        source: a local one's folder, from the app's; "<file> <sha256>" of what a stripped one is made from.
    """

    name: str
    version: str
    file: str
    sha256: str
    origin: Origin
    depends: tuple[str, ...]
    imports: tuple[str, ...]
    kind: str
    groups: tuple[str, ...]
    source: str = ""


@dataclass(frozen=True, slots=True)
class Lock:
    """All that an app needs; `inputs` is the hash of what it was made from."""

    pyodide: str
    inputs: str
    packages: tuple[LockedPackage, ...]


def serialise(lock: Lock) -> bytes:
    """The lock as JSON, the same bytes for the same lock."""
    content: dict[str, Any] = {
        "format": FORMAT,
        "pyodide": lock.pyodide,
        "inputs": lock.inputs,
        "packages": [
            {name: getattr(package, name) for name in LockedPackage.__slots__}
            for package in sorted(lock.packages, key=lambda package: package.name)
        ],
    }
    content["integrity"] = _integrity(content)
    return (json.dumps(content, indent=2) + "\n").encode()


def parse(path: Path) -> Lock | None:
    """The lock in a file; None if there is no such file.

    Raises:
        ToolkitError: it is not what `serialise` wrote.
    """
    try:
        content = json.loads(path.read_bytes())
    except FileNotFoundError:
        return None
    except OSError as error:
        raise ToolkitError(f"{shown(path)} can't be read: {error.strerror}.") from error
    except ValueError as error:
        raise ToolkitError(f"{shown(path)} is not a lock: {error}.", hint=ANEW) from error
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise ToolkitError(f"{shown(path)} is no lock of a kind that this pyodide-app knows.", hint=ANEW)
    if content.pop("integrity", None) != _integrity(content):
        raise ToolkitError(
            f"{shown(path)} was edited by hand or merged: its content is not what was locked.", hint=ANEW
        )
    return Lock(content["pyodide"], content["inputs"], tuple(_package(one) for one in content["packages"]))


def _package(entry: Mapping[str, Any]) -> LockedPackage:
    values: dict[str, Any] = {key: tuple(one) if isinstance(one, list) else one for key, one in entry.items()}
    return LockedPackage(**values)


def _integrity(content: Mapping[str, Any]) -> str:
    return digest({key: value for key, value in content.items() if key != "integrity"})


def digest(content: object) -> str:
    """The sha256 of JSON data, however it is written down."""
    return hashlib.sha256(json.dumps(content, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
