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
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import Literal

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from pyodide_app.toolkit.lock import _problems
from pyodide_app.toolkit.lock._local_wheels import LocalWheel
from pyodide_app.toolkit.lock._registry import STRIPPABLE, Registry, best
from pyodide_app.toolkit.lock._runtime_packages import (
    PYTHON_PACKAGE,
    STDLIB,
    RuntimePackage,
    closure,
    runtime_packages,
)
from pyodide_app.toolkit.lock._uv import IndexWheel, Pin, Workplace
from pyodide_app.toolkit.lock._versions import Instead, Versions
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
    kind: str = PYTHON_PACKAGE
    depends: tuple[str, ...] = ()
    imports: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()


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
    packages = runtime_packages(store.runtime_lock(runtime))
    asked = [_Asked.of(lines, packages) for lines in (start, *groups.values())]
    asked[0].lines.extend(f"{wheel.facts.name} @ {wheel.path.as_uri()}" for wheel in local)
    with tempfile.TemporaryDirectory(prefix="pyodide-app-") as folder:
        workplace = Workplace(Path(folder), runtime.python)
        choice = _Files(runtime, workplace, packages, local, asked)
        versions = Versions(workplace, [one.lines for one in asked], choice.own, wishes)
        pins = _settle(choice, versions, store)
        return choice.results(pins, list(groups))


@dataclass(frozen=True, slots=True)
class _Asked:
    """A list of requirements: what uv resolves, and the runtime's parts that are no Python packages."""

    lines: list[str] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, lines: Sequence[str], packages: Mapping[str, RuntimePackage]) -> "_Asked":
        asked = cls()
        for line in lines:
            name = canonicalize_name(Requirement(line).name)
            if name in packages and packages[name].kind != PYTHON_PACKAGE:
                asked.parts.append(name)
            elif name not in STDLIB:
                asked.lines.append(line)
        return asked


def _settle(choice: "_Files", versions: Versions, store: Store) -> dict[str, Pin]:
    """Versions for all of which there is a file; the runtime's files are in the store then."""
    while True:
        pins, conflict = versions.find()
        own = choice.from_runtime(pins)
        try:
            store.fetch([RuntimeFile(choice.runtime, one.file, one.sha256) for one in own.values()])
            break
        except Unavailable as error:
            gone = [package for package in own.values() if package.file in error.files]
            nowhere = []
            for package in gone:
                instead = choice.instead_of(package) if package.name in pins else None
                if instead is None:
                    nowhere.append(package)
                else:
                    versions.without(package, instead)
                    choice.lost[package.name] = choice.own.pop(package.name)
            if nowhere:
                raise _problems.needs_cdn(choice.runtime, nowhere, error) from error
    if missing := choice.missing(pins):
        situation = _problems.Situation(
            runtime=choice.runtime,
            registry=choice.registry,
            own=choice.own,
            lost=choice.lost,
            pins=pins,
            conflict=conflict,
            answer=lambda also: versions.answer(compiled_fixed=False, also=also),
            missing=choice.missing,
        )
        raise _problems.explain(situation, missing)
    return pins


class _Files:
    """Chooses a file for each version.

    `own` are the runtime's packages that can be had, `lost` those that no source gives.
    """

    def __init__(
        self,
        runtime: Runtime,
        workplace: Workplace,
        packages: Mapping[str, RuntimePackage],
        local: Sequence[LocalWheel],
        asked: Sequence[_Asked],
    ) -> None:
        self.runtime = runtime
        self.registry = Registry(runtime)
        self.lost: dict[str, RuntimePackage] = {}
        self._workplace = workplace
        self._packages = packages
        self._local = {wheel.facts.name: wheel for wheel in local}
        self._asked = asked
        self.own = {name: package for name, package in packages.items() if name not in self._local}

    def from_runtime(self, pins: Mapping[str, Pin]) -> dict[str, RuntimePackage]:
        """What comes from the runtime: where versions agree, and all that those packages need in turn."""
        edges: dict[str, list[str]] = {}
        for name, package in self._packages.items():
            needs = [self._packages[one] for one in package.depends if one in self._packages]
            if name in pins and not self._is_own(name, pins):
                # Another build of it is linked to no library, but imports the same of the standard library.
                needs = [one for one in needs if one.kind == "cpython_module"]
            edges[name] = [one.name for one in needs if one.name in self.own]
        asked = chain.from_iterable(one.parts for one in self._asked)
        wanted = closure([*asked, *(name for name in pins if name in self._packages)], edges)
        return {
            name: self._packages[name]
            for name in sorted(wanted)
            if name not in pins or self._is_own(name, pins)
        }

    def _is_own(self, name: str, pins: Mapping[str, Pin]) -> bool:
        return name in self.own and self.own[name].version == pins[name].version

    def instead_of(self, package: RuntimePackage) -> Instead | None:
        """The versions on the index that can stand in for a package of the runtime, the nearest preferred."""
        if package.pure or package.name in STRIPPABLE:
            return Instead(package.version)  # needs no look: what is pure there is pure on the index
        own = Version(package.version)
        # Another major version that is older is another package, or a placeholder.
        usable = [one for one in self.registry.usable(package.name) if one >= own or one.major == own.major]
        if not usable:
            return None
        nearest = next((one for one in reversed(usable) if one >= own), usable[0])
        others = [
            one for one in self.registry.versions(package.name) if one > usable[-1] and one not in usable
        ]
        limits = [f">={usable[-1]}", *(f"!={one}" for one in others)]
        return Instead(str(nearest), f"{package.name}{','.join(limits)}")

    def from_index(self, pins: Mapping[str, Pin]) -> dict[str, tuple[Origin, IndexWheel]]:
        """A wheel on the index for each version that is neither the runtime's nor local, if there is one."""
        wanted = [
            pin for name, pin in pins.items() if name not in self._local and not self._is_own(name, pins)
        ]
        listed = self._workplace.wheels(wanted) if wanted else {}
        chosen: dict[str, tuple[Origin, IndexWheel]] = {}
        for pin in wanted:
            if wheel := best(self.runtime, listed.get(pin.name, [])):
                chosen[pin.name] = "registry", wheel
            elif wheel := self.registry.to_strip(pin.name, pin.version):
                chosen[pin.name] = "stripped", wheel
        return chosen

    def missing(self, pins: Mapping[str, Pin]) -> list[str]:
        """The packages that have no file."""
        found = {*self._local, *self.from_runtime(pins), *self.from_index(pins)}
        return [name for name in pins if name not in found]

    def results(self, pins: Mapping[str, Pin], groups: Sequence[str]) -> list[Resolved]:
        """All packages with their files, sorted by name."""
        found = [
            *(
                Resolved(
                    one.name, one.version, "runtime", one.file, one.sha256, one.kind, imports=one.imports
                )
                for one in self.from_runtime(pins).values()
            ),
            *(
                Resolved(name, pins[name].version, origin, wheel.file, wheel.sha256)
                for name, (origin, wheel) in self.from_index(pins).items()
            ),
            *(
                Resolved(name, wheel.facts.version, "local", wheel.path.name, wheel.sha256)
                for name, wheel in self._local.items()
            ),
        ]
        edges = self._edges(pins, {one.name for one in found})
        start, *on_demand = [
            closure([*asked.parts, *(name for name, pin in pins.items() if number in pin.asked_in)], edges)
            for number, asked in enumerate(self._asked)
        ]
        needing = {
            one.name: [group for group, names in zip(groups, on_demand, strict=True) if one.name in names]
            for one in found
            if one.name not in start
        }
        return [
            replace(one, depends=tuple(sorted(edges[one.name])), groups=tuple(needing.get(one.name, ())))
            for one in sorted(found, key=lambda one: one.name)
        ]

    def _edges(self, pins: Mapping[str, Pin], names: set[str]) -> dict[str, set[str]]:
        """What each package needs, as uv and the runtime's lock say."""
        edges: dict[str, set[str]] = {
            name: names.intersection(self._packages[name].depends) if name in self._packages else set()
            for name in names
        }
        for pin in pins.values():
            for parent in names.intersection(pin.parents):
                edges[parent].add(pin.name)
        return {name: needs - {name} for name, needs in edges.items()}
