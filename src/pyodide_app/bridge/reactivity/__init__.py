"""Reactive state: values that can be watched, values computed from them, effects that follow them."""

from pyodide_app.bridge.reactivity._errors import CycleError
from pyodide_app.bridge.reactivity._functions import computed, effect, on_cleanup
from pyodide_app.bridge.reactivity._graph import Computed, Effect, Signal, Subscription, batch, untracked
from pyodide_app.bridge.reactivity._scope import Scope

__all__ = [
    "Computed",
    "CycleError",
    "Effect",
    "Scope",
    "Signal",
    "Subscription",
    "batch",
    "computed",
    "effect",
    "on_cleanup",
    "untracked",
]
