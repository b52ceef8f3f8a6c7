"""Where in the tree of components something is rendered: for errors, contexts and boundaries."""

from collections.abc import Callable
from typing import Any, TypeVar

from pyodide_app.bridge.vdom import _frame

E = TypeVar("E", bound=BaseException)


class Place:
    """A component in the tree, or the root."""

    __slots__ = ()
    parent: "Place | None"
    name: str
    catch: "Callable[[Exception], bool] | None"  # a boundary's: takes an error, or returns False
    context: "tuple[object, Any] | None"  # a provider's: what it provides, and the value's signal


current: Place | None = None
"""Where is being rendered now."""


def path(place: Place | None) -> str:
    """A place as people read it: `App > List > Row`."""
    names = []
    while place is not None:
        names.append(place.name)
        place = place.parent
    return " > ".join(reversed(names))


def located(error: E, what: str) -> E:
    """An error that says where in the tree it happened."""
    if where := path(current):
        what = f"{what} in {where}"
    error.add_note(f"({what})")
    return error


def fail(error: Exception, place: Place | None) -> None:
    """Hand an error to the nearest boundary around a place, or to whoever had this rendered."""
    where = place
    while where is not None:
        if where.catch is not None and where.catch(error):
            return
        where = where.parent
    _frame.errors.append(error)
