"""Files to fetch, by where they belong, and the error for those that are nowhere."""

from collections.abc import Iterable
from dataclasses import dataclass

from pyodide_app.toolkit.errors import ToolkitError
from pyodide_app.toolkit.runtimes import Runtime


@dataclass(frozen=True, slots=True)
class RuntimeFile:
    """A file of a runtime's folder: of its core, or a package that its lock names."""

    runtime: Runtime
    file: str
    sha256: str

    @property
    def size(self) -> int | None:
        """In bytes, where it is pinned."""
        pin = self.runtime.core.get(self.file)
        return pin.size if pin else None

    @property
    def owner(self) -> str:
        return f"Pyodide {self.runtime.version}"


@dataclass(frozen=True, slots=True)
class IndexFile:
    """A wheel of a project on the package index."""

    project: str
    file: str
    sha256: str

    @property
    def size(self) -> int | None:
        return None

    @property
    def owner(self) -> str:
        return f"project {self.project}"


Wanted = RuntimeFile | IndexFile


class Unavailable(ToolkitError):
    """Files that no source has: each answered that it hasn't, or can't be reached, and at least one answered.

    Args:
        files: their names.
    """

    def __init__(self, what: str, *, hint: str, files: tuple[str, ...]) -> None:
        super().__init__(what, hint=hint)
        self.files = files


def by_owner(wanted: Iterable[Wanted]) -> list[str]:
    """The files in words, one line for each owner: "a.whl, b.whl of Pyodide 0.29.0"."""
    names: dict[str, list[str]] = {}
    for each in wanted:
        names.setdefault(each.owner, []).append(each.file)
    return [f"{', '.join(files)} of {owner}" for owner, files in names.items()]
