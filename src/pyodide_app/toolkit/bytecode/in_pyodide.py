"""Compiles an archive's modules with this very interpreter. Runs in Pyodide: see compile.mjs."""

import compileall
import py_compile
import sys
import tempfile
import zipfile
from pathlib import Path


def compile_archive(source: str, target: str, is_wheel: bool, optimize: int) -> None:
    """Write the bytecode of an archive's modules into a zip, each under the name of its source.

    Args:
        source: a wheel, or the standard library's zip.
        optimize: as for `compile`.
    """
    # Where the page will have it: code objects say which file they are from.
    place = next(path for path in sys.path if path.endswith("/site-packages" if is_wheel else ".zip"))
    with tempfile.TemporaryDirectory() as folder:
        with zipfile.ZipFile(source) as archive:
            archive.extractall(folder, [name for name in archive.namelist() if name.endswith(".py")])
        compileall.compile_dir(
            folder,
            maxlevels=100,
            quiet=2,  # what does not compile has no bytecode, and is not imported either
            legacy=True,
            optimize=optimize,
            stripdir=folder,
            prependdir=place,
            invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
        )
        with zipfile.ZipFile(target, "w") as bytecode:
            for path in sorted(Path(folder).rglob("*.pyc")):
                bytecode.writestr(path.relative_to(folder).as_posix().removesuffix("c"), path.read_bytes())
