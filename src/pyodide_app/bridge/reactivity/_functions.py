"""Signals, computeds and effects as one writes them."""

import inspect
from collections.abc import Callable
from typing import TypeVar, overload

from pyodide_app.bridge.reactivity._async import async_body
from pyodide_app.bridge.reactivity._graph import Computed, Effect
from pyodide_app.bridge.reactivity._scope import on_cleanup

__all__ = ["computed", "effect", "on_cleanup"]

T = TypeVar("T")
Equal = Callable[[T, T], bool]


@overload
def computed(
    fn: Callable[[], T], *, equal: Equal[T] | None = None, set: Callable[[T], object] | None = None
) -> Computed[T]: ...
@overload
def computed(
    *, equal: Equal[T] | None = None, set: Callable[[T], object] | None = None
) -> Callable[[Callable[[], T]], Computed[T]]: ...
def computed(
    fn: Callable[[], T] | None = None,
    *,
    equal: Equal[T] | None = None,
    set: Callable[[T], object] | None = None,
) -> Computed[T] | Callable[[Callable[[], T]], Computed[T]]:
    """Compute a value from others: lazily, and again only when they have changed.

    A function call, or a decorator with or without arguments.

    Args:
        fn: computes the value; what it reads on the way is what it depends on.
        equal: says of two values whether they count as the same, so that nothing has changed.
        set: called when somebody sets the value; it writes the signals that the value is computed from.
    """
    if fn is None:
        return lambda fn: Computed(fn, equal, set)
    return Computed(fn, equal, set)


def effect(fn: Callable[[], object]) -> Effect:
    """Run a function now, and again whenever something that it has read changes.

    A function call or a decorator. It lives until it, or the scope, effect or component in which it was made,
    is disposed of. What the function returns, if it can be called, is called before the next run and at the
    end, as is what it gives to `on_cleanup`. An async function counts as reading also what it reads after an
    await; a run that is overtaken by the next is cancelled.

    Raises:
        Exception: what the first run raised; the effect is over then. Later it reaches whoever wrote the
            signal, in an ExceptionGroup.
    """
    if inspect.iscoroutinefunction(fn):
        fn = async_body(fn)
    new = Effect(fn)
    new.start()
    return new
