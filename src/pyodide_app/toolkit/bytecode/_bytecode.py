"""Archives with their bytecode: what has been made, and making it."""

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Literal

from pyodide_app.toolkit._wheels import EPOCH, pack
from pyodide_app.toolkit.bytecode._compile import compile_archive
from pyodide_app.toolkit.bytecode._node import find_node
from pyodide_app.toolkit.runtimes import STDLIB, Runtime
from pyodide_app.toolkit.store import Store

_FORMAT = 2  # of what is made here: another one makes everything anew


@dataclass(frozen=True, slots=True)
class Recipe:
    """How archives are compiled.

    Args:
        runtime: which compiles them, and will load them.
        sources: leave the sources in, so that tracebacks show their lines.
        optimize: 2 drops assertions and docstrings, like `python -OO`.
    """

    runtime: Runtime
    sources: bool
    optimize: Literal[0, 2] = 0

    def key(self, archive: Path) -> str:
        """What the outcome for this archive is kept under."""
        digest = hashlib.sha256(archive.read_bytes()).hexdigest()
        parts = [_FORMAT, archive.name, digest, self.runtime.version, self.sources, self.optimize]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def ready(archive: Path, recipe: Recipe, store: Store) -> Path | None:
    """Where the archive with its bytecode lies, if it has been made already."""
    return store.made(recipe.key(archive), archive.name)


def make(archive: Path, recipe: Recipe, store: Store) -> Path:
    """Where the archive, a python_stdlib.zip or a wheel, lies with its bytecode; made if need be.

    Raises:
        ToolkitError: there is no Node, or it failed.
    """
    key = recipe.key(archive)
    with store.making(key):
        if path := store.made(key, archive.name):
            return path
        core = store.core(recipe.runtime)
        stdlib = ready(core[STDLIB], recipe, store) or core[STDLIB]
        bytecode = compile_archive(find_node(store), core, stdlib, archive, optimize=recipe.optimize)
        return store.keep_made(key, _joined(archive, bytecode, recipe), archive.name)


def library_ready(stdlib: Path, added: Path, recipe: Recipe, store: Store) -> Path | None:
    """Where what `make_library` makes lies, if it has been made already."""
    return store.made(_library_key(stdlib, added, recipe), stdlib.name)


def make_library(stdlib: Path, added: Path, recipe: Recipe, store: Store) -> Path:
    """Where a standard library lies that has another archive in it, both with bytecode; made if need be.

    To import from there takes no unpacking.

    Raises:
        ToolkitError: as for `make`.
    """
    key = _library_key(stdlib, added, recipe)
    with store.making(key):
        if path := store.made(key, stdlib.name):
            return path
        # One by one: the second is compiled with the first.
        parts = [make(archive, recipe, store) for archive in (stdlib, added)]
        return store.keep_made(key, _appended(*parts), stdlib.name)


def _library_key(stdlib: Path, added: Path, recipe: Recipe) -> str:
    return hashlib.sha256(f"{recipe.key(stdlib)} with {recipe.key(added)}".encode()).hexdigest()


def _appended(stdlib: Path, added: Path) -> bytes:
    out = io.BytesIO(stdlib.read_bytes())
    with zipfile.ZipFile(out, "a") as library, zipfile.ZipFile(added) as content:
        for info in content.infolist():
            library.writestr(info, content.read(info), info.compress_type)
    return out.getvalue()


def _joined(archive: Path, bytecode: Mapping[str, bytes], recipe: Recipe) -> bytes:
    with zipfile.ZipFile(archive) as content:
        files = {info.filename: content.read(info) for info in content.infolist() if not info.is_dir()}
    for source, code in bytecode.items():
        if not recipe.sources:
            del files[source]
        files[_place(source, archive, recipe)] = code
    if archive.suffix == ".whl":
        dist_info = next(name.split("/")[0] for name in files if name.endswith(".dist-info/METADATA"))
        return pack(files, dist_info)
    return _zip(files)


def _place(source: str, archive: Path, recipe: Recipe) -> str:
    """Where Python looks for a module's bytecode: in zip files and without its source, beside it."""
    if archive.suffix != ".whl" or not recipe.sources:
        return f"{source}c"
    path = PurePosixPath(source)
    major, minor = recipe.runtime.python.split(".")[:2]
    return str(path.parent / "__pycache__" / f"{path.stem}.cpython-{major}{minor}.pyc")


def _zip(files: Mapping[str, bytes]) -> bytes:
    """Bytecode is stored, to be read quickly; sources are read for tracebacks only."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in sorted(files.items()):
            rare = name.endswith(".py")
            archive.writestr(
                zipfile.ZipInfo(name, EPOCH), data, zipfile.ZIP_DEFLATED if rare else zipfile.ZIP_STORED
            )
    return out.getvalue()
