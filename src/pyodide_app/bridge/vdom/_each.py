"""Lists that are rendered item by item: what stays the same is not rendered again."""

from collections.abc import Callable, Iterable
from types import FunctionType
from typing import Any, TypeVar, final

from pyodide_app.bridge.reactivity import _graph
from pyodide_app.bridge.reactivity._equality import same
from pyodide_app.bridge.reactivity._errors import Failure
from pyodide_app.bridge.reactivity._graph import CLEAN, DISPOSED, Effect, Source
from pyodide_app.bridge.vdom import _frame, _place
from pyodide_app.bridge.vdom._children import Child, mount_all, mount_first, node_of, reconcile, take_over
from pyodide_app.bridge.vdom._node import Node
from pyodide_app.bridge.vdom._props import read
from pyodide_app.bridge.vdom._text import Text

T = TypeVar("T")
_VALUES = {str, int, float, bool, type(None)}  # an item of these is any other that is equal


@final
class Row(Node, _graph.Owner):
    """One item and what it is shown as. It owns what rendering it makes; its errors are no other row's."""

    __slots__ = ("_owned", "_owner", "id", "item", "key", "rows", "tree")
    kind = "row"

    def __init__(self, rows: "Rows", item: Any, key: object) -> None:  # noqa: ANN401 - items are of all types
        self._owned: dict[Any, None] | None = None
        self._owner = None
        self.rows = rows
        self.item = item
        self.key = key
        self.id = 0
        self.tree: Node = Text("")

    def _child(self) -> Child:
        outer = _graph.set_owner(self)
        try:
            return self.rows.each.render(self.item)
        except Exception as error:
            self._fail(error)
            return None
        finally:
            _graph.set_owner(outer)

    def _fail(self, error: Exception) -> None:
        parent = self.rows.parent
        error.add_note(f"(while rendering an item of a list in {_place.path(parent) or 'the page'})")
        _place.fail(error, parent)

    def mount(self) -> None:
        self.id = 1
        self.tree, error = mount_first(self._child())
        if error is not None:
            self._fail(error)

    def patch(self, old: "Row") -> None:
        self.id, old.id = 1, 0
        old.end()
        self.tree, error = take_over(old.tree, self._child())
        if error is not None:
            self._fail(error)

    def end(self) -> None:
        """Let go of what rendering it has made."""
        if self._owned:
            try:
                self.dispose_owned()
            except Exception as error:
                self._fail(error)

    def unmount(self) -> None:
        self.id = 0
        self.end()
        self.tree.unmount()

    def remove(self) -> None:
        self.tree.remove()

    def move(self) -> None:
        self.tree.move()

    def first(self) -> int:
        return self.tree.first()

    def last(self) -> int:
        return self.tree.last()


@final
class Each(Node):
    """A list whose items are rendered one by one."""

    __slots__ = ("alone", "id", "items", "key", "key_of", "render", "rows")
    kind = "each"

    def __init__(
        self,
        items: Any,  # noqa: ANN401 - a list, or what gives one
        render: Callable[[Any], Child],
        key_of: Callable[[Any], object] | None,
    ) -> None:
        self.items = items
        self.render = render
        self.key_of = key_of
        self.key = None
        self.id = 0
        self.alone = 0  # the id of the element whose only child this is
        self.rows: Rows | None = None

    def alone_in(self, id: int) -> "Each":
        """The same list, not mounted, as the only child of an element, which can be emptied at once."""
        alone = self.again() if self.id else self
        alone.alone = id
        return alone

    def mount(self) -> None:
        self.id = 1
        self.rows = Rows(self)
        _graph.run(self.rows)

    def patch(self, old: "Each") -> None:
        self.id, old.id = 1, 0
        rows = self.rows = old.rows
        assert rows is not None  # it was mounted
        rows.each = self
        rows.anew = rows.anew or not _same_function(old.render, self.render)
        if rows.anew or self.items is not old.items or not isinstance(self.items, Source):
            _graph.run(rows)

    def unmount(self) -> None:
        self.id = 0
        if self.rows is not None:
            self.rows.end()
            self.rows = None

    def _nodes(self) -> list[Node]:
        assert self.rows is not None  # it is mounted
        return self.rows.nodes

    def remove(self) -> None:
        for node in self._nodes():
            node.remove()

    def move(self) -> None:
        for node in self._nodes():
            node.move()

    def first(self) -> int:
        return self._nodes()[0].first()

    def last(self) -> int:
        return self._nodes()[-1].last()

    def again(self) -> "Each":
        return Each(self.items, self.render, self.key_of)

    def html(self, write: Callable[[str], object]) -> None:
        from pyodide_app.bridge.vdom._fragment import write_all  # noqa: PLC0415 - fragments are made of these

        write_all([node_of(self.render(item)) for item in read(self.items)] or [Text("")], write)


def _same_function(one: Any, other: Any, depth: int = 3) -> bool:  # noqa: ANN401 - whatever can be called
    """Whether two functions do the same: a lambda is made anew by each rendering, but captures the same."""
    if same(one, other):
        return True
    if type(one) is not FunctionType or type(other) is not FunctionType or not depth:
        return False
    if one.__code__ is not other.__code__ or one.__kwdefaults__ != other.__kwdefaults__:
        return False
    try:
        ours = [*(one.__defaults__ or ()), *(cell.cell_contents for cell in one.__closure__ or ())]
        theirs = [*(other.__defaults__ or ()), *(cell.cell_contents for cell in other.__closure__ or ())]
    except ValueError:  # a variable that is not set
        return False
    return all(_same_function(a, b, depth - 1) for a, b in zip(ours, theirs, strict=True))


class Rows(Effect):
    """Follows the list."""

    __slots__ = ("anew", "by_key", "each", "nodes", "parent")

    def __init__(self, each: Each) -> None:
        super().__init__(self._read, _frame.queue, owned=False)
        self.each = each
        self.by_key: dict[object, Row] = {}
        self.nodes: list[Node] = []
        self.parent = _place.current
        self.anew = False  # whether all rows are to be rendered again, their function being another

    def _read(self) -> list[Any]:
        outer, _place.current = _place.current, self.parent
        try:
            return list(read(self.each.items))
        finally:
            _place.current = outer

    def _settle(self, value: Any, failure: Failure | None) -> None:  # noqa: ANN401
        if self._state == DISPOSED:
            return
        self._state = CLEAN
        error = failure.again() if failure else None
        outer, _place.current = _place.current, self.parent
        try:
            if error is None:
                self._show(value)
        except Exception as keys_failed:
            error = keys_failed
        finally:
            if not self.nodes:
                self.nodes = [Text("")]
                self.nodes[0].mount()
            _place.current = outer
        if error is not None:
            error.add_note(f"(while rendering a list in {_place.path(self.parent) or 'the page'})")
            _place.fail(error, self.parent)

    def _show(self, items: list[Any]) -> None:
        keys, by_value = self._keys(items)
        old = self.by_key
        rows: dict[object, Row] = {}
        for key, item in zip(keys, items, strict=True):
            row = old.get(key)
            if row is None or self.anew or (row.item is not item and not (by_value and same(row.item, item))):
                row = Row(self, item, key)
            rows[key] = row
        self.anew = False
        before = self.nodes
        nodes: list[Node] = list(rows.values()) or [Text("")]
        self.by_key, self.nodes = rows, nodes
        if before:
            reconcile(self.each.alone, before, nodes)
        else:
            mount_all(nodes)

    def _keys(self, items: list[Any]) -> tuple[list[object], bool]:
        """The items' keys, and whether they are the items themselves."""
        key_of = self.each.key_of
        if key_of is not None:
            keys = list(map(key_of, items))
            if len(set(keys)) != len(keys):
                twice = next(key for place, key in enumerate(keys) if key in keys[:place])
                raise ValueError(f"each: two items have the key {twice!r}; keys must differ")
            return keys, False
        by_value = _VALUES.issuperset(map(type, items))
        keys = items if by_value else list(map(id, items))
        if len(set(keys)) != len(keys):  # the same item several times
            seen: dict[object, int] = {}
            numbered: list[object] = []
            for key in keys:
                seen[key] = number = seen.get(key, 0) + 1
                numbered.append((key, number) if number > 1 else key)
            keys = numbered
        return keys, by_value

    def end(self) -> None:
        """It is gone."""
        self.dispose()
        for node in reversed(self.nodes):
            node.unmount()

    def __repr__(self) -> str:
        return f"<each of {_place.path(self.parent) or 'the page'}>"


def each(
    items: "Source[Any] | Callable[[], Iterable[T]] | Iterable[T]",
    render: Callable[[T], Child],
    *,
    key: Callable[[T], object] | None = None,
) -> Each:
    """Show a list item by item; an item that stays is not rendered again, only moved.

    An item is rendered again if another one takes over its key, and all are when the component around the
    list is rendered and hands over a function that does something else: another one, or one that has captured
    other values. What a row shows besides is a signal, or a component that reads one.

    Args:
        items: the list, or a signal or a function that has it.
        render: makes what an item is shown as.
        key: tells items from each other. By default text and numbers are told by their value, and other
            items are themselves only. The same item may stand there several times.
    """
    return Each(items, render, key)
