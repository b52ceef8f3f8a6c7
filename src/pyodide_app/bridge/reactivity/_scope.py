"""Who disposes of what is made: scopes, and cleanups."""

from collections.abc import Callable
from typing import Any, Self, final

from pyodide_app.bridge.reactivity import _graph

__all__ = ["Scope", "on_cleanup"]


@final
class Scope(_graph.Owner):
    """Owns the effects, subscriptions and scopes that are made in its block, and what on_cleanup says there.

    `with scope: …` may be entered again as long as the scope is not disposed of.
    """

    __slots__ = ("__weakref__", "_outer", "_owned", "_owner", "disposed")

    def __init__(self) -> None:
        self._owned: dict[Any, None] | None = None
        self._owner = _graph.current_owner()
        self._outer: list[_graph.Owner | None] = []
        self.disposed = False
        if self._owner is not None:
            self._owner.own(self)

    def __enter__(self) -> Self:
        if self.disposed:
            raise RuntimeError("this scope has been disposed of, so it cannot own anything")
        self._outer.append(_graph.set_owner(self))
        return self

    def __exit__(self, *_: object) -> None:
        _graph.set_owner(self._outer.pop())

    def dispose(self) -> None:
        """Dispose of all that it owns, last first. Again is harmless.

        Raises:
            ExceptionGroup: what cleanups raised; it kept no other from running.
        """
        if self.disposed:
            return
        self.disposed = True
        if self._owner is not None:
            self._owner.disown(self)
            self._owner = None
        self.dispose_owned()


def on_cleanup(fn: Callable[[], object]) -> None:
    """Have a function called when the running effect runs again or ends, or the current scope is disposed of.

    Raises:
        RuntimeError: there is neither, so nobody would call it.
    """
    owner = _graph.current_owner()
    if owner is None:
        raise RuntimeError(
            "on_cleanup was called outside an effect, a scope or a component: nobody would call it"
        )
    owner.own(_graph.Cleanup(fn))
