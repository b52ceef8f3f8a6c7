"""What the graph says when a function fails, and the names that it uses."""

from collections.abc import Callable
from typing import Any, final

__all__ = ["CycleError", "Failure", "TooDeep", "name_of"]


class CycleError(RuntimeError):
    """A computed that needs its own value, or effects that set each other off for ever."""

    def __init__(self, node: Any) -> None:  # noqa: ANN401 - the graph's own
        super().__init__(node)
        self.args = ()  # an exception outlives the node
        self._start = id(node)
        self._path = [name_of(node._fn)]
        self._closed = False

    def came_through(self, node: Any) -> None:  # noqa: ANN401
        """Note a computed that the error came through, until it is back where it began."""
        if not self._closed:
            self._path.insert(0, name_of(node._fn))
            self._closed = id(node) == self._start

    def __str__(self) -> str:
        path = self._path if len(self._path) > 1 else self._path * 2
        return f"it depends on itself: {' → '.join(path)}"

    def __repr__(self) -> str:
        return f"CycleError({str(self)!r})"


class TooDeep(BaseException):
    """Unwinds a stack of first runs; carries the computed that is needed next."""

    def __init__(self, node: Any) -> None:  # noqa: ANN401 - the graph's own
        super().__init__(node)
        self.node = node


@final
class Failure:
    """The value of a computed whose function raised."""

    __slots__ = ("error", "traceback")

    def __init__(self, error: Exception) -> None:
        self.error = error
        self.traceback = error.__traceback__

    def again(self) -> Exception:
        """The exception to raise to one more reader, with the traceback that it had at first."""
        return self.error.with_traceback(self.traceback)


def name_of(fn: Callable[..., object]) -> str:
    """How messages call a function: its name, and where it stands."""
    name = getattr(fn, "__qualname__", None) or repr(fn)
    code = getattr(fn, "__code__", None)
    return f"{name} ({code.co_filename}:{code.co_firstlineno})" if code else str(name)
