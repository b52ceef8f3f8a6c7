"""Runs Pyodide on Node to compile an archive."""

import json
import os
import subprocess
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

from pyodide_app.toolkit.errors import ToolkitError

_HERE = Path(__file__).parent
_SECONDS = 600  # the standard library takes about five


def compile_archive(
    node: Path, core: Mapping[str, Path], stdlib: Path, archive: Path, *, optimize: int
) -> dict[str, bytes]:
    """The bytecode of an archive's modules, by the name of their source in it.

    Sources that do not compile, such as templates, have none.

    Args:
        core: the runtime's files.
        stdlib: the standard library with which the runtime starts here.
        optimize: as for `compile`.

    Raises:
        ToolkitError: Node failed.
    """
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder, "bytecode.zip")
        work = {
            "pyodide": str(core["pyodide.mjs"].parent),
            "stdlib": str(stdlib),
            "script": (_HERE / "in_pyodide.py").read_text(encoding="utf-8"),
            "source": str(archive),
            "target": str(target),
            "wheel": archive.suffix == ".whl",
            "optimize": optimize,
        }
        _run([str(node), str(_HERE / "compile.mjs")], json.dumps(work))
        with zipfile.ZipFile(target) as bytecode:
            return {name: bytecode.read(name) for name in bytecode.namelist()}


def _run(command: list[str], work: str) -> None:
    try:
        done = subprocess.run(
            command,
            input=work,
            capture_output=True,
            encoding="utf-8",
            timeout=_SECONDS,
            check=False,
            # Nothing of a person's own settings shall change what comes out, or what Node loads.
            env={name: value for name, value in os.environ.items() if not name.startswith("NODE_")},
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ToolkitError(f"Compiling with Node failed: {error}.") from error
    if done.returncode:
        last = "\n".join(f"{done.stdout}{done.stderr}".strip().splitlines()[-20:])
        raise ToolkitError(f"Compiling with {command[0]} failed:\n{last}", hint="Is it Node 20 or newer?")
