"""Where in the tree of components something is rendered: for errors, contexts and boundaries."""

from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from pyodide_app.bridge.reactivity import Pending
from pyodide_app.bridge.vdom import _frame

E = TypeVar("E", bound=BaseException)


class Place(Protocol):
    """A component in the tree, or the root."""

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


def unanswered(error: Exception | None, who: Any) -> Exception | None:  # noqa: ANN401
    """Tell the nearest Suspense whether somebody waits for a resource.

    Args:
        error: what its run has raised.
        who: a Waiter.

    Returns:
        The error, if it is another one or there is no Suspense.
    """
    waits = None
    if isinstance(error, Pending):
        place = who.parent
        while place is not None and not hasattr(place, "wait"):
            place = place.parent
        if place is None:
            error.add_note("(Suspense around the component would show something else meanwhile)")
        else:
            waits, error = place, None
    if who.waits is not None and who.waits is not waits:
        who.waits.done(who)
    who.waits = waits
    if waits is not None:
        waits.wait(who)
    return error
