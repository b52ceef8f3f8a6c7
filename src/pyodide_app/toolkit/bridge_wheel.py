"""The bridge as a wheel, packed from the files of this very installation: what pages load."""

import importlib.metadata
import tomllib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from pyodide_app.toolkit._wheels import pack, wheel_file

PACKAGE = Path(__file__).parents[1]
NAME = "pyodide-app"
# The toolkit and the pytest plugin stay on the developer's machine.
PARTS = ("__init__.py", "py.typed", "bridge", "runtime")


def bridge_wheel() -> tuple[str, bytes]:
    """The wheel's file name and bytes: no dependencies, and the same bytes until a source file changes."""
    return _packed(tuple((path, path.stat().st_mtime_ns, path.stat().st_size) for path in _sources()))


def _sources() -> Iterator[Path]:
    for part in PARTS:
        place = PACKAGE / part
        for path in [place] if place.is_file() else sorted(place.rglob("*")):
            within = path.relative_to(PACKAGE).parts
            if path.is_file() and not any(name.startswith(".") or name == "__pycache__" for name in within):
                yield path


@lru_cache(maxsize=1)
def _packed(sources: tuple[tuple[Path, int, int], ...]) -> tuple[str, bytes]:
    version = bridge_version()
    dist_info = f"pyodide_app-{version}.dist-info"
    files = {
        f"pyodide_app/{path.relative_to(PACKAGE).as_posix()}": path.read_bytes() for path, _, _ in sources
    }
    files[f"{dist_info}/METADATA"] = f"Metadata-Version: 2.1\nName: {NAME}\nVersion: {version}\n".encode()
    files[f"{dist_info}/WHEEL"] = wheel_file("py3-none-any")
    return f"pyodide_app-{version}-py3-none-any.whl", pack(files, dist_info, compressed=True)


@lru_cache(maxsize=1)
def bridge_version() -> str:
    """The version of this installation; of the checkout, where it runs without being installed."""
    try:
        return importlib.metadata.version(NAME)
    except importlib.metadata.PackageNotFoundError:
        project = tomllib.loads((PACKAGE.parents[1] / "pyproject.toml").read_text(encoding="utf-8"))[
            "project"
        ]
        return str(project["version"])
