"""Hooks: what a component keeps, and what it does when it is shown and when it is gone."""

from collections.abc import Callable
from typing import TypeVar

from pyodide_app.bridge.reactivity import _graph
from pyodide_app.bridge.vdom import _place
from pyodide_app.bridge.vdom._component import Instance

__all__ = ["on_mount", "on_unmount", "use"]

T = TypeVar("T")


def use(make: Callable[[], T]) -> T:
    """Keep something as long as the component is shown: what the function makes at the first rendering.

    Effects and resources that it makes end with the component. Each rendering calls `use` equally often.

    Raises:
        RuntimeError: it was called elsewhere than in a component's function, or conditionally.
    """
    kept: T = _rendering("use").hook(make)
    return kept


def on_mount(fn: Callable[[], object]) -> None:
    """Have a function called once, when the component stands in the page; after those of components in it.

    Effects that it makes end with the component. If it returns a function, that is called when the component
    is gone. Later renderings change nothing.

    Raises:
        RuntimeError: it was called elsewhere than in a component's function.
    """
    _rendering("on_mount").at_first(fn, last=False)


def on_unmount(fn: Callable[[], object]) -> None:
    """Have a function called once when the component is taken away, before those of the components in it.

    Only what the first rendering says counts.

    Raises:
        RuntimeError: it was called elsewhere than in a component's function.
    """
    _rendering("on_unmount").at_first(fn, last=True)


def _rendering(hook: str) -> Instance:
    """The component whose own function runs now."""
    place = _place.current
    if not isinstance(place, Instance) or _graph.current_owner() is not place:
        raise RuntimeError(
            f"{hook}() was called outside a component's body; it belongs into the function of a component, "
            "not into a handler, an effect or a function that is a child"
        )
    return place
