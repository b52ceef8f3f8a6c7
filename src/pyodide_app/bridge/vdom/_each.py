"""Lists that are rendered item by item: what stays the same is not rendered again."""

from collections.abc import Callable, Iterable
from itertools import compress, count, islice
from operator import is_not
from types import FunctionType
from typing import Any, TypeVar, final

from pyodide_app.bridge.reactivity import _graph
from pyodide_app.bridge.reactivity._equality import same
from pyodide_app.bridge.reactivity._errors import Failure
from pyodide_app.bridge.reactivity._graph import CLEAN, DISPOSED, Effect, Source
from pyodide_app.bridge.vdom import _frame, _ops, _place
from pyodide_app.bridge.vdom._children import (
    Child,
    mount_all,
    node_of,
    reconcile,
    replace_all,
    swap,
    take_over,
)
from pyodide_app.bridge.vdom._node import Node
from pyodide_app.bridge.vdom._props import read
from pyodide_app.bridge.vdom._text import Text

T = TypeVar("T")
_NOTHING = Text("")  # a row's tree before it is mounted
_VALUES = {str, int, float, bool, type(None)}  # an item of these is any other that is equal


@final
class Row(Node, _graph.Owner):
    """One item and what it is shown as. It owns what rendering it makes; its errors are no other row's."""

    __slots__ = ("_owned", "id", "item", "key", "rows", "tree")
    _owner = None
    kind = "row"

    def __init__(self, rows: "Rows", item: Any, key: object) -> None:  # noqa: ANN401 - items are of all types
        self._owned: dict[Any, None] | None = None
        self.rows = rows
        self.item = item
        self.key = key
        self.id = 0
        self.tree: Node = _NOTHING

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
        ints, strings = len(_ops.ints), len(_ops.strings)
        tree: Node | None = None
        outer = _graph._owner
        try:
            # As in `_child` and `mount_first`, which would be four calls more for each of many rows.
            _graph._owner = self
            try:
                child = self.rows.each.render(self.item)
            finally:
                _graph._owner = outer
            tree = child if isinstance(child, Node) and not child.id else node_of(child)
            tree.mount()
            self.tree = tree
        except Exception as error:
            _ops.rewind((ints, strings))
            if tree is not None:
                tree.unmount()
            self.tree = Text("")
            self.tree.mount()
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
        if self._owned:
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


class Numbered(tuple[object, int]):
    """The key of an item that is there several times: the item's own and a number, from two on."""

    __slots__ = ()


def _numbered(keys: list[Any], taken: set[object]) -> list[Any]:
    """Keys that differ from each other and from those that are taken."""
    numbers: dict[object, int] = {}
    numbered: list[object] = []
    for key in keys:
        unique, number = key, numbers.get(key, 1)
        while unique in taken:
            number += 1
            unique = Numbered((key, number))
        numbers[key] = number
        taken.add(unique)
        numbered.append(unique)
    return numbered


class Rows(Effect):
    """Follows the list."""

    __slots__ = ("anew", "each", "is_numbered", "items", "keys", "nodes", "parent")

    def __init__(self, each: Each) -> None:
        super().__init__(self._read, _frame.queue, owned=False)
        self.each = each
        self.items: list[Any] = []
        self.nodes: list[Any] = []  # a Row for each item; an empty text if there is none
        self.keys: set[object] = set()  # of all rows
        self.is_numbered = False  # whether some keys have a number, as an item is there several times
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
        """Bring the rows up to date. The same items at the start and at the end cost next to nothing."""
        before, shown = self.items, self.nodes
        start = end = 0
        if self.is_numbered:
            self._number_anew()
        if not self.anew:
            if self._swap(items):
                return
            shorter = min(len(before), len(items))
            start = next(compress(range(shorter), map(is_not, before, items)), shorter)
            rest = shorter - start
            end = next(compress(range(rest), map(is_not, reversed(before), reversed(items))), rest)
        old = {row.key: row for row in shown[start : len(before) - end]}
        middle = items[start : len(items) - end]
        keys = self._keys(middle, old)
        fresh = set(keys)
        kept = not old.keys().isdisjoint(fresh)
        new = self._rows(middle, keys, old if kept else {})
        nodes = [*shown[:start], *new, *shown[len(before) - end : len(before)]] or [Text("")]
        self.keys.difference_update(old)
        self.keys |= fresh
        self.items, self.nodes, self.anew = items, nodes, False
        if not shown:
            mount_all(nodes)
        elif kept or start or end:
            reconcile(self.each.alone, shown, nodes, start, end)
        else:
            replace_all(self.each.alone, shown, nodes)

    def _swap(self, items: list[Any]) -> bool:
        """Bring the rows up to date if two have changed places and nothing else has."""
        before = self.items
        if len(before) != len(items):
            return False
        places = list(islice(compress(count(), map(is_not, before, items)), 3))
        if len(places) != 2:
            return False
        one, other = places
        if before[one] is not items[other] or before[other] is not items[one]:
            return False
        self.items = items
        swap(self.nodes, one, other)
        return True

    def _rows(self, items: list[Any], keys: list[Any], old: dict[object, Row]) -> list[Row]:
        """The rows of items: old ones where they are the same."""
        if not old:
            return [Row(self, item, key) for item, key in zip(items, keys, strict=True)]
        rows = []
        for item, key in zip(items, keys, strict=True):
            row = old.get(key)
            if row is not None and not self.anew:
                known = row.item
                if known is item or (type(item) in _VALUES and same(known, item)):
                    rows.append(row)
                    continue
            rows.append(Row(self, item, key))
        return rows

    def _keys(self, items: list[Any], old: dict[object, Row]) -> list[Any]:
        """The keys of items that come in place of old rows, different from all others in the list."""
        key_of = self.each.key_of
        if key_of is not None:
            keys = list(map(key_of, items))
        elif _VALUES.issuperset(map(type, items)):
            keys = items
        else:
            keys = [item if type(item) in _VALUES else id(item) for item in items]
        fresh = set(keys)
        if len(fresh) == len(keys) and fresh & self.keys <= old.keys():
            return keys
        taken = self.keys - old.keys()
        if key_of is not None:
            twice = next(key for place, key in enumerate(keys) if key in taken or key in keys[:place])
            raise ValueError(f"each: two items have the key {twice!r}; keys must differ")
        self.is_numbered = True
        return _numbered(keys, taken)

    def _number_anew(self) -> None:
        """Count from one again, so that what is left of an item that was there several times is found."""
        rows = self.nodes[: len(self.items)]
        keys = [row.key[0] if type(row.key) is Numbered else row.key for row in rows]
        numbered = _numbered(keys, set())
        for row, key in zip(rows, numbered, strict=True):
            row.key = key
        self.keys = set(numbered)
        self.is_numbered = keys != numbered

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
