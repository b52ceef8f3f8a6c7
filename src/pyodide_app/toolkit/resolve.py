"""From requirements to exact files for one runtime.

    requirements ── uv ──> versions ──> a file for each, in this order
                            │            1. the runtime's own package
                            │            2. a pure wheel on the index
                            │            3. a wheel for the runtime's ABI on the index
                            │            4. a pure wheel made here (_registry.STRIPPABLE)
                            │            else: an error that says what was looked for (_problems)
                            └─ first with the runtime's compiled packages as constraints; if that
                               is a conflict, with all of the runtime's versions as mere wishes

What the runtime has but no source can give (no way to the CDN) is treated as if the runtime had it not.
"""

import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Literal

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from pyodide_app.toolkit import _problems
from pyodide_app.toolkit._registry import Registry, best
from pyodide_app.toolkit._runtime_packages import (
    PYTHON_PACKAGE,
    STDLIB,
    RuntimePackage,
    closure,
    runtime_packages,
    write_stub,
)
from pyodide_app.toolkit._uv import IndexWheel, Pin, UvError, Workplace
from pyodide_app.toolkit.local_wheels import LocalWheel
from pyodide_app.toolkit.runtimes import Runtime
from pyodide_app.toolkit.store import RuntimeFile, Store, Unavailable

Origin = Literal["runtime", "registry", "local", "stripped"]


@dataclass(frozen=True, slots=True)
class Resolved:
    """A package and the file it comes from.

    Args:
        file: its name; for a stripped one, that of the wheel it is made from.
        depends: names of other resolved packages.
        imports: its top-level modules where the runtime's lock says them.
        groups: the on-demand groups that need it; none: it is loaded at the start.
    """

    name: str
    version: str
    origin: Origin
    file: str
    sha256: str
    kind: str
    depends: tuple[str, ...]
    imports: tuple[str, ...]
    groups: tuple[str, ...]


def resolve(
    runtime: Runtime,
    store: Store,
    start: Sequence[str],
    groups: Mapping[str, Sequence[str]],
    local: Sequence[LocalWheel],
    wishes: Mapping[str, str],
) -> list[Resolved]:
    """Every package that an app needs, sorted by name.

    Args:
        start: requirements of what is loaded at the start.
        groups: requirements of what is loaded on demand.
        local: wheels of the user's own packages, loaded at the start.
        wishes: versions to take where nothing speaks against them, by name.
    Raises:
        ToolkitError: a package doesn't exist, conflicts, or can't run in the runtime.
    """
    with tempfile.TemporaryDirectory(prefix="pyodide-app-") as folder:
        return _Resolution(runtime, store, Path(folder), start, groups, local, wishes).run()


class _Resolution:
    def __init__(
        self,
        runtime: Runtime,
        store: Store,
        folder: Path,
        start: Sequence[str],
        groups: Mapping[str, Sequence[str]],
        local: Sequence[LocalWheel],
        wishes: Mapping[str, str],
    ) -> None:
        self.runtime = runtime
        self.store = store
        self.workplace = Workplace(folder, runtime.python)
        self.registry = Registry(runtime)
        self.local = {wheel.facts.name: wheel for wheel in local}
        self.all = runtime_packages(store.runtime_lock(runtime))
        self.own = {name: package for name, package in self.all.items() if name not in self.local}
        self.groups = list(groups)
        asked = [start, *groups.values()]
        self.direct = [self._parts_of_runtime(lines) for lines in asked]
        self.asked = [[line for line in lines if not self._is_part(line)] for lines in asked]
        self.asked[0] += [f"{name} @ {wheel.path.as_uri()}" for name, wheel in self.local.items()]
        self.wishes = {name: version for name, version in wishes.items() if name not in self.own}
        self.lost: dict[str, RuntimePackage] = {}  # the runtime's, but not to be had

    def run(self) -> list[Resolved]:
        while True:
            pins, conflict = self._versions()
            runtime_files = self._runtime_files(pins)
            try:
                self.store.fetch(
                    [RuntimeFile(self.runtime, one.file, one.sha256) for one in runtime_files.values()]
                )
            except Unavailable as error:
                self._lose(error, runtime_files, pins)
            else:
                break
        wheels = self._index_wheels(pins, runtime_files)
        missing = [name for name in pins if name not in {*self.local, *runtime_files, *wheels}]
        if missing:
            situation = _problems.Situation(
                self.runtime,
                self.registry,
                self.own,
                self.lost,
                pins,
                conflict,
                lambda also: self._answer(compiled_fixed=False, also=also),
            )
            raise _problems.explain(situation, missing)
        return self._results(pins, runtime_files, wheels)

    def _is_part(self, line: str) -> bool:
        """Whether a requirement names no Python package but another part of the runtime."""
        name = canonicalize_name(Requirement(line).name)
        return name in STDLIB or (name in self.own and self.own[name].kind != PYTHON_PACKAGE)

    def _parts_of_runtime(self, lines: Sequence[str]) -> list[str]:
        names = [canonicalize_name(Requirement(line).name) for line in lines if self._is_part(line)]
        return [name for name in names if name in self.own]

    def _versions(self) -> tuple[dict[str, Pin], UvError | None]:
        """uv's answer, and the conflict with the runtime's own versions if there was one."""
        while True:
            conflict: UvError | None = None
            try:
                try:
                    return self._answer(compiled_fixed=True), None
                except UvError as error:
                    if error.kind != "conflict":
                        raise
                    conflict = error
                return self._answer(compiled_fixed=False), conflict
            except UvError as error:
                self._tell_uv_about(error)

    def _answer(self, *, compiled_fixed: bool, also: Iterable[str] = ()) -> dict[str, Pin]:
        """uv's versions.

        Args:
            compiled_fixed: the runtime's compiled packages have the runtime's version.
            also: further constraints.
        """
        packages = [package for package in self.own.values() if package.kind == PYTHON_PACKAGE]
        hard = [package.pin for package in packages if compiled_fixed and not package.pure]
        soft = [package.pin for package in packages if not (compiled_fixed and not package.pure)]
        soft += [f"{name}=={version}" for name, version in self.wishes.items()]
        return self.workplace.resolve(self.asked, hard=[*hard, *also], soft=soft)

    def _tell_uv_about(self, error: UvError) -> None:
        """Makes up for what the index doesn't have but the runtime does; or the error stands."""
        package = self.own.get(error.package)
        known = package and any(self.workplace.stubs.glob(f"{package.name.replace('-', '_')}-*"))
        if error.kind not in ("missing", "build") or not package or known:
            raise error
        depends = [name for name in package.depends if self.all[name].kind == PYTHON_PACKAGE]
        write_stub(package, depends, self.workplace.stubs)

    def _runtime_files(self, pins: Mapping[str, Pin]) -> dict[str, RuntimePackage]:
        """What comes from the runtime: where versions agree, and what those packages need in turn."""
        agreed = {
            name: self.own[name]
            for name, pin in pins.items()
            if name in self.own and self.own[name].version == pin.version
        }
        edges: dict[str, list[str]] = {}
        for name, package in self.all.items():
            depends = [self.all[one] for one in package.depends if one in self.all]
            if name in agreed or name not in pins:
                edges[name] = [
                    one.name for one in depends if one.name in self.own or one.kind != PYTHON_PACKAGE
                ]
            else:  # another build of it: linked to no library, but its imports of the standard library stay
                edges[name] = [one.name for one in depends if one.kind == "cpython_module"]
        wanted = closure(
            [*(name for name in pins if name in self.all), *chain.from_iterable(self.direct)], edges
        )
        return {name: self.all[name] for name in sorted(wanted) if name in agreed or name not in pins}

    def _lose(self, error: Unavailable, files: Mapping[str, RuntimePackage], pins: Mapping[str, Pin]) -> None:
        """Goes on without packages that no source has, if the index has them."""
        gone = [package for package in files.values() if package.file in error.files]
        for package in gone:
            usable = self.registry.usable(package.name) if package.name in pins else []
            if not usable:
                raise _problems.needs_cdn(self.runtime, package, error)
            version = Version(package.version)
            newer = [one for one in usable if one >= version]
            self.wishes[package.name] = str(newer[-1] if newer else usable[0])
            self.lost[package.name] = self.own.pop(package.name)

    def _index_wheels(
        self, pins: Mapping[str, Pin], runtime_files: Mapping[str, RuntimePackage]
    ) -> dict[str, tuple[Origin, IndexWheel]]:
        wanted = [pin for name, pin in pins.items() if name not in runtime_files and name not in self.local]
        listed = self.workplace.wheels(wanted) if wanted else {}
        chosen: dict[str, tuple[Origin, IndexWheel]] = {}
        for pin in wanted:
            if wheel := best(self.runtime, listed.get(pin.name, [])):
                chosen[pin.name] = "registry", wheel
            elif wheel := self.registry.to_strip(pin.name, pin.version):
                chosen[pin.name] = "stripped", wheel
        return chosen

    def _results(
        self,
        pins: Mapping[str, Pin],
        runtime_files: Mapping[str, RuntimePackage],
        wheels: Mapping[str, tuple[Origin, IndexWheel]],
    ) -> list[Resolved]:
        names = {*pins, *runtime_files}
        edges: dict[str, set[str]] = {name: set() for name in names}
        for pin in pins.values():
            for parent in names.intersection(pin.parents):
                edges[parent].add(pin.name)
        for name in names & set(self.all):
            edges[name] |= names.intersection(self.all[name].depends)
        roots = [
            {*direct, *(pin.name for pin in pins.values() if number in pin.asked_in)}
            for number, direct in enumerate(self.direct)
        ]
        start, *on_demand = [closure(root, edges) for root in roots]
        results = []
        for name in sorted(names):
            origin, version, file, sha256 = self._file(name, pins, runtime_files, wheels)
            package = runtime_files.get(name)
            results.append(
                Resolved(
                    name,
                    version,
                    origin,
                    file,
                    sha256,
                    kind=package.kind if package else PYTHON_PACKAGE,
                    depends=tuple(sorted(edges[name] - {name})),
                    imports=package.imports if package else (),
                    groups=()
                    if name in start
                    else tuple(
                        group for group, names in zip(self.groups, on_demand, strict=True) if name in names
                    ),
                )
            )
        return results

    def _file(
        self,
        name: str,
        pins: Mapping[str, Pin],
        runtime_files: Mapping[str, RuntimePackage],
        wheels: Mapping[str, tuple[Origin, IndexWheel]],
    ) -> tuple[Origin, str, str, str]:
        """Origin, version, file name and hash."""
        if wheel := self.local.get(name):
            return "local", wheel.facts.version, wheel.path.name, wheel.sha256
        if package := runtime_files.get(name):
            return "runtime", package.version, package.file, package.sha256
        origin, found = wheels[name]
        return origin, pins[name].version, found.file, found.sha256
