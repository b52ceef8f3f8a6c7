"""Reactive state: values that can be watched, values computed from them, effects that follow them."""

from pyodide_app.bridge.reactivity._collections_dict import ReactiveDict
from pyodide_app.bridge.reactivity._collections_list import ReactiveList
from pyodide_app.bridge.reactivity._collections_set import ReactiveSet
from pyodide_app.bridge.reactivity._errors import CycleError
from pyodide_app.bridge.reactivity._functions import computed, effect, on_cleanup
from pyodide_app.bridge.reactivity._graph import Computed, Effect, Signal, Subscription, batch, untracked
from pyodide_app.bridge.reactivity._observable import field, observable, subscribe
from pyodide_app.bridge.reactivity._resource import Pending, Resource, resource
from pyodide_app.bridge.reactivity._scope import Scope
from pyodide_app.bridge.reactivity._selector import Selector, selector

__all__ = [
    "Computed",
    "CycleError",
    "Effect",
    "Pending",
    "ReactiveDict",
    "ReactiveList",
    "ReactiveSet",
    "Resource",
    "Scope",
    "Selector",
    "Signal",
    "Subscription",
    "batch",
    "computed",
    "effect",
    "field",
    "observable",
    "on_cleanup",
    "resource",
    "selector",
    "subscribe",
    "untracked",
]
