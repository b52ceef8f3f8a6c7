"""Error boundaries: what is shown in place of what failed."""

import inspect
from collections.abc import Callable
from typing import Any

from pyodide_app.bridge.reactivity import Pending, Signal
from pyodide_app.bridge.vdom import _place
from pyodide_app.bridge.vdom._children import Child
from pyodide_app.bridge.vdom._component import component
from pyodide_app.bridge.vdom._fragment import Fragment
from pyodide_app.bridge.vdom._hooks import use

__all__ = ["ErrorBoundary"]

Retry = Callable[[], None]


@component
def ErrorBoundary(
    fallback: Callable[[Exception, Retry], Child] | Callable[[], Child] | Child,
    children: Any = (),  # noqa: ANN401 - whatever can be a child
) -> Child:
    """Show something else where rendering fails: `ErrorBoundary(lambda error, retry: …)[children]`.

    It takes what components, live props and children, and lists below it raise while they render, at first or
    later. What handlers and on_cleanup raise reaches the page; what effects raise that a component has made
    raises the first time here, later where the signal was written. An error in the fallback is for the next
    boundary further up.

    Args:
        fallback: what to show, or a function that makes it, without arguments or with the error and a
            function that renders the children anew.
    """
    guard = use(_Guard)
    place = _place.current
    assert place is not None  # it is this component
    place.catch = guard.catch
    error = guard.error.value
    guard.showing_fallback = error is not None
    if error is None:
        return Fragment(children, key=guard.attempt)
    if callable(fallback):
        make: Callable[..., Child] = fallback
        arguments = (error, guard.retry)[: _wanted(fallback)]
        return Fragment((lambda: make(*arguments),))  # a child of its own, so its errors are no more ours
    return Fragment((fallback,))


def _wanted(fallback: Callable[..., Child]) -> int:
    """How many arguments a fallback takes, of the error and the function to retry."""
    parameters = inspect.signature(fallback).parameters.values()
    if any(each.kind is each.VAR_POSITIONAL for each in parameters):
        return 2
    kinds = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    return sum(each.kind in kinds and each.default is each.empty for each in parameters)


class _Guard:
    """What a boundary knows."""

    def __init__(self) -> None:
        self.error: Signal[Exception | None] = Signal(None)
        self.attempt = 1
        self.showing_fallback = False

    def catch(self, error: Exception) -> bool:
        if self.showing_fallback or isinstance(error, Pending):
            return False
        if self.error.peek() is None:  # else it has shown more than one; the first is the cause
            self.error.value = error
        return True

    def retry(self) -> None:
        if self.error.peek() is not None:
            self.attempt += 1
            self.error.value = None
