"""What an app imports. Pure Python, no dependencies; works in any Pyodide."""

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

__all__ = [
    "IS_EMSCRIPTEN",
    "CycleError",
    "Kept",
    "Pending",
    "ReactiveDict",
    "ReactiveList",
    "ReactiveSet",
    "Scope",
    "Signal",
    "batch",
    "computed",
    "effect",
    "keep_alive",
    "live_count",
    "observable",
    "on_cleanup",
    "packages",
    "resource",
    "selector",
    "subscribe",
    "untracked",
]
