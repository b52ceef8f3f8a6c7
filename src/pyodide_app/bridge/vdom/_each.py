"""Lists that are rendered item by item: what stays the same is not rendered again."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar, final

from pyodide_app.bridge.reactivity import _graph
from pyodide_app.bridge.reactivity._errors import Failure
from pyodide_app.bridge.reactivity._graph import CLEAN, DISPOSED, Effect, Source
from pyodide_app.bridge.vdom import _frame, _place
from pyodide_app.bridge.vdom._children import Child, mount_all, node_of, reconcile
from pyodide_app.bridge.vdom._node import Node
from pyodide_app.bridge.vdom._props import read
from pyodide_app.bridge.vdom._text import Text

T = TypeVar("T")


@final
class Row(_graph.Owner):
    """One item, what it is shown as, and what rendering it has made."""

    __slots__ = ("_owned", "_owner", "item", "node")

    def __init__(self, item: Any) -> None:  # noqa: ANN401 - items are of all types
        self._owned: dict[Any, None] | None = None
        self._owner = None
        self.item = item
        self.node: Node = Text("")


@final
class Each(Node):
    """A list whose items are rendered one by one."""

    __slots__ = ("follower", "id", "items", "key", "key_of", "render")
    kind = "each"

    def __init__(
        self, items: Any, render: Callable[[Any], Child], key_of: Callable[[Any], object] | None
    ) -> None:
        self.items = items
        self.render = render
        self.key_of = key_of
        self.key = None
        self.id = 0
        self.follower: Rows | None = None

    def mount(self) -> None:
        self.id = 1
        self.follower = Rows(self)
        _graph.run(self.follower)

    def patch(self, old: "Each") -> None:
        self.id, old.id = 1, 0
        follower = self.follower = old.follower
        assert follower is not None  # it was mounted
        follower.each = self
        _graph.run(follower)

    def unmount(self) -> None:
        self.id = 0
        if self.follower is not None:
            self.follower.end()
            self.follower = None

    def _nodes(self) -> list[Node]:
        assert self.follower is not None  # it is mounted
        return self.follower.nodes

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


class Rows(Effect):
    """Follows the list."""

    __slots__ = ("alone", "each", "nodes", "parent", "rows")

    def __init__(self, each: Each) -> None:
        super().__init__(self._read, _frame.queue, owned=False)
        self.each = each
        self.rows: dict[object, Row] = {}
        self.nodes: list[Node] = []
        self.parent = _place.current
        self.alone = 0  # the id of the element whose only child this is

    def _read(self) -> list[Any]:
        return list(read(self.each.items))

    def _settle(self, value: Any, failure: Failure | None) -> None:  # noqa: ANN401
        if self._state == DISPOSED:
            return
        self._state = CLEAN
        outer, _place.current = _place.current, self.parent
        errors: list[Exception] = []
        try:
            if failure is not None:
                errors.append(failure.again())
            else:
                self._show(value, errors)
            if not self.nodes:
                self.nodes = [Text("")]
                self.nodes[0].mount()
        finally:
            _place.current = outer
        for error in errors:
            error.add_note(f"(while rendering a list in {_place.path(self.parent) or 'the page'})")
            _place.fail(error, self.parent)

    def _show(self, items: list[Any], errors: list[Exception]) -> None:
        old, keys = self.rows, self._keys(items)
        rows: dict[object, Row] = {}
        for key, item in zip(keys, items, strict=True):
            row = old.get(key)
            if row is None or row.item is not item:
                row = self._row(key, item, row, errors)
            rows[key] = row
        before, nodes = self.nodes, [row.node for row in rows.values()] or [Text("")]
        self.rows, self.nodes = rows, nodes
        if before:
            reconcile(self.alone, before, nodes)
        else:
            mount_all(nodes)
        if len(old) + len(rows):
            for key, row in old.items():
                if rows.get(key) is not row:
                    self._end(row, errors)

    def _keys(self, items: list[Any]) -> list[object]:
        key_of = self.each.key_of
        if key_of is not None:
            keys = list(map(key_of, items))
            if len(set(keys)) != len(keys):
                twice = next(key for place, key in enumerate(keys) if key in keys[:place])
                raise ValueError(f"each: two items have the key {twice!r}; keys must differ")
            return keys
        keys = list(map(id, items))
        if len(set(keys)) != len(keys):  # the same item several times
            seen: dict[object, int] = {}
            for place, key in enumerate(keys):
                seen[key] = seen.get(key, 0) + 1
                keys[place] = (key, seen[key])
        return keys

    def _row(self, key: object, item: Any, old: Row | None, errors: list[Exception]) -> Row:  # noqa: ANN401
        row = Row(item)
        outer = _graph.set_owner(row)
        try:
            node = node_of(_graph.untracked(lambda: self.each.render(item)))
        except Exception as error:
            errors.append(error)
            node = Text("")
        finally:
            _graph.set_owner(outer)
        node.key = key
        row.node = node
        return row

    def _end(self, row: Row, errors: list[Exception]) -> None:
        if row._owned:
            try:
                row.dispose_owned()
            except Exception as error:
                errors.append(error)

    def end(self) -> None:
        """It is gone."""
        self.dispose()
        errors: list[Exception] = []
        for row in self.rows.values():
            self._end(row, errors)
        for node in self.nodes:
            node.unmount()
        for error in errors:
            _place.fail(error, self.parent)


def each(
    items: "Source[Any] | Callable[[], Iterable[T]] | Iterable[T]",
    render: Callable[[T], Child],
    *,
    key: Callable[[T], object] | None = None,
) -> Each:
    """Show a list item by item; an item that stays is not rendered again, only moved.

    Args:
        items: the list, or a signal or a function that has it.
        render: makes the node of an item; called once for each new item.
        key: tells items from each other; by default an item is itself only.
    """
    return Each(items, render, key)
