"""The runtime store: Pyodide's files and an app's packages on this machine, each trusted by its hash.

    <root>/runtimes/<version>/<core file>
    <root>/files/<sha256>/<file name>      packages, and what was made from them
    <root>/made/<key>                      the hash of what was made by a recipe with this key
    <root>/incoming/                       what is being fetched (see _keeping)

A file is verified before it is kept, and again whenever the store hands it out.
"""

import hashlib
import json
import os
import re
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from platformdirs import user_cache_path

from pyodide_app.toolkit._write import write_whole
from pyodide_app.toolkit.errors import ToolkitError
from pyodide_app.toolkit.runtimes import CDN, LOCK_FILE, Runtime
from pyodide_app.toolkit.store import _fetching, _keeping
from pyodide_app.toolkit.store._wanted import IndexFile, RuntimeFile, Unavailable, Wanted, by_owner

__all__ = ["IndexFile", "RuntimeFile", "Store", "Unavailable", "Wanted"]


class Store:
    """The files on this machine, fetched when they are first asked for.

    Args:
        root: its folder; else what PYODIDE_APP_CACHE names, else where the platform keeps caches.
        offline: never touch the network.
        quiet: show no progress.
        cdn: a mirror of the Pyodide CDN, laid out alike; else what PYODIDE_APP_CDN names.

    Raises:
        ToolkitError: that mirror's address is none.
    """

    def __init__(
        self, root: Path | None = None, *, offline: bool = False, quiet: bool = False, cdn: str | None = None
    ) -> None:
        named = os.environ.get("PYODIDE_APP_CACHE")
        self.root = (
            root or (Path(named).expanduser() if named else user_cache_path("pyodide-app"))
        ).absolute()
        self.offline = offline
        self._quiet = quiet
        self.cdn = (cdn or os.environ.get("PYODIDE_APP_CDN") or CDN).rstrip("/")
        if not self.cdn.startswith(("https://", "http://")):
            raise ToolkitError(
                f"{self.cdn!r} is no address of a mirror of the Pyodide CDN.",
                hint=f"Name one in PYODIDE_APP_CDN as it would stand in a browser, like {CDN}",
            )
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
            _fetching.fetch(
                {each: places[each] for each in missing},
                incoming=self._incoming,
                cdn=self.cdn,
                quiet=self._quiet,
            )
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

    def making(self, key: str) -> AbstractContextManager[None]:
        """Be the only one, among processes too, that makes something. Waits while another does."""
        return _keeping.held(self._incoming, key, still_wanted=lambda: None)

    def keep_made(self, key: str, data: bytes, file: str) -> Path:
        """Keep bytes that were made from others, to be found again by their recipe's key."""
        path = self.keep(data, file)
        write_whole(self.root / "made" / key, path.parent.name.encode())
        return path

    def made(self, key: str, file: str) -> Path | None:
        """Where that which was made by a recipe lies, if it is here and unchanged."""
        try:
            sha256 = (self.root / "made" / key).read_text()
        except FileNotFoundError:
            return None
        return self.kept(sha256, file)

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

    def _missing_offline(self, missing: Sequence[Wanted]) -> ToolkitError:
        return ToolkitError(
            f"Not in the cache ({self.root}), and offline: {'; '.join(by_owner(missing))}.",
            hint="Run `pyodide-app fetch` once with a network.",
        )
