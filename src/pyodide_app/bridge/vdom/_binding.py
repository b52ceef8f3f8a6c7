"""Bindings: what keeps one text or one prop like a signal or a function, and touches nothing else."""

from collections.abc import Callable
from typing import Any, final

from pyodide_app.bridge.reactivity import _graph
from pyodide_app.bridge.reactivity._errors import Failure
from pyodide_app.bridge.reactivity._graph import CLEAN, DISPOSED, Effect, Source
from pyodide_app.bridge.vdom import _frame, _place

Write = Callable[[int, Any], object]


class Following:
    """Follows one signal or computed. To the graph it is an observer; it knows its source without a run."""

    __slots__ = ("_state", "id", "last", "parent", "source")
    _queue = _frame.queue
    _made = float("inf")  # after the components, which may end it
    _lazy = False

    def begin(self, source: Source[Any], id: int, value: Any) -> None:  # noqa: ANN401
        """Follow from a value on, which is shown by the one who calls this."""
        self._state = CLEAN
        self.source = source
        self.id = id
        self.parent = _place.current
        self.last = value
        _graph.observe(source, self)

    def show(self, value: Any) -> None:  # noqa: ANN401
        """Write a new value."""
        raise NotImplementedError

    def update(self) -> None:
        """Write the value, if it is another."""
        if self._state == DISPOSED:
            return
        self._state = CLEAN
        try:
            value = self.source.peek()  # type: ignore[attr-defined]
            if value is not self.last:
                self.last = value
                self.show(value)
        except Exception as error:
            _fail(error, self.parent)

    def dispose(self) -> None:
        """End it."""
        self._state = DISPOSED
        _graph.unobserve(self.source, self)


@final
class SignalBinding(Following):
    """Has a function write what a signal or computed holds."""

    __slots__ = ("_write",)

    def __init__(self, source: Source[Any], id: int, write: Write, last: Any) -> None:  # noqa: ANN401
        self._write = write
        self.begin(source, id, source.peek())  # type: ignore[attr-defined]
        if self.last is not last:
            write(id, self.last)

    def show(self, value: Any) -> None:  # noqa: ANN401
        self._write(self.id, value)


@final
class FunctionBinding(Effect):
    """Follows whatever a function reads."""

    __slots__ = ("id", "last", "parent", "waits", "write")

    def __init__(self, read: Callable[[], Any], id: int, write: Write, last: Any) -> None:  # noqa: ANN401
        super().__init__(read, _frame.queue, owned=False)
        self.id = id
        self.write = write
        self.parent = _place.current
        self.waits: Any = None
        self.last = last
        try:
            _graph.run(self)
        except BaseException:
            self.dispose()
            raise

    def _settle(self, value: Any, failure: Failure | None) -> None:  # noqa: ANN401
        if self._state == DISPOSED:
            return
        self._state = CLEAN
        if failure is not None or self.waits is not None:
            error = _place.unanswered(failure and failure.again(), self)
            if error is not None:
                raise error
            if failure is not None:
                return
        if value is not self.last:
            self.last = value
            self.write(self.id, value)

    def update(self) -> None:
        outer, _place.current = _place.current, self.parent
        try:
            super().update()
        except Exception as error:
            _fail(error, self.parent)
        finally:
            _place.current = outer

    def dispose(self) -> None:
        if self.waits is not None:
            _place.unanswered(None, self)
        super().dispose()


def _fail(error: Exception, place: "_place.Place | None") -> None:
    error.add_note(f"(while rendering a live prop or text in {_place.path(place) or 'the page'})")
    _place.fail(error, place)


UNKNOWN = object()
"""As the last value of what has none that is known."""
Binding = Following | FunctionBinding


def bind(value: Any, id: int, write: Write, last: Any = UNKNOWN) -> Binding:  # noqa: ANN401 - a signal or a function
    """Write a live value, and write it again whenever it changes.

    Args:
        value: a signal or a function.
        id: of the node that it is for.
        write: gets the id and each value.
        last: what the page shows already, if it is known.
    """
    if isinstance(value, Source):
        return SignalBinding(value, id, write, last)
    return FunctionBinding(value, id, write, last)
