"""What an app imports. Pure Python, no dependencies; works in any Pyodide.

A name is loaded from its module when it is first asked for, so that an app starts with what it uses.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pyodide_app.bridge import packages
    from pyodide_app.bridge.core import IS_EMSCRIPTEN, Kept, keep_alive, live_count
    from pyodide_app.bridge.reactivity import (
        CycleError,
        Pending,
        ReactiveDict,
        ReactiveList,
        ReactiveSet,
        Scope,
        Signal,
        batch,
        computed,
        effect,
        observable,
        on_cleanup,
        resource,
        selector,
        subscribe,
        untracked,
    )
    from pyodide_app.bridge.rpc import (
        BlockingUnavailable,
        CrossingError,
        DeadlineExceeded,
        DeadlockError,
        ReleasedError,
        RemoteError,
        WorkerDied,
        callback,
        transfer,
    )
    from pyodide_app.bridge.shared import IsolationRequired, SharedArray, ring_buffer
    from pyodide_app.bridge.vdom import PythonVDOM, h
    from pyodide_app.bridge.workers import Heartbeat, HeartbeatPolicy, Worker, WorkerPool

__all__ = [
    "IS_EMSCRIPTEN",
    "BlockingUnavailable",
    "CrossingError",
    "CycleError",
    "DeadlineExceeded",
    "DeadlockError",
    "Heartbeat",
    "HeartbeatPolicy",
    "IsolationRequired",
    "Kept",
    "Pending",
    "PythonVDOM",
    "ReactiveDict",
    "ReactiveList",
    "ReactiveSet",
    "ReleasedError",
    "RemoteError",
    "Scope",
    "SharedArray",
    "Signal",
    "Worker",
    "WorkerDied",
    "WorkerPool",
    "batch",
    "callback",
    "computed",
    "effect",
    "h",
    "keep_alive",
    "live_count",
    "observable",
    "on_cleanup",
    "packages",
    "resource",
    "ring_buffer",
    "selector",
    "subscribe",
    "transfer",
    "untracked",
]

_HOMES = {
    "core": "IS_EMSCRIPTEN Kept keep_alive live_count",
    "reactivity": "CycleError Pending ReactiveDict ReactiveList ReactiveSet Scope Signal "
    "batch computed effect observable on_cleanup resource selector subscribe untracked",
    "shared": "IsolationRequired SharedArray ring_buffer",
    "rpc": "BlockingUnavailable CrossingError DeadlineExceeded DeadlockError ReleasedError RemoteError "
    "WorkerDied callback transfer",
    "vdom": "PythonVDOM h",
    "workers": "Heartbeat HeartbeatPolicy Worker WorkerPool",
}
_HOME = {name: home for home, names in _HOMES.items() for name in names.split()}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever has that name
    if name == "packages":
        return import_module(f"{__name__}.packages")
    home = _HOME.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(f"{__name__}.{home}"), name)
    return value
