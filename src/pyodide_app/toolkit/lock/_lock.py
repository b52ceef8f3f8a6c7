"""An app's lock: exact files with their hashes, in main.lock.json beside main.py.

    {"format": 1,
     "pyodide": "314.0.3",
     "inputs": sha256 of all that was asked for: when the app asks for something else, it is locked anew,
     "packages": [...],
     "integrity": sha256 of the rest: a lock that was edited by hand is refused}

With a runtime that the metadata do not name, the lock lies in the store: <root>/locks/<inputs>.json.
"""

import os
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from rich.console import Console

from pyodide_app.toolkit import runtimes
from pyodide_app.toolkit._wheels import read_facts, repack
from pyodide_app.toolkit._write import write_whole
from pyodide_app.toolkit.app import App
from pyodide_app.toolkit.app._pep723 import read_metadata
from pyodide_app.toolkit.errors import ToolkitError, shown
from pyodide_app.toolkit.lock._file import Lock, LockedPackage, digest, parse, serialise
from pyodide_app.toolkit.lock._local_wheels import LocalWheel, build_local
from pyodide_app.toolkit.lock._resolve import Resolved, resolve
from pyodide_app.toolkit.lock._uv import ResolutionError
from pyodide_app.toolkit.store import IndexFile, Store

__all__ = ["Lock", "LockedPackage", "ensure_lock", "load_lock", "lock", "lock_path"]


def lock_path(app: App) -> Path:
    """Where the lock of an app lies."""
    return app.entry.with_name(f"{app.entry.stem}.lock.json")


def load_lock(app: App) -> Lock | None:
    """The lock beside the app, whether up to date or not; None if there is none.

    Raises:
        ToolkitError: it was edited, or is of another format.
    """
    return parse(lock_path(app))


def lock(app: App, store: Store, *, upgrade: bool = False) -> Lock:
    """Resolves the app's dependencies and writes its lock.

    Args:
        upgrade: take the newest versions; else those of the present lock where they still fit.
    Raises:
        ToolkitError: they can't be resolved, or there is no network.
    """
    local = _build_all(app, store)
    inputs = _inputs(app, local)
    present = None
    if not upgrade:
        try:
            present = parse(_place(app, store, inputs))
        except ToolkitError:
            present = None  # it is about to be replaced, as the user asked
    return _lock(app, store, local, present)


def ensure_lock(app: App, store: Store) -> Lock:
    """The app's lock, made or brought up to date if needed; an app without dependencies needs no file.

    Raises:
        ToolkitError: the lock was edited; or it must be made and there is no network or no answer.
    """
    local = _build_all(app, store)
    inputs = _inputs(app, local)
    present = parse(_place(app, store, inputs))
    if present and present.inputs == inputs:
        return _with_wheels(app, store, present, local)
    if present is None and not (app.dependencies or app.on_demand or local):
        return Lock(app.pyodide, inputs, ())
    if store.offline:
        raise ToolkitError(_why_offline(app, present), hint="Run `pyodide-app lock` with a network.")
    if present:
        why = (
            f"was made for Pyodide {present.pyodide}, and the app now asks for {app.pyodide}"
            if present.pyodide != app.pyodide
            else "is older than what the app asks for now"
        )
        Console(stderr=True, highlight=False, soft_wrap=True).print(
            f"{lock_path(app).name} {why}: locking again"
        )
    return _lock(app, store, local, present)


def _why_offline(app: App, present: Lock | None) -> str:
    if present is None:
        return f"{shown(app.entry)} has dependencies and no lock, and offline none can be made."
    if present.pyodide != app.pyodide:
        why = f"was made for Pyodide {present.pyodide}, and the app asks for {app.pyodide}"
    else:
        why = "is older than what the app asks for now"
    return f"{shown(lock_path(app))} {why}; offline it can't be locked again."


def _build_all(app: App, store: Store) -> list[LocalWheel]:
    wheels = [build_local(folder, store) for folder in app.local_packages]
    names = [wheel.facts.name for wheel in wheels]
    for name in names:
        if names.count(name) > 1:
            folders = ", ".join(shown(wheel.folder) for wheel in wheels if wheel.facts.name == name)
            raise ToolkitError(
                f"Two local packages of {shown(app.entry)} are both named {name}: {folders}.",
                hint="Keep one of them in `local-packages`.",
            )
    return wheels


def _inputs(app: App, local: Sequence[LocalWheel]) -> str:
    return digest(
        {
            "pyodide": app.pyodide,
            "dependencies": sorted(app.dependencies),
            "on-demand": {group: sorted(lines) for group, lines in app.on_demand.items()},
            "local": sorted(
                [one.facts.name, one.facts.version, one.facts.requires_python, *one.facts.requires]
                for one in local
            ),
        }
    )


def _place(app: App, store: Store, inputs: str) -> Path:
    return store.root / "locks" / f"{inputs}.json" if app.overridden else lock_path(app)


def _lock(app: App, store: Store, local: Sequence[LocalWheel], present: Lock | None) -> Lock:
    if store.offline:
        raise ToolkitError(
            f"{shown(app.entry)} can't be locked offline.", hint="Run it again with a network."
        )
    wishes = {one.name: one.version for one in present.packages if one.origin != "local"} if present else {}
    try:
        resolved = resolve(runtimes.get(app.pyodide), store, app.dependencies, app.on_demand, local, wishes)
    except ResolutionError as error:
        raise ToolkitError(f"{_place_asking(app, error.package)}: {error.what}", hint=error.hint) from error
    inputs = _inputs(app, local)
    made = Lock(app.pyodide, inputs, tuple(_locked(app, store, resolved, local)))
    write_whole(_place(app, store, inputs), serialise(made))
    return made


def _place_asking(app: App, package: str) -> str:
    """The app's file, with the line that asks for a package if there is one."""
    for line in (*app.dependencies, *chain.from_iterable(app.on_demand.values())):
        if canonicalize_name(Requirement(line).name) == package:
            return f"{shown(app.entry)}:{read_metadata(app.entry).line_of_text(line)}"
    return shown(app.entry)


def _locked(
    app: App, store: Store, resolved: Sequence[Resolved], local: Sequence[LocalWheel]
) -> list[LockedPackage]:
    from_index = [one for one in resolved if one.origin in ("registry", "stripped")]
    paths = store.fetch([IndexFile(one.name, one.file, one.sha256) for one in from_index])
    fetched = {one.name: path for one, path in zip(from_index, paths, strict=True)}
    built = {wheel.facts.name: wheel for wheel in local}
    packages = []
    for one in resolved:
        package = LockedPackage(
            one.name,
            one.version,
            one.file,
            one.sha256,
            one.origin,
            one.depends,
            one.imports,
            one.kind,
            one.groups,
        )
        if one.origin == "local":
            package = _as_built(app, package, built[one.name])
        elif one.origin == "registry":
            package = replace(package, imports=read_facts(fetched[one.name]).imports)
        elif one.origin == "stripped":
            file, data = repack(fetched[one.name], strip=True)
            path = store.keep(data, file)
            package = replace(
                package,
                file=file,
                sha256=path.parent.name,
                imports=read_facts(path).imports,
                source=f"{one.file} {one.sha256}",
            )
        packages.append(package)
    return packages


def _as_built(app: App, package: LockedPackage, wheel: LocalWheel) -> LockedPackage:
    folder = Path(os.path.relpath(wheel.folder, app.root)).as_posix()
    return replace(
        package, file=wheel.path.name, sha256=wheel.sha256, imports=wheel.facts.imports, source=folder
    )


def _with_wheels(app: App, store: Store, present: Lock, local: Sequence[LocalWheel]) -> Lock:
    """The lock with the local packages as their sources are now, written if that changes it.

    Where the user may not write, as in an installed book, it is only used: there is nothing to lose.
    """
    built = {wheel.facts.name: wheel for wheel in local}
    packages = tuple(
        _as_built(app, one, built[one.name]) if one.origin == "local" else one for one in present.packages
    )
    current = replace(present, packages=packages)
    place = _place(app, store, current.inputs)
    if current != present and os.access(place.parent, os.W_OK):
        write_whole(place, serialise(current))
    return current
