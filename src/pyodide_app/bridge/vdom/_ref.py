"""References to elements that stand in the page."""

from collections.abc import Callable
from typing import Any, final

from pyodide_app.bridge.vdom import _frame
from pyodide_app.bridge.vdom._javascript import renderer

__all__ = ["Ref"]


@final
class Ref:
    """Refers to an element while it is mounted: `input_(ref=field)`, then `field.current.focus()`."""

    __slots__ = ("_id",)

    def __init__(self) -> None:
        self._id = 0

    @property
    def current(self) -> Any:  # noqa: ANN401 - a JavaScript object
        """The element as JavaScript has it, everything that waits written; None while it is not mounted."""
        _frame.flush()  # which may mount it
        return renderer().node(self._id) if self._id else None


def attach(id: int, ref: "Ref | Callable[[Any], object]") -> None:
    """Let a ref refer to an element, or a function be called with it once it is in the page."""
    if isinstance(ref, Ref):
        ref._id = id
    elif callable(ref):
        _frame.after_commit.append(lambda: _call(ref, id))
    else:
        raise TypeError(f"a ref is a Ref or a function, not {ref!r}")


def _call(ref: Callable[[Any], object], id: int) -> None:
    element = renderer().node(id)
    if element is not None:  # it may be gone again
        ref(element)


def detach(ref: object) -> None:
    """Let a ref refer to nothing."""
    if isinstance(ref, Ref):
        ref._id = 0
