"""Which versions an app gets: uv's answer, with the runtime's own packages preferred."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pyodide_app.toolkit.lock._runtime_packages import PYTHON_PACKAGE, RuntimePackage, write_stub
from pyodide_app.toolkit.lock._uv import Pin, ResolutionError, Workplace


@dataclass(frozen=True, slots=True)
class Instead:
    """What to take in place of a package of the runtime that no source gives.

    Args:
        version: the one to take where nothing speaks against it.
        constraint: a requirement that leaves only versions which run; empty if all do.
    """

    version: str
    constraint: str = ""


class Versions:
    """The versions for an app's requirements in one runtime.

    Args:
        asked: lists of requirements, resolved together.
        own: the runtime's packages.
        wishes: versions of other packages to take where nothing speaks against them, by name.
    """

    def __init__(
        self,
        workplace: Workplace,
        asked: Sequence[Iterable[str]],
        own: Mapping[str, RuntimePackage],
        wishes: Mapping[str, str],
    ) -> None:
        self._workplace = workplace
        self._asked = asked
        self._own = {name: package for name, package in own.items() if package.kind == PYTHON_PACKAGE}
        self._wishes = {name: version for name, version in wishes.items() if name not in self._own}
        self._instead: list[str] = []
        self._stubs: set[str] = set()

    def find(self) -> tuple[dict[str, Pin], ResolutionError | None]:
        """The versions, and the conflict with the runtime's own ones if they could not all be kept.

        Raises:
            ResolutionError: there is no answer.
        """
        while True:
            try:
                try:
                    return self.answer(compiled_fixed=True), None
                except ResolutionError as error:
                    if error.kind != "conflict":
                        raise
                    conflict = error
                return self.answer(compiled_fixed=False), conflict
            except ResolutionError as error:
                self._make_up_for(error)

    def answer(self, *, compiled_fixed: bool, also: Iterable[str] = ()) -> dict[str, Pin]:
        """uv's answer.

        Args:
            compiled_fixed: the runtime's compiled packages have its version, and its pure ones where nothing
                speaks against it; else that goes for all of them.
            also: further constraints.
        """
        packages = self._own.values()
        hard = [one.pin for one in packages if compiled_fixed and not one.pure]
        soft = [one.pin for one in packages if not compiled_fixed or one.pure]
        soft += [f"{name}=={version}" for name, version in self._wishes.items()]
        return self._workplace.resolve(self._asked, hard=[*hard, *self._instead, *also], soft=soft)

    def without(self, package: RuntimePackage, instead: Instead) -> None:
        """Goes on as if the runtime didn't have a package."""
        del self._own[package.name]
        self._wishes[package.name] = instead.version
        if instead.constraint:
            self._instead.append(instead.constraint)

    def _make_up_for(self, error: ResolutionError) -> None:
        """Tells uv of a package that the runtime has and the index hasn't; or the error stands."""
        package = self._own.get(error.package)
        if error.kind not in ("missing", "build") or package is None or package.name in self._stubs:
            raise error
        depends = [name for name in package.depends if name in self._own]
        write_stub(package, depends, self._workplace.stubs)
        self._stubs.add(package.name)
