"""Suspense: what is shown until all that is waited for below is there."""

from collections.abc import Callable
from typing import Any, final

from pyodide_app.bridge.reactivity import Pending, _graph
from pyodide_app.bridge.reactivity._errors import Failure
from pyodide_app.bridge.reactivity._graph import CLEAN, DISPOSED, Effect, Signal
from pyodide_app.bridge.vdom import _frame, _ops, _place
from pyodide_app.bridge.vdom._children import Child, mount_first, node_of, take_over
from pyodide_app.bridge.vdom._fragment import Fragment
from pyodide_app.bridge.vdom._javascript import renderer
from pyodide_app.bridge.vdom._node import Node
from pyodide_app.bridge.vdom._text import Text


@final
class SuspenseNode(Node):
    """Children, or a fallback while any of them waits."""

    __slots__ = ("children", "fallback", "id", "key", "waiting")
    kind = "suspense"

    def __init__(self, fallback: Child, children: Any) -> None:  # noqa: ANN401 - whatever can be a child
        self.fallback = fallback
        self.children = children
        self.key: object = None
        self.id = 0
        self.waiting: Waiting | None = None

    def __getitem__(self, children: Child) -> "SuspenseNode":
        """The same with these children."""
        self.children = children if isinstance(children, tuple) else (children,)
        return self

    def keyed(self, key: object) -> "SuspenseNode":
        """The same with a key that tells it from its neighbours in a list."""
        self.key = key
        return self

    def mount(self) -> None:
        self.id = 1
        self.waiting = Waiting(self.fallback)
        self.waiting.show(self.children)
        _graph.run(self.waiting)

    def patch(self, old: "SuspenseNode") -> None:
        self.id, old.id = 1, 0
        waiting = self.waiting = old.waiting
        assert waiting is not None  # it was mounted
        waiting.fallback = self.fallback
        waiting.show(self.children)

    def unmount(self) -> None:
        self.id = 0
        if self.waiting is not None:
            self.waiting.end()
            self.waiting = None

    def _shown(self) -> Node:
        assert self.waiting is not None  # it is mounted
        return self.waiting.instead or self.waiting.tree

    def remove(self) -> None:
        self._shown().remove()

    def move(self) -> None:
        self._shown().move()

    def first(self) -> int:
        return self._shown().first()

    def last(self) -> int:
        return self._shown().last()

    def again(self) -> "SuspenseNode":
        return SuspenseNode(self.fallback, self.children).keyed(self.key)

    def html(self, write: Callable[[str], object]) -> None:
        parts: list[str] = []
        try:
            Fragment(self.children).html(parts.append)
        except Pending:
            node_of(self.fallback).html(write)
        else:
            write("".join(parts))


class Waiting(Effect):
    """Knows who waits below. While anybody does, the children stand in an element outside the page.

    They are moved when all that is stale is rendered, never in the midst of it.
    """

    __slots__ = ("_outside", "_waits", "_who", "fallback", "instead", "parent", "tree")
    name: str = "Suspense"
    catch: Callable[[Exception], bool] | None = None
    context: tuple[object, Any] | None = None

    def __init__(self, fallback: Child) -> None:
        self._waits = Signal(False)
        super().__init__(lambda: self._waits.value, _frame.queue, owned=False)
        self._who: set[object] = set()
        self._outside = 0  # the id of that element
        self.fallback = fallback
        self.parent = _place.current
        self.tree: Node = Text("")
        self.instead: Node | None = None  # the fallback, while it is shown

    def wait(self, who: object) -> None:
        """Something below waits."""
        self._who.add(who)
        self._waits.value = True

    def done(self, who: object) -> None:
        """It waits no more."""
        self._who.discard(who)
        self._waits.value = bool(self._who)

    def show(self, children: Any) -> None:  # noqa: ANN401 - whatever can be a child
        """Mount children or patch those that are there, and the fallback if it is shown."""
        outer, _place.current = _place.current, self
        try:
            child = Fragment(children)
            self.tree, error = take_over(self.tree, child) if self.tree.id else mount_first(child)
        finally:
            _place.current = outer
        self._fail(error)
        if self.instead is not None:
            self.instead, error = take_over(self.instead, self.fallback)
            self._fail(error)

    def _settle(self, value: Any, failure: Failure | None) -> None:  # noqa: ANN401
        if self._state == DISPOSED:
            return
        self._state = CLEAN
        if bool(value) == (self.instead is not None):
            return
        outer, _place.current = _place.current, self.parent
        try:
            if value:
                self._leave()
            else:
                self._return()
        finally:
            _place.current = outer

    def _leave(self) -> None:
        self._outside = _ops.take_id()
        renderer().register(self._outside, renderer().outside())
        _ops.ints.extend((_ops.BEFORE, self.tree.first()))
        self.instead, error = mount_first(self.fallback)
        _ops.ints.extend((_ops.END, _ops.INTO, self._outside))
        self.tree.move()
        _ops.ints.append(_ops.END)
        self._fail(error)

    def _return(self) -> None:
        assert self.instead is not None  # the children are outside
        _ops.ints.extend((_ops.BEFORE, self.instead.first()))
        self.tree.move()
        _ops.ints.append(_ops.END)
        self.instead.remove()
        self._forget()

    def _forget(self) -> None:
        if self.instead is not None:
            self.instead.unmount()
            self.instead = None
            _ops.free_id(self._outside)

    def _fail(self, error: Exception | None) -> None:
        if error is not None:
            error.add_note(f"(while rendering {_place.path(self)})")
            _place.fail(error, self.parent)

    def end(self) -> None:
        """It is gone."""
        self.dispose()
        self._forget()
        self.tree.unmount()

    def __repr__(self) -> str:
        return "<Suspense>"


def Suspense(fallback: Child, *children: Child) -> SuspenseNode:
    """Show a fallback until all that is waited for below is there: `Suspense("loading…")[children]`.

    A component, or a function that is a child, waits if it calls `resource.read()` before there is a value.
    What is below stays as it is meanwhile, with its state, outside the page. Values that are loaded anew are
    shown until the new ones are there. What a resource raises is for the boundary around who reads it.

    Args:
        fallback: what can be a child.
    """
    return SuspenseNode(fallback, children)
