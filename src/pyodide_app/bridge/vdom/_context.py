"""Contexts: values for everything below a place in the tree, without handing them down."""

from typing import Any, Generic, TypeVar, final

from pyodide_app.bridge.reactivity._graph import Signal
from pyodide_app.bridge.vdom import _place
from pyodide_app.bridge.vdom._children import Child
from pyodide_app.bridge.vdom._component import Component, ComponentNode
from pyodide_app.bridge.vdom._fragment import Fragment

__all__ = ["Context"]

T = TypeVar("T")


@final
class Context(Generic[T]):
    """A value that components further down can ask for: `theme = Context("light")`.

    `theme("dark")[children]` provides it for the children; in a component's function, and in functions that
    are children or props, `theme.value` is what the nearest provider says. When that changes, only those
    render again that have read it.

    Args:
        default: what it is where nobody provides it.
    """

    def __init__(self, default: T) -> None:
        self.default = default
        self._provider = Component(self._provide)
        self._provider.name = "Context"  # in the paths of errors

    def __call__(self, value: T) -> ComponentNode:
        """Provide a value for the children."""
        return self._provider(value)

    def _provide(self, value: T, children: Any = ()) -> Child:  # noqa: ANN401 - whatever can be a child
        place = _place.current
        assert place is not None  # it is a component
        if place.context is None:
            place.context = self, Signal(value)
        else:
            place.context[1].value = value
        return Fragment(children)

    @property
    def value(self) -> T:
        """What the nearest provider says.

        Raises:
            RuntimeError: nothing is being rendered, so there is no nearest one.
        """
        place = _place.current
        if place is None:
            raise RuntimeError(
                "a context's value was read outside a component; read it in the component's body and keep it"
            )
        while place is not None:
            if place.context is not None and place.context[0] is self:
                value: T = place.context[1].value
                return value
            place = place.parent
        return self.default
