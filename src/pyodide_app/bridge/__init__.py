"""What an app imports. Pure Python, no dependencies; works in any Pyodide."""

from pyodide_app.bridge import packages
from pyodide_app.bridge.core import IS_EMSCRIPTEN, Kept, keep_alive, live_count
from pyodide_app.bridge.reactivity import Signal, batch, computed, effect, observable, untracked

__all__ = [
    "IS_EMSCRIPTEN",
    "Kept",
    "Signal",
    "batch",
    "computed",
    "effect",
    "keep_alive",
    "live_count",
    "observable",
    "packages",
    "untracked",
]
