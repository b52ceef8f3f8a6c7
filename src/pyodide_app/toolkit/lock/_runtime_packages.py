"""The packages that a runtime brings: its pyodide-lock.json, by normalised names."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from packaging.utils import canonicalize_name

from pyodide_app.toolkit._wheels import is_pure, pack, wheel_file

PYTHON_PACKAGE = "package"
# Parts of the standard library that some runtimes have as packages; where they don't, they are simply there.
STDLIB = frozenset({"hashlib", "lzma", "pydecimal", "pydoc-data", "sqlite3", "ssl", "test"})


@dataclass(frozen=True, slots=True)
class RuntimePackage:
    """A package in the runtime's lock; `kind` is "package", "shared_library" or "cpython_module"."""

    name: str
    version: str
    file: str
    sha256: str
    kind: str
    depends: tuple[str, ...]
    imports: tuple[str, ...]

    @property
    def pure(self) -> bool:
        return is_pure(self.file)

    @property
    def pin(self) -> str:
        return f"{self.name}=={self.version}"


def runtime_packages(lock: Mapping[str, Any]) -> dict[str, RuntimePackage]:
    """The packages of a pyodide-lock.json, by name; its archives of tests left out."""
    return {
        canonicalize_name(name): RuntimePackage(
            name=canonicalize_name(name),
            version=entry["version"],
            file=entry["file_name"],
            sha256=entry["sha256"],
            kind=entry["package_type"],
            depends=tuple(str(canonicalize_name(one)) for one in entry["depends"]),
            imports=tuple(entry["imports"]),
        )
        for name, entry in lock["packages"].items()
        if not entry["file_name"].endswith((".tar", "-tests.zip"))
    }


def closure(names: Iterable[str], edges: Mapping[str, Iterable[str]]) -> set[str]:
    """Everything that can be reached from these names, themselves included."""
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting.extend(edges.get(name, ()))
    return found


def write_stub(package: RuntimePackage, depends: Iterable[str], folder: Path) -> None:
    """A wheel without content that tells uv what it can't learn from the index: version and dependencies."""
    name = package.name.replace("-", "_")
    dist_info = f"{name}-{package.version}.dist-info"
    lines = ["Metadata-Version: 2.1", f"Name: {package.name}", f"Version: {package.version}"]
    metadata = "\n".join([*lines, *(f"Requires-Dist: {one}" for one in depends), ""]).encode()
    content = {f"{dist_info}/METADATA": metadata, f"{dist_info}/WHEEL": wheel_file("py3-none-any")}
    (folder / f"{name}-{package.version}-py3-none-any.whl").write_bytes(pack(content, dist_info))
