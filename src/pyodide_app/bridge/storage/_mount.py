"""`mount`."""

import asyncio
from typing import Literal

from pyodide_app.bridge._javascript import Js
from pyodide_app.bridge.core import keep_alive
from pyodide_app.bridge.storage import _dbm
from pyodide_app.bridge.storage._fsync import patch as patch_fsync
from pyodide_app.bridge.storage._javascript import javascript
from pyodide_app.bridge.storage._sqlite import patch as patch_sqlite
from pyodide_app.bridge.storage._store import Migrate, StorageError, Store

_mounted: dict[str, Store] = {}  # by name


async def mount(
    path: str,
    *,
    name: str | None = None,
    if_taken: Literal["wait", "read", "route"] = "wait",
    version: int = 1,
    migrate: Migrate | None = None,
) -> Store:
    """Mount a folder whose files are kept in this browser.

    In a dedicated worker they are in the origin private file system, elsewhere in IndexedDB. One tab or
    worker at a time may write.

    Args:
        path: the folder; made, if it is not there.
        name: of the store, the same in all tabs; the path, if not given. Pages of one origin share their
            stores: give them names of their own, if they are different apps.
        if_taken: while another tab writes, "wait" until it has ended, "read" what it saves, or "route": read
            and write through it. When it has ended, a tab that routes writes for the others.
        version: from 1 on, of what the app has in its files.
        migrate: called with the path and the older version that is there. All that it changes is saved at
            once, or, if it raises, nothing.

    Raises:
        StorageError: there is no storage here, or what is stored is damaged, or of a newer version, or in a
            place that cannot be reached from here, or the tab that writes cannot save what it has.
        Exception: whatever `migrate` raises.
    """
    name = path if name is None else name
    if name in _mounted:
        raise StorageError(f"The store {name!r} is mounted here already, at {_mounted[name].path}.")
    store = _mounted[name] = Store(path, version, migrate)
    store._at_end(lambda: _mounted.pop(name))
    try:
        mounted = await _open(store, name, if_taken)
    except BaseException:
        store._forget()
        raise
    await store._begin(mounted)
    _dbm.provide()
    if store.kind in ("indexeddb", "router"):
        patch_fsync(_flush_all)
        patch_sqlite(store._mounted.commits, _flush_all)
    return store


async def _flush_all() -> None:
    for store in list(_mounted.values()):
        await store.flush()


async def _open(store: Store, name: str, if_taken: str) -> Js:
    import pyodide_js  # noqa: PLC0415 - only there in the browser
    from js import AbortController, Object  # noqa: PLC0415
    from pyodide.ffi import JsException, to_js  # noqa: PLC0415

    give_up = AbortController.new()
    told = {"state": keep_alive(store._tell_state), "changed": keep_alive(store._tell_change)}
    for kept in told.values():
        store._at_end(kept.release)
    tell = to_js({key: kept.proxy for key, kept in told.items()}, dict_converter=Object.fromEntries)
    open_store = (await javascript()).openStore
    try:
        return await open_store(pyodide_js.FS, store.path, name, if_taken, tell, give_up.signal)
    except asyncio.CancelledError:
        give_up.abort()
        raise
    except JsException as error:
        raise StorageError(error.message) from error
