"""Write src/pyodide_app/toolkit/runtimes.json: edit the table below, then `python scripts/pin_runtimes.py`.

Run by hand, by a maintainer who adds a runtime. Hashes are of the official files, as npm's `pyodide`
package has them; each carrier is opened (range requests) and must hold the same bytes, else nothing is
written. Needs npm and the package index; loads some 7 MB for each runtime.
"""

import hashlib
import json
import re
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pypi_simple import PyPISimple
from remotezip import RemoteZip

MANIFEST = Path(__file__).parent.parent / "src/pyodide_app/toolkit/runtimes.json"
DEFAULT = "314.0.3"
OPEN_WEBUI = ("open_webui/frontend/pyodide/",)
GBDRAW = ("gbdraw/web/vendor/pyodide/v0.29.0/full/", "gbdraw/web/vendor/pyodide-wheels/")
CORE_ONLY = "Away from the Pyodide CDN only its core can be had, with micropip and packaging."


@dataclass(frozen=True)
class Row:
    """A runtime, and the wheel on the index that carries it."""

    version: str
    project: str
    project_version: str
    folders: tuple[str, ...]
    note: str = ""


ROWS = [
    Row("0.26.1", "open-webui", "0.4.8", OPEN_WEBUI),
    Row("0.27.7", "open-webui", "0.6.22", OPEN_WEBUI),
    Row("0.28.3", "open-webui", "0.10.2", OPEN_WEBUI),
    Row("0.29.0", "gbdraw", "0.14.2", GBDRAW),
    Row("314.0.3", "open-webui", "0.12.4", OPEN_WEBUI),
    Row("314.0.7", "flet-web", "1.0.5", ("flet_web/web/pyodide/",), CORE_ONLY),
]

CORE = re.compile(r"pyodide\.mjs|pyodide\.asm\.m?js|pyodide\.asm\.wasm|python_stdlib\.zip|pyodide-lock\.json")

# The series, as the lock names it -> the prefixes that its wheels' platform tags have had, newest first.
ABI = {"2024_0": ("pyodide",), "2025_0": ("pyemscripten", "pyodide"), "2026_0": ("pyemscripten",)}


def official_core(version: str) -> dict[str, bytes]:
    """The core files by name, from npm."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            ["npm", "pack", "--silent", f"pyodide@{version}"],
            cwd=folder,
            check=True,
            stdout=subprocess.DEVNULL,
        )
        [archive] = Path(folder).glob("*.tgz")
        core = {}
        with tarfile.open(archive) as tar:
            for member in tar:
                content = tar.extractfile(member)
                name = Path(member.name).name
                if content is not None and CORE.fullmatch(name):
                    core[name] = content.read()
        return core


def pin_carrier(row: Row, core: dict[str, bytes]) -> dict[str, Any]:
    """The carrier's entry; ends the program if it holds other files than the official ones."""
    with PyPISimple() as index:
        page = index.get_project_page(row.project)
    [wheel] = [p for p in page.packages if p.version == row.project_version and p.package_type == "wheel"]
    extras: list[str] = []
    with RemoteZip(wheel.url) as members:
        for name, official in core.items():
            carried = members.read(row.folders[0] + name)
            if name == "pyodide-lock.json" and carried != official:
                lock = json.loads(carried)
                extras = sorted(lock["packages"].keys() - json.loads(official)["packages"].keys())
                for extra in extras:
                    del lock["packages"][extra]
                carried = json.dumps(lock).encode()  # this is how the toolkit undoes it as well
            if carried != official:
                sys.exit(f"{wheel.filename}: {name} is not the official file of Pyodide {row.version}")
    return {
        "project": row.project,
        "version": row.project_version,
        "file": wheel.filename,
        "folders": row.folders,
        "lock_extras": extras,
    }


def python_version(wasm: bytes) -> str:
    """The CPython inside, from its own version strings; the lock's `python` lags behind at times."""
    [version] = set(re.findall(rb"[^0-9.](3\.\d+\.\d+)/", wasm))
    return str(version, "ascii")


def pin(row: Row) -> dict[str, Any]:
    core = official_core(row.version)
    series = json.loads(core["pyodide-lock.json"])["info"]["abi_version"]
    return {
        "python": python_version(core["pyodide.asm.wasm"]),
        "abi": f"{ABI[series][0]}_{series}",
        "abi_tags": [f"{prefix}_{series}_wasm32" for prefix in ABI[series]],
        "core": {
            name: {"sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}
            for name, content in sorted(core.items())
        },
        "carriers": [pin_carrier(row, core)],
        "note": row.note,
    }


def main() -> None:
    runtimes = {}
    for row in ROWS:
        print(f"Pyodide {row.version}", file=sys.stderr)
        runtimes[row.version] = pin(row)
    MANIFEST.write_text(
        json.dumps({"default": DEFAULT, "runtimes": runtimes}, indent=2) + "\n", encoding="utf-8"
    )


if __name__ == "__main__":
    main()
