"""The runtime store: Pyodide's files and an app's packages on this machine, each trusted by its hash.

    <root>/runtimes/<version>/<core file>
    <root>/files/<sha256>/<file name>      packages
    <root>/incoming/                       what is being fetched (see _keeping)

A file is verified before it is kept, and again whenever the store hands it out.
"""

import hashlib
import json
import os
import re
import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from platformdirs import user_cache_path

from pyodide_app.toolkit import _keeping
from pyodide_app.toolkit._network import SourceError
from pyodide_app.toolkit._parallel import each_in_threads
from pyodide_app.toolkit._progress import FetchDisplay, FileDisplay
from pyodide_app.toolkit._sources import CarrierWheel, CdnFolder, IndexProject, Source, Web
from pyodide_app.toolkit.errors import ToolkitError
from pyodide_app.toolkit.runtimes import LOCK_FILE, Runtime

CDN = "https://cdn.jsdelivr.net/pyodide/"


@dataclass(frozen=True, slots=True)
class RuntimeFile:
    """A file of a runtime's folder: of its core, or a package that its lock names."""

    runtime: Runtime
    file: str
    sha256: str

    @property
    def size(self) -> int | None:
        pin = self.runtime.core.get(self.file)
        return pin.size if pin else None

    @property
    def of(self) -> str:
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
    def of(self) -> str:
        return f"project {self.project}"


Wanted = RuntimeFile | IndexFile


class Unavailable(ToolkitError):
    """No source that answered has these files, and none failed in another way than not being reachable.

    Args:
        files: their names.
    """

    def __init__(self, what: str, *, hint: str, files: tuple[str, ...]) -> None:
        super().__init__(what, hint=hint)
        self.files = files


class _StoppedError(Exception):
    """Another file failed in a way that ends the fetch."""


class _NotFetchedError(Exception):
    """One file, and what each source said."""

    def __init__(self, wanted: Wanted, failures: Sequence[tuple[Source, SourceError]]) -> None:
        super().__init__(wanted.file)
        self.wanted = wanted
        self.reasons = tuple(f"{source.label}: {failure.reason}" for source, failure in failures)
        self.is_nowhere = any(f.lacks_it for _, f in failures) and all(
            f.lacks_it or f.unreachable for _, f in failures
        )


class Store:
    """The files on this machine, fetched when they are first asked for.

    Args:
        root: its folder; else what PYODIDE_APP_CACHE names, else where the platform keeps caches.
        offline: never touch the network.
        quiet: show no progress.
        cdn: a mirror of the Pyodide CDN, laid out alike; else what PYODIDE_APP_CDN names.
    """

    def __init__(
        self, root: Path | None = None, *, offline: bool = False, quiet: bool = False, cdn: str | None = None
    ) -> None:
        named = os.environ.get("PYODIDE_APP_CACHE")
        self.root = (root or (Path(named) if named else user_cache_path("pyodide-app"))).absolute()
        self.offline = offline
        self._quiet = quiet
        self._cdn = (cdn or os.environ.get("PYODIDE_APP_CDN") or CDN).rstrip("/")
        self._incoming = self.root / "incoming"

    def core(self, runtime: Runtime) -> Mapping[str, Path]:
        """The runtime's own files, by name."""
        paths = self.fetch([RuntimeFile(runtime, pin.name, pin.sha256) for pin in runtime.core.values()])
        return dict(zip(runtime.core, paths, strict=True))

    def runtime_lock(self, runtime: Runtime) -> dict[str, Any]:
        """The runtime's pyodide-lock.json, which pins its packages."""
        [path] = self.fetch([RuntimeFile(runtime, LOCK_FILE, runtime.core[LOCK_FILE].sha256)])
        lock: dict[str, Any] = json.loads(path.read_bytes())
        return lock

    def runtime_package(self, runtime: Runtime, file: str, sha256: str) -> Path:
        """A file that the runtime's lock names.

        Raises:
            Unavailable: it is on no source that can be reached.
        """
        return self.fetch([RuntimeFile(runtime, file, sha256)])[0]

    def wheel(self, project: str, file: str, sha256: str) -> Path:
        """A wheel from the package index."""
        return self.fetch([IndexFile(project, file, sha256)])[0]

    def fetch(self, wanted: Sequence[Wanted]) -> list[Path]:
        """Where each file lies; those not here yet are fetched, in parallel and with one display.

        Raises:
            Unavailable: files are on no source that can be reached.
            ToolkitError: files could not be fetched or kept. Those that could are there for the next run.
        """
        places = {each: self._place(each) for each in wanted}
        missing = [
            each for each, path in places.items() if not _keeping.is_right(path, each.sha256, each.size)
        ]
        if missing:
            if self.offline:
                raise self._missing_offline(missing)
            self._fetch_missing({each: places[each] for each in missing})
        return [places[each] for each in wanted]

    def keep(self, data: bytes, file: str) -> Path:
        """Keep bytes that were made here, such as a built wheel, under their hash."""
        sha256 = hashlib.sha256(data).hexdigest()
        path = self._by_hash(sha256, file)
        with _keeping.held(self._incoming, sha256, still_wanted=lambda: None):
            if not _keeping.is_right(path, sha256, len(data)):
                _keeping.receive(
                    [data], path, self._incoming, sha256=sha256, size=len(data), arrived=lambda _: None
                )
        return path

    def kept(self, sha256: str, file: str) -> Path | None:
        """Where a file lies, if it is here and unchanged."""
        path = self._by_hash(sha256, file)
        return path if _keeping.is_right(path, sha256, None) else None

    def _place(self, wanted: Wanted) -> Path:
        if isinstance(wanted, RuntimeFile) and wanted.file in wanted.runtime.core:
            return self.root / "runtimes" / wanted.runtime.version / wanted.file
        return self._by_hash(wanted.sha256, wanted.file)

    def _by_hash(self, sha256: str, file: str) -> Path:
        if (
            not re.fullmatch("[0-9a-f]{64}", sha256)
            or not re.fullmatch(r"[^/\\\0:]+", file)
            or file in (".", "..")
        ):
            raise ToolkitError(
                f"{file!r} with sha256 {sha256!r} is not a file that can be kept.",
                hint="The lock that names it is broken: remove it and run `pyodide-app lock`.",
            )
        return self.root / "files" / sha256 / file

    def _sources(self, wanted: Wanted, web: Web) -> list[Source]:
        """Where to look, first to last."""
        if isinstance(wanted, IndexFile):
            return [IndexProject(web, wanted.project, wanted.sha256)]
        runtime = wanted.runtime
        carriers = (CarrierWheel(web, carrier) for carrier in runtime.carriers)
        return [CdnFolder(web, f"{self._cdn}/v{runtime.version}/full/"), *carriers]

    def _fetch_missing(self, places: Mapping[Wanted, Path]) -> None:
        _keeping.clear_leftovers(self._incoming)
        stop = threading.Event()
        failed: list[_NotFetchedError] = []
        broken: list[Exception] = []
        with Web() as web, FetchDisplay(len(places), quiet=self._quiet) as display:

            def one(wanted: Wanted) -> None:
                self._fetch_one(wanted, places[wanted], web, display.file(wanted.file), stop)

            try:
                for error in each_in_threads(one, list(places)):
                    if isinstance(error, _NotFetchedError):
                        failed.append(error)
                    elif error is not None:
                        broken.append(error)
                        stop.set()
            finally:
                stop.set()
        if broken:
            raise broken[0]
        if failed:
            raise _failure(failed)

    def _fetch_one(
        self, wanted: Wanted, path: Path, web: Web, row: FileDisplay, stop: threading.Event
    ) -> None:
        def go_on() -> None:
            if stop.is_set():
                raise _StoppedError

        def arrived(count: int) -> None:
            go_on()
            row.arrived(count)

        go_on()
        with _keeping.held(self._incoming, wanted.sha256, go_on):
            if _keeping.is_right(path, wanted.sha256, wanted.size):
                return
            failures: list[tuple[Source, SourceError]] = []
            for source in self._sources(wanted, web):
                try:
                    with source.open(wanted.file) as incoming:
                        size = wanted.size or incoming.size
                        row.begin(size)
                        _keeping.receive(
                            incoming.chunks,
                            path,
                            self._incoming,
                            sha256=wanted.sha256,
                            size=size,
                            arrived=arrived,
                        )
                except SourceError as error:
                    failures.append((source, error))
                else:
                    row.finished()
                    return
                finally:
                    row.end()
            raise _NotFetchedError(wanted, failures)

    def _missing_offline(self, missing: Sequence[Wanted]) -> ToolkitError:
        parts = "; ".join(f"{names} of {of}" for of, names in _by_origin(missing).items())
        return ToolkitError(
            f"Not in the cache ({self.root}), and offline was asked for: {parts}.",
            hint="Run `pyodide-app fetch` once with a network.",
        )


def _by_origin(wanted: Iterable[Wanted]) -> dict[str, str]:
    """What the files are of -> their names in one line."""
    names: dict[str, list[str]] = {}
    for each in wanted:
        names.setdefault(each.of, []).append(each.file)
    return {of: ", ".join(files) for of, files in names.items()}


def _failure(failed: Sequence[_NotFetchedError]) -> ToolkitError:
    """One error for all: files that failed alike stand together, above what each source said."""
    alike: dict[tuple[str, ...], list[Wanted]] = {}
    for each in failed:
        alike.setdefault(each.reasons, []).append(each.wanted)
    lines = []
    for reasons, wanted in alike.items():
        lines += [f"{names} of {of} could not be fetched." for of, names in _by_origin(wanted).items()]
        lines += [f"  {reason}" for reason in reasons]
    what = "\n".join(lines)
    if all(each.is_nowhere for each in failed):
        return Unavailable(
            what,
            hint="Try again where the Pyodide CDN can be reached, or name a mirror of it in PYODIDE_APP_CDN.",
            files=tuple(each.wanted.file for each in failed),
        )
    return ToolkitError(
        what,
        hint="Check the network and run the command again; what did arrive is kept. "
        "PYODIDE_APP_CDN can name a mirror of the Pyodide CDN, PIP_INDEX_URL one of the package index.",
    )
