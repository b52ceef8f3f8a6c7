"""The package index as a list of files: which versions of a project could run in a runtime."""

from collections.abc import Mapping, Sequence
from functools import cache

from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.version import InvalidVersion, Version
from pypi_simple import DistributionPackage

from pyodide_app.toolkit._wheels import rank
from pyodide_app.toolkit.errors import ToolkitError
from pyodide_app.toolkit.lock._uv import IndexWheel
from pyodide_app.toolkit.runtimes import Runtime
from pyodide_app.toolkit.store._network import SourceError
from pyodide_app.toolkit.store._sources import Web

# Packages that work without their extension module and have no pure wheel: theirs is made here.
STRIPPABLE = frozenset({"markupsafe", "pyyaml"})


class Registry:
    """The wheels on the index, for one runtime; each project's page is read once."""

    def __init__(self, runtime: Runtime) -> None:
        self.runtime = runtime
        self._wheels = cache(self._read)

    def versions(self, project: str) -> list[Version]:
        """Every version with wheels, newest first."""
        return sorted(self._wheels(project), reverse=True)

    def usable(self, project: str) -> list[Version]:
        """The versions that could run in the runtime, newest first."""
        return [
            version
            for version in self.versions(project)
            if best(self.runtime, self._wheels(project)[version]) or self.to_strip(project, str(version))
        ]

    def to_strip(self, project: str, version: str) -> IndexWheel | None:
        """The wheel that a pure one can be made from by leaving out its extension modules."""
        if project not in STRIPPABLE:
            return None
        tag = "-cp" + "".join(self.runtime.python.split(".")[:2]) + "-"
        wheels = self._wheels(project).get(Version(version), [])
        # Which one matters little; that it is always the same one does.
        return min(
            wheels,
            key=lambda wheel: (tag not in wheel.file, "linux" not in wheel.file, wheel.file),
            default=None,
        )

    def _read(self, project: str) -> Mapping[Version, list[IndexWheel]]:
        with Web() as web:
            try:
                packages = web.project(project)
            except SourceError as error:
                if error.lacks_it:
                    return {}
                raise ToolkitError(
                    f"The package index can't be asked about {project}: {error.reason}.",
                    hint="Check the network, then run the command again.",
                ) from error
        wheels: dict[Version, list[IndexWheel]] = {}
        for package in packages.values():
            if version := _wheel_version(package, self.runtime.python):
                wheels.setdefault(version, []).append(IndexWheel(package.filename, package.digests["sha256"]))
        return wheels


def best(runtime: Runtime, wheels: Sequence[IndexWheel]) -> IndexWheel | None:
    """The wheel to take: a pure one, else the best for the runtime's ABI; None if none runs there."""
    fitting = [
        (place, wheel.file, wheel) for wheel in wheels if (place := rank(runtime, wheel.file)) is not None
    ]
    return min(fitting, key=lambda each: each[:2])[2] if fitting else None


def _wheel_version(package: DistributionPackage, python: str) -> Version | None:
    """The version that a file is a wheel of, if the Python may use it."""
    if package.package_type != "wheel" or package.is_yanked or "sha256" not in package.digests:
        return None
    try:
        if not SpecifierSet(package.requires_python or "").contains(python, prereleases=True):
            return None
        return Version(package.version or "")
    except (InvalidSpecifier, InvalidVersion):
        return None
