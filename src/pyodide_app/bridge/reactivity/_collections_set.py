"""A set whose changes are seen."""

from collections.abc import Iterable
from typing import Any, Self, TypeVar

from pyodide_app.bridge.reactivity import _graph
from pyodide_app.bridge.reactivity._collections import Collection, mutator, reader, resizer

__all__ = ["ReactiveSet"]

T = TypeVar("T")


class ReactiveSet(Collection, set[T], plain=set):
    """A set for computeds and effects: who asks for an element depends on it, who iterates on the whole.

    Not seen is who copies it with a built-in set's own methods (`set(this)`, `plain.union(this)`): Python
    does not ask. Use `this.copy()` or `plain | this`.
    """

    __slots__ = ("_watch",)

    def __new__(cls, *_: object) -> Self:
        self = super().__new__(cls)
        self._watch = None
        return self

    def __init__(self, items: Iterable[T] = ()) -> None:
        super().__init__(items)

    # Reading

    def __contains__(self, item: object) -> bool:
        if _graph._reads is not None:
            self.watch().parts.track(item, self._part_now(item))
        return super().__contains__(item)

    def __len__(self) -> int:
        if _graph._reads is not None:
            self.watch().structure.track()
        return super().__len__()

    __iter__ = reader(set[T].__iter__)
    __eq__ = reader(set[T].__eq__)
    __ne__ = reader(set[T].__ne__)
    __lt__ = reader(set[T].__lt__)
    __le__ = reader(set[T].__le__)
    __gt__ = reader(set[T].__gt__)
    __ge__ = reader(set[T].__ge__)
    __or__ = reader(set[T].__or__)
    __ror__ = reader(set[T].__ror__)
    __and__ = reader(set[T].__and__)
    __rand__ = reader(set[T].__rand__)  # type: ignore[attr-defined]
    __sub__ = reader(set[T].__sub__)
    __rsub__ = reader(set[T].__rsub__)  # type: ignore[attr-defined]
    __xor__ = reader(set[T].__xor__)
    __rxor__ = reader(set[T].__rxor__)  # type: ignore[attr-defined]
    __repr__ = reader(set[T].__repr__)
    copy = reader(set[T].copy)
    union = reader(set[T].union)
    intersection = reader(set[T].intersection)
    difference = reader(set[T].difference)
    symmetric_difference = reader(set[T].symmetric_difference)
    isdisjoint = reader(set[T].isdisjoint)
    issubset = reader(set[T].issubset)
    issuperset = reader(set[T].issuperset)
    __hash__ = None

    # Changing

    pop = resizer(set[T].pop)
    clear = resizer(set[T].clear)
    update = resizer(set[T].update)
    difference_update = resizer(set[T].difference_update)
    intersection_update = resizer(set[T].intersection_update)
    symmetric_difference_update = mutator(set[T].symmetric_difference_update)
    __ior__ = resizer(set[T].__ior__)
    __iand__ = resizer(set[T].__iand__)
    __isub__ = resizer(set[T].__isub__)
    __ixor__ = mutator(set[T].__ixor__)

    def add(self, item: T) -> None:
        before = self._size()
        super().add(item)
        self._settle(item, before)

    def discard(self, item: object) -> None:
        before = self._size()
        super().discard(item)
        self._settle(item, before)

    def remove(self, item: T) -> None:
        before = self._size()
        super().remove(item)
        self._settle(item, before)

    def _settle(self, item: object, before: int) -> None:
        if self._watch is not None:
            changed = self._size() != before
            self._watch.settle(self._part_now, (item,), changed=changed, moved=changed)

    # For the watch

    def _part_now(self, key: Any) -> object:  # noqa: ANN401 - any key
        return set.__contains__(self, key)

    def _snapshot(self) -> list[T]:
        return [*super().__iter__()]

    def _size(self) -> int:
        return set.__len__(self)

    _structure = _size
