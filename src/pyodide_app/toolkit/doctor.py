"""What the toolkit needs: what of it is there, what is missing, and how to get it."""

import platform
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from rich.filesize import decimal

from pyodide_app.toolkit import runtimes
from pyodide_app.toolkit.errors import ToolkitError
from pyodide_app.toolkit.store import Store
from pyodide_app.toolkit.store._network import SourceError
from pyodide_app.toolkit.store._sources import Web

_LITTLE_SPACE = 300_000_000  # bytes: a runtime with NumPy, pandas and SciPy, and some room
_ANY_PROJECT = "packaging"  # which every package index has

State = Literal["good", "note", "missing"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at.

    Args:
        state: "missing" keeps the toolkit from working; a "note" matters only to some.
        hint: what to do about it; may be empty.
    """

    subject: str
    state: State
    detail: str
    hint: str = ""


def examine(store: Store) -> Iterator[Finding]:
    """Looks at one thing after the other; at the network only if the store is not offline."""
    yield Finding("Python", "good", f"{platform.python_version()} ({sys.executable})")
    yield _resolver()
    yield from _cache(store)
    fetched = [version for version in runtimes.versions() if _is_fetched(store, version)]
    yield _runtimes(fetched)
    yield from _network(store, needed=runtimes.DEFAULT not in fetched)
    yield _browser()
    hint = "`pyodide-app dev --no-isolation` shows an app as such a host does."
    detail = "`dev` sends COOP and COEP, so that SharedArrayBuffer works; many static hosts do not"
    yield Finding("Isolation", "note", detail, hint)


def _resolver() -> Finding:
    try:
        from uv import find_uv_bin  # noqa: PLC0415 - its absence is a finding

        return Finding("Resolver", "good", f"uv ({find_uv_bin()})")
    except (ImportError, FileNotFoundError):
        return Finding(
            "Resolver", "missing", "uv is not installed", "Install it: `python -m pip install uv`."
        )


def _cache(store: Store) -> Iterator[Finding]:
    size = sum(file.stat().st_size for file in store.root.rglob("*") if file.is_file())
    try:
        store.root.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=store.root):
            yield Finding("Cache", "good", f"{store.root}, {decimal(size)}")
    except OSError as error:
        hint = "Make it writable, or name another folder in PYODIDE_APP_CACHE."
        yield Finding("Cache", "missing", f"{store.root} can't be written: {error.strerror}", hint)
    free = shutil.disk_usage(next(path for path in (store.root, *store.root.parents) if path.exists())).free
    if free < _LITTLE_SPACE:
        room = decimal(_LITTLE_SPACE)
        hint = f"Make room ({room} will do), or name a folder on another disk in PYODIDE_APP_CACHE."
        yield Finding("Disk", "missing", f"only {decimal(free)} free", hint)
    else:
        yield Finding("Disk", "good", f"{decimal(free)} free")


def _is_fetched(store: Store, version: str) -> bool:
    try:
        Store(store.root, offline=True, quiet=True).core(runtimes.get(version))
    except ToolkitError:
        return False
    return True


def _runtimes(fetched: list[str]) -> Finding:
    others = [version for version in runtimes.versions() if version not in fetched]
    hint = f"Not here: {', '.join(others)}. `pyodide-app fetch --pyodide VERSION` gets one." if others else ""
    if runtimes.DEFAULT in fetched:
        return Finding("Runtimes", "good", f"Pyodide {', '.join(fetched)}", hint)
    detail = f"the default one, Pyodide {runtimes.DEFAULT}, is not here yet"
    return Finding(
        "Runtimes", "note", detail, "`pyodide-app fetch` gets it; so does the first `pyodide-app dev`."
    )


def _network(store: Store, *, needed: bool) -> Iterator[Finding]:
    """The CDN and the package index. One of the two must answer while the default runtime is not here."""
    if store.offline:
        hint = "Run `pyodide-app fetch` once without --offline." if needed else ""
        yield Finding("Network", "missing" if needed else "note", "not tried: --offline", hint)
        return
    with Web() as web:
        cdn = _reason(web, runtimes.folder_on(store.cdn, runtimes.DEFAULT) + runtimes.LOCK_FILE)
        index = _reason(web, None)
        state: State = "missing" if needed and cdn and index else "note"
        yield Finding(
            "Pyodide CDN",
            state if cdn else "good",
            f"{store.cdn}: {cdn}" if cdn else store.cdn,
            "Runtimes then come from wheels on the package index; PYODIDE_APP_CDN can name a mirror."
            if cdn
            else "",
        )
        yield Finding(
            "Package index",
            state if index else "good",
            f"{web.index}: {index}" if index else web.index,
            "Needed for dependencies that are not in the cache; PIP_INDEX_URL can name another."
            if index
            else "",
        )


def _reason(web: Web, url: str | None) -> str:
    """Why the URL, or without one the package index, can't be reached; empty if it can."""
    try:
        if url is None:
            web.project(_ANY_PROJECT)
        else:
            with web.download(url):
                pass  # that it begins is enough
    except SourceError as error:
        return error.reason
    return ""


def _browser() -> Finding:
    try:
        from pyodide_app.testing.browser import find_browser  # noqa: PLC0415 - its absence is a finding

        return Finding("Test browser", "good", find_browser().executable)
    except ImportError:
        hint = "For tests: `python -m pip install pyodide-app[testing]`."
        return Finding("Test browser", "note", "Playwright is not installed", hint)
    except ToolkitError as error:
        return Finding("Test browser", "note", error.what, error.hint)
