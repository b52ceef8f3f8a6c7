"""Shows below the app what ran for the last change. The same file in the three reactive patterns."""

import asyncio
import functools
from collections import Counter
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from js import MutationObserver, Object, document
from pyodide.ffi import JsProxy, to_js

from pyodide_app.bridge import keep_alive

CHANGES = "changes in the page"
SOON = 0.3  # seconds after which a change is surely in the page

P = ParamSpec("P")
T = TypeVar("T")

calls: Counter[str] = Counter()
_shows = False


def counted(fn: Callable[P, T]) -> Callable[P, T]:
    """Count the calls of a function of the app."""

    @functools.wraps(fn)
    def call(*args: P.args, **kwargs: P.kwargs) -> T:
        note(fn.__name__.replace("_", " "))
        return fn(*args, **kwargs)

    return call


def note(what: str, times: int = 1) -> None:
    """Count something, and show all counts soon."""
    global _shows
    calls[what] += times
    if not _shows:
        _shows = True
        asyncio.get_event_loop().call_later(SOON, _show)


def _show() -> None:
    global _shows
    _shows = False
    changes = calls.pop(CHANGES, 0)
    functions = ", ".join(f"{name} {times}" for name, times in sorted(calls.items())) or "none"
    document.getElementById("ran").textContent = f"Functions: {functions}. Changes in the page: {changes}."
    calls.clear()


def _on_mutations(mutations: JsProxy, _observer: JsProxy) -> None:
    note(CHANGES, len(mutations))


def begin() -> None:
    """Forget what the start took, and count also what changes in the page from now on."""
    calls.clear()
    what = {"childList": True, "subtree": True, "attributes": True, "characterData": True}
    observer = MutationObserver.new(keep_alive(_on_mutations).proxy)
    observer.observe(document.getElementById("app"), to_js(what, dict_converter=Object.fromEntries))
