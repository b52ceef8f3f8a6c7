"""Children that change by themselves: signals and functions."""

from collections.abc import Callable
from typing import Any, final

from pyodide_app.bridge.reactivity import _graph
from pyodide_app.bridge.reactivity._errors import Failure
from pyodide_app.bridge.reactivity._graph import CLEAN, DISPOSED, Effect, Source
from pyodide_app.bridge.vdom import _frame, _ops, _place
from pyodide_app.bridge.vdom._binding import UNKNOWN, SignalBinding
from pyodide_app.bridge.vdom._children import mount_first, node_of, take_over
from pyodide_app.bridge.vdom._node import Node
from pyodide_app.bridge.vdom._props import read
from pyodide_app.bridge.vdom._text import Text

_PLAIN = (str, int, float, type(None))


@final
class Dynamic(Node):
    """A signal or a function among children: what it gives is shown, and whenever it changes, shown anew."""

    __slots__ = ("follower", "id", "key", "source")
    kind = "dynamic"

    def __init__(self, source: Any) -> None:  # noqa: ANN401 - a signal, a computed or a function
        self.source = source
        self.id = 0
        self.key = None
        self.follower: TextFollower | Region | None = None

    def mount(self) -> None:
        self.id = 1
        if isinstance(self.source, Source):
            try:
                value = self.source.peek()  # type: ignore[attr-defined]
            except Exception:
                value = self  # a region knows what to do with errors
            if isinstance(value, _PLAIN):
                self.follower = TextFollower(self, self.source)
                return
        self.follower = Region(self.source)
        self.follower.begin()

    def widen(self) -> None:
        """Show more than text from now on."""
        old = self.follower
        assert isinstance(old, TextFollower)  # nothing else asks for this
        self.follower = Region(self.source)
        self.follower.tree = old.text
        old.binding.dispose()
        self.follower.begin()

    def patch(self, old: "Dynamic") -> None:
        self.id, old.id = 1, 0
        follower = old.follower
        assert follower is not None  # it was mounted
        if self.source is old.source:
            self.follower = follower
            if isinstance(follower, TextFollower):
                follower.owner = self
            return
        if isinstance(follower, Region):
            self.follower = follower
            follower.source = self.source
            _graph.run(follower)
            return
        self.follower = Region(self.source)
        self.follower.tree = follower.text
        follower.binding.dispose()
        self.follower.begin()

    def unmount(self) -> None:
        self.id = 0
        if self.follower is not None:
            self.follower.end()
            self.follower = None

    def _tree(self) -> Node:
        assert self.follower is not None  # it is mounted
        return self.follower.tree

    def remove(self) -> None:
        self._tree().remove()

    def move(self) -> None:
        self._tree().move()

    def first(self) -> int:
        return self._tree().first()

    def last(self) -> int:
        return self._tree().last()

    def again(self) -> "Dynamic":
        return Dynamic(self.source)

    def html(self, write: Callable[[str], object]) -> None:
        node_of(read(self.source)).html(write)


@final
class TextFollower:
    """A text node that shows a signal."""

    __slots__ = ("binding", "owner", "text")

    def __init__(self, owner: Dynamic, source: Source[Any]) -> None:
        self.owner = owner
        self.text = Text("")
        self.binding = SignalBinding(source, 0, self._write, UNKNOWN)

    @property
    def tree(self) -> Text:
        return self.text

    def _write(self, _: int, value: Any) -> None:  # noqa: ANN401
        text = self.text
        if not isinstance(value, _PLAIN):
            self.owner.widen()
            return
        shown = "" if value is None or isinstance(value, bool) else str(value)
        if text.id:
            _ops.ints.extend((_ops.SET_TEXT, text.id))
            _ops.strings.append(shown)
            text.text = shown
        else:
            text.text = shown
            text.mount()

    def end(self) -> None:
        self.binding.dispose()
        self.text.unmount()


class Region(Effect):
    """Shows what a function or a signal gives."""

    __slots__ = ("parent", "source", "tree", "waits")

    def __init__(self, source: Any) -> None:  # noqa: ANN401 - a signal, a computed or a function
        super().__init__(self._read, _frame.queue, owned=False)
        self.source = source
        self.tree: Node = Text("")
        self.parent = _place.current
        self.waits: Any = None

    def _read(self) -> Any:  # noqa: ANN401 - a child
        outer, _place.current = _place.current, self.parent
        try:
            return read(self.source)
        finally:
            _place.current = outer

    def begin(self) -> None:
        """Show it for the first time."""
        _graph.run(self)

    def _settle(self, value: Any, failure: Failure | None) -> None:  # noqa: ANN401
        if self._state == DISPOSED:
            return
        self._state = CLEAN
        error = failure.again() if failure else None
        if error is not None or self.waits is not None:
            error = _place.unanswered(error, self)
        outer, _place.current = _place.current, self.parent
        try:
            if failure is None:
                error = self._show(value)
            elif not self.tree.id:
                self.tree.mount()
        finally:
            _place.current = outer
        if error is not None:
            error.add_note(f"(while rendering {self!r} in {_place.path(self.parent) or 'the page'})")
            _place.fail(error, self.parent)

    def _show(self, value: Any) -> Exception | None:  # noqa: ANN401
        self.tree, error = take_over(self.tree, value) if self.tree.id else mount_first(value)
        return error

    def end(self) -> None:
        """It is gone."""
        if self.waits is not None:
            _place.unanswered(None, self)
        try:
            self.dispose()
        except Exception as error:
            _place.fail(error, self.parent)
        self.tree.unmount()

    def __repr__(self) -> str:
        return f"<{getattr(self.source, '__qualname__', None) or repr(self.source)}>"
