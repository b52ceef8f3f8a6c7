"""Who waits for what is called here: their names go along with each call, from thread to thread.

page: a pool's task ──CALL [task]──> worker: f ──CALL [task]──> page: what is called here holds up the task

A name is that of an end which is blocked, or of a pool's task. It counts until the call is answered in whose
course it came; what goes on after that, in a task of its own, holds up nobody.
"""

from collections.abc import Callable
from contextvars import ContextVar, copy_context
from typing import Any, final

__all__ = ["Within", "trace"]


@final
class Within:
    """A call that is being served, or a pool's task, for as long as others wait for it.

    Args:
        names: of those.
        outer: in whose course it began.
    """

    __slots__ = ("_names", "_outer", "_waited_for")

    def __init__(self, *names: str, outer: "Within | None" = None) -> None:
        self._names = names
        self._outer = outer
        self._waited_for = True

    @staticmethod
    def current() -> "Within | None":
        """The one in whose course this is done."""
        return _within.get()

    def run(self, function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        """Call a function in its course."""
        context = copy_context()
        context.run(_within.set, self)
        return context.run(function, *args, **kwargs)

    def end(self) -> None:
        """It has been answered."""
        self._waited_for = False

    def names(self) -> tuple[str, ...]:
        """Who waits for it, outermost first."""
        outer = () if self._outer is None else self._outer.names()
        return outer + self._names if self._waited_for else outer


_within: ContextVar[Within | None] = ContextVar("within", default=None)


def trace() -> tuple[str, ...]:
    """Who waits for what is called here, outermost first."""
    within = _within.get()
    return () if within is None else within.names()
