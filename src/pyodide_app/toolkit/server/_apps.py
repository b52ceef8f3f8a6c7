"""The apps below the server's root: each one's manifest, its lock for the browser, and the bytes behind them.

A manifest names the app's files by hash. Somebody may save a file between the manifest and the page's
request for that file, so a snapshot of the bytes is taken with the manifest, and the URLs in it
(`main.py?v=<sha256>`) ask for that snapshot.
"""

import asyncio
import hashlib
import json
import logging
import threading
from collections import deque
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from pyodide_app.toolkit.app import App, read_app
from pyodide_app.toolkit.errors import ToolkitError
from pyodide_app.toolkit.page import Page, compile_ahead, manifest, prepare, pyodide_lock, with_bytecode
from pyodide_app.toolkit.runtimes import Runtime
from pyodide_app.toolkit.server._background import in_background
from pyodide_app.toolkit.store import Store

RUNTIME_FILES = Path(__file__).parents[2] / "runtime"
PATIENCE = 4.0  # seconds that a page waits for its manifest before it is told to ask again
BRIDGE_FILES = Path(__file__).parents[2] / "bridge"
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """An app as it was at one moment."""

    manifest: bytes
    lock: bytes
    files: dict[str, bytes]  # by path from the app's root


@dataclass(slots=True)
class _Known:
    source: Path
    preparing: "asyncio.Task[Snapshot] | None" = None
    # The page that is just loading still wants the one before the last.
    snapshots: deque[Snapshot] = field(default_factory=lambda: deque(maxlen=2))
    app: App | None = None

    @property
    def packages(self) -> tuple[Path, ...]:
        return tuple(path.resolve() for path in self.app.local_packages) if self.app else ()


class Apps:
    """The apps that pages have asked for.

    Args:
        store: where runtimes and wheels are.
        pyodide: the version for all of them, in place of what their metadata say; None to leave it to them.
        compiles: compile in the background what has not been compiled yet, for the pages that come next.
    """

    def __init__(self, store: Store, pyodide: str | None, *, compiles: bool) -> None:
        self._store = store
        self._pyodide = pyodide
        self._compiles = compiles
        self._compiling = threading.Lock()
        self._known: dict[str, _Known] = {}  # by the URL path of the .py file

    async def take(self, url: str, source: Path, events: str | None) -> Snapshot | None:
        """Prepares the app, one preparation at a time: who asks meanwhile gets the same.

        Args:
            url: the URL path of the app's .py file.
            source: that file.
            events: the URL of the event stream, for the manifest.
        Returns:
            The app, or None if that takes longer, because much is to be fetched: ask again.
        Raises:
            ToolkitError: it can't be prepared.
        """
        known = self._known.setdefault(url, _Known(source))
        task = known.preparing
        if task is None or task.done():
            task = known.preparing = asyncio.create_task(self._take(known, events))
            # A page that went away asks no more; its app's error is then nobody's.
            task.add_done_callback(lambda done: done.cancelled() or done.exception())
        await asyncio.wait({task}, timeout=PATIENCE)
        return task.result() if task.done() and not task.cancelled() else None

    async def _take(self, known: _Known, events: str | None) -> Snapshot:
        known.app, snapshot = await in_background(lambda: self._prepare(known.source, events))
        known.snapshots.append(snapshot)
        return snapshot

    def close(self) -> None:
        """Waits for no preparation any more."""
        for known in self._known.values():
            if known.preparing:
                known.preparing.cancel()

    def _prepare(self, source: Path, events: str | None) -> tuple[App, Snapshot]:
        app = read_app(source, pyodide=self._pyodide)
        page = self._quickest(prepare(app, self._store))
        lock = pyodide_lock(page)
        description = manifest(page)
        files: dict[str, bytes] = {}
        for path in app.list_files():
            try:
                files[path] = app.root.joinpath(path).read_bytes()
            except FileNotFoundError:  # went away between the listing and now
                continue
            except OSError as error:
                raise ToolkitError(f"{path} can't be read: {error.strerror}.") from error
        description["files"] = [
            {"path": path, "url": _versioned(path, data), "sha256": _hash(data), "size": len(data)}
            for path, data in files.items()
        ]
        lock_url = _versioned(f"{source.name}.pyodide-lock.json", lock)
        description["lock"] = {"url": lock_url, "sha256": _hash(lock), "size": len(lock)}
        if events:
            description["events"] = events
        return app, Snapshot(json.dumps(description).encode(), lock, files)

    def _quickest(self, page: Page) -> Page:
        quick = with_bytecode(page, self._store)
        if quick is None and self._compiles:
            threading.Thread(target=self._compile, args=[page.runtime], daemon=True).start()
        return quick or page

    def _compile(self, runtime: Runtime) -> None:
        with self._compiling:
            try:
                compile_ahead(runtime, self._store)
            except ToolkitError as error:  # pages start as before, only more slowly
                _log.info("Pyodide %s is not compiled: %s", runtime.version, error)

    def title(self, source: Path) -> str:
        """What the app calls itself; its folder's name while its metadata can't be read."""
        try:
            return read_app(source, pyodide=self._pyodide).title
        except ToolkitError:
            return source.parent.name

    def lock(self, url: str, version: str) -> bytes | None:
        """The lock that a manifest named, while a page may still want it; the newest without a version."""
        snapshots = self._known[url].snapshots if url in self._known else ()
        return next((one.lock for one in reversed(snapshots) if version in ("", _hash(one.lock))), None)

    def file(self, path: Path, version: str) -> bytes | None:
        """The file that a manifest named, as it was then; None if it is too long ago."""
        for known in self._known.values():
            if known.app and path.is_relative_to(known.app.root):
                name = path.relative_to(known.app.root).as_posix()
                for snapshot in known.snapshots:
                    if name in snapshot.files and _hash(snapshot.files[name]) == version:
                        return snapshot.files[name]
        return None

    def sources(self) -> set[Path]:
        """The folders outside the root that the apps are also made from."""
        return {
            package for known in self._known.values() if known.app for package in known.app.local_packages
        }

    def affected(self, changed: set[Path]) -> set[str]:
        """The URL paths of the apps that these files outside the root are part of."""
        ours = any(
            path.is_relative_to(folder) for path in changed for folder in (RUNTIME_FILES, BRIDGE_FILES)
        )
        return {
            url
            for url, known in self._known.items()
            if ours or any(path.is_relative_to(folder) for path in changed for folder in known.packages)
        }

    def problem(self, changed: set[Path]) -> ToolkitError | None:
        """What is wrong with the metadata of an app that was just edited."""
        for known in list(self._known.values()):  # pages may come while this runs, in a thread
            if known.source in changed:
                try:
                    read_app(known.source, pyodide=self._pyodide)
                except ToolkitError as error:
                    return error
        return None


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _versioned(path: str, data: bytes) -> str:
    return f"{quote(path)}?v={_hash(data)}"
