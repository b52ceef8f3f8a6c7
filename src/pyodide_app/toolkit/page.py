"""What a page is made of: its manifest, and the pyodide-lock.json that its Pyodide gets.

/_pyodide_app/pyodide/<version>/<core file>
/_pyodide_app/files/<sha256>/<file>            packages, the bridge's wheel among them
"""

import json
import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from packaging.utils import canonicalize_name

from pyodide_app.toolkit import bridge_wheel, bytecode, runtimes
from pyodide_app.toolkit._wheels import repack
from pyodide_app.toolkit.app import App
from pyodide_app.toolkit.errors import ToolkitError
from pyodide_app.toolkit.lock import ensure_lock
from pyodide_app.toolkit.lock._file import ANEW, Lock, LockedPackage
from pyodide_app.toolkit.lock._runtime_packages import PYTHON_PACKAGE
from pyodide_app.toolkit.runtimes import LOCK_FILE, STDLIB, Runtime
from pyodide_app.toolkit.store import IndexFile, RuntimeFile, Store, Unavailable, Wanted

RUNTIME_URL = "/_pyodide_app/pyodide/"
FILES_URL = "/_pyodide_app/files/"


@dataclass(frozen=True, slots=True)
class Page:
    """An app with every file that it needs, here in the store.

    Args:
        core: the runtime's own files, by name.
        stdlib: the standard library, as the runtime has it; or with its bytecode, and the bridge in it.
        packages: the locked ones; the bridge's wheel before them, if it is not in the standard library.
        elsewhere: addresses of files that another server has, by sha256; the page takes these from there.
    """

    app: App
    lock: Lock
    runtime: Runtime
    core: Mapping[str, Path]
    stdlib: Path
    packages: tuple[tuple[LockedPackage, Path], ...]
    elsewhere: Mapping[str, str] = field(default_factory=dict)


def prepare(app: App, store: Store) -> Page:
    """Locks the app if needed, and fetches what is missing, all at once.

    Raises:
        ToolkitError: it can't be locked, or files can't be fetched.
    """
    lock = ensure_lock(app, store)
    runtime = runtimes.get(app.pyodide)
    core = [RuntimeFile(runtime, pin.name, pin.sha256) for pin in runtime.core.values()]
    wanted: dict[str, Wanted] = {
        package.name: each for package in lock.packages if (each := _wanted(package, runtime, store))
    }
    try:
        paths = store.fetch([*core, *wanted.values()])
    except Unavailable as error:
        # Locked where the CDN could be reached; from here, other files may do.
        hint = f"{error.hint} `pyodide-app lock` locks what can be had from here."
        raise Unavailable(error.what, hint=hint, files=error.files) from error
    fetched = dict(zip(wanted, paths[len(core) :], strict=True))
    packages = [(package, _path(package, fetched.get(package.name), store)) for package in lock.packages]
    files = dict(zip(runtime.core, paths, strict=False))
    file, data = bridge_wheel.bridge_wheel()
    bridge = _locked_bridge(store.keep(data, file))
    return Page(app, lock, runtime, files, files[STDLIB], (bridge, *packages))


def with_bytecode(page: Page, store: Store) -> Page | None:
    """The page with the bytecode of what every page loads; None until `compile_ahead` has made that."""
    stdlib = bytecode.library_ready(page.core[STDLIB], bridge_archive(store), _recipe(page.runtime), store)
    return replace(page, stdlib=stdlib, packages=page.packages[1:]) if stdlib else None


def bridge_archive(store: Store) -> Path:
    """The bridge as it is put into the standard library."""
    _, data = bridge_wheel.bridge_wheel()
    return store.keep(data, "pyodide_app.zip")


def _recipe(runtime: Runtime) -> bytecode.Recipe:
    return bytecode.Recipe(runtime, sources=True)


def compile_ahead(runtime: Runtime, store: Store) -> None:
    """Compiles what every page of this runtime loads, so that pages start in half the time.

    Raises:
        ToolkitError: it can't be compiled here.
    """
    stdlib = store.core(runtime)[STDLIB]
    bytecode.make_library(stdlib, bridge_archive(store), _recipe(runtime), store)


def _wanted(package: LockedPackage, runtime: Runtime, store: Store) -> Wanted | None:
    """What has to be fetched for a package; nothing for one that is made here and still kept."""
    if package.origin == "runtime":
        return RuntimeFile(runtime, package.file, package.sha256)
    if package.origin == "registry":
        return IndexFile(package.name, package.file, package.sha256)
    if package.origin == "stripped" and not store.kept(package.sha256, package.file):
        file, sha256 = package.source.split(" ")
        return IndexFile(package.name, file, sha256)
    return None


def _path(package: LockedPackage, fetched: Path | None, store: Store) -> Path:
    """Where a package's file lies; a stripped one is made from what was fetched for it."""
    if package.origin == "stripped" and fetched:
        file, data = repack(fetched, strip=True)
        fetched = store.keep(data, file)
    path = fetched or store.kept(package.sha256, package.file)
    if path is None or path.parent.name != package.sha256:
        raise ToolkitError(f"{package.file} could not be made again as the lock has it.", hint=ANEW)
    return path


def _locked_bridge(path: Path) -> tuple[LockedPackage, Path]:
    package = LockedPackage(
        name=bridge_wheel.NAME,
        version=bridge_wheel.bridge_version(),
        file=path.name,
        sha256=path.parent.name,
        origin="local",
        depends=(),
        imports=("pyodide_app",),
        kind=PYTHON_PACKAGE,
        groups=(),
    )
    return package, path


def manifest(page: Page) -> dict[str, Any]:
    """What the page's loader reads first, less what the server holds: `lock`, `files` and `events`."""
    base = f"{RUNTIME_URL}{page.runtime.version}/"
    return {
        "title": page.app.title,
        "entry": page.app.entry.name,
        "pyodide": {
            "version": page.runtime.version,
            "base": base,
            "files": [
                {
                    "name": pin.name,
                    "url": page.elsewhere.get(pin.sha256, base + pin.name),
                    "sha256": pin.sha256,
                    "size": pin.size,
                }
                for pin in page.runtime.core.values()
                if pin.name not in (LOCK_FILE, STDLIB)  # it gets a lock with just the app's packages
            ]
            + [_stdlib(page, base)],
        },
        "packages": [
            {
                "name": package.name,
                "version": package.version,
                "url": page.elsewhere.get(package.sha256, _url(package)),
                "sha256": package.sha256,
                "size": path.stat().st_size,
                "start": not package.groups,
            }
            for package, path in page.packages
        ],
        "on_demand": {
            group: [package.name for package, _ in page.packages if group in package.groups]
            for group in page.app.on_demand
        },
    }


def _stdlib(page: Page, base: str) -> dict[str, Any]:
    if page.stdlib is page.core[STDLIB]:
        url, sha256 = base + STDLIB, page.runtime.core[STDLIB].sha256
    else:
        sha256 = page.stdlib.parent.name
        url = f"{FILES_URL}{sha256}/{STDLIB}"
    return {"name": STDLIB, "url": url, "sha256": sha256, "size": page.stdlib.stat().st_size}


def _url(package: LockedPackage) -> str:
    return f"{FILES_URL}{package.sha256}/{package.file}"


def pyodide_lock(page: Page) -> bytes:
    """A pyodide-lock.json with exactly the page's packages; file names are URLs from the runtime's."""
    official = json.loads(page.core[LOCK_FILE].read_bytes())
    originals = {str(canonicalize_name(name)): entry for name, entry in official["packages"].items()}
    names = {package.name for package, _ in page.packages}
    packages = {}
    for package, _ in page.packages:
        if package.origin == "runtime":
            entry = originals[package.name]
            depends = [name for name in map(canonicalize_name, entry["depends"]) if name in names]
            entry = {**entry, "depends": depends, "sha256": package.sha256}
        else:
            entry = _entry(package)
        packages[package.name] = {
            **entry,
            # Pyodide says under this name that it is loaded; some originals are spelled otherwise (Pillow)
            "name": package.name,
            "file_name": page.elsewhere.get(
                package.sha256, posixpath.relpath(_url(package), f"{RUNTIME_URL}{page.runtime.version}")
            ),
        }
    return json.dumps({"info": official["info"], "packages": packages}, indent=1).encode()


def _entry(package: LockedPackage) -> dict[str, Any]:
    return {
        "name": package.name,
        "version": package.version,
        "install_dir": "site",
        "sha256": package.sha256,
        "package_type": package.kind,
        "shared_library": False,  # 0.26 reads it
        "imports": list(package.imports),
        "depends": [],  # everything in this lock gets loaded by name
        "unvendored_tests": False,
    }
