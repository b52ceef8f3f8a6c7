"""A list whose changes are seen."""

from collections.abc import Iterable
from typing import Any, Self, SupportsIndex, TypeVar, overload

from pyodide_app.bridge.reactivity import _graph
from pyodide_app.bridge.reactivity._collections import (
    MISSING,
    Collection,
    mutator,
    reader,
    resizer,
    wrap,
)
from pyodide_app.bridge.reactivity._equality import same

__all__ = ["ReactiveList"]

T = TypeVar("T")


class ReactiveList(Collection, list[T], plain=list):
    """A list for computeds and effects: who reads an element depends on it alone, who iterates on the whole.

    Lists, dicts and sets that are put in become reactive copies.
    """

    __slots__ = ("_watch",)

    def __new__(cls, *_: object) -> Self:
        self = super().__new__(cls)
        self._watch = None
        return self

    def __init__(self, items: Iterable[T] = ()) -> None:
        super().__init__(map(wrap, items))

    # Reading

    @overload
    def __getitem__(self, index: SupportsIndex) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> list[T]: ...
    def __getitem__(self, index: SupportsIndex | slice) -> T | list[T]:
        if _graph._reads is not None:
            if type(index) is int and index >= 0:
                self.watch().parts.track(index, self._part_now(index))
            else:
                self.track()
        return super().__getitem__(index)

    def __len__(self) -> int:
        if _graph._reads is not None:
            self.watch().structure.track()
        return super().__len__()

    __iter__ = reader(list[T].__iter__)
    __reversed__ = reader(list[T].__reversed__)
    __contains__ = reader(list[T].__contains__)
    __eq__ = reader(list[T].__eq__)
    __ne__ = reader(list[T].__ne__)
    __lt__ = reader(list[T].__lt__)
    __le__ = reader(list[T].__le__)
    __gt__ = reader(list[T].__gt__)
    __ge__ = reader(list[T].__ge__)
    __add__ = reader(list[T].__add__)
    __mul__ = reader(list[T].__mul__)
    __rmul__ = reader(list[T].__rmul__)
    __repr__ = reader(list[T].__repr__)
    copy = reader(list[T].copy)
    count = reader(list[T].count)
    index = reader(list[T].index)
    __hash__ = None

    @reader
    def __radd__(self, other: list[T]) -> list[T]:
        return other.__add__(self)

    # Changing

    __delitem__ = resizer(list[T].__delitem__)
    pop = resizer(list[T].pop)
    remove = resizer(list[T].remove)
    clear = resizer(list[T].clear)
    sort = mutator(list[T].sort)
    reverse = mutator(list[T].reverse)
    __imul__ = resizer(list[T].__imul__)

    def append(self, item: T) -> None:
        super().append(wrap(item))
        if self._watch is not None:
            self._watch.settle(self._part_now, (self._size() - 1,), changed=True, moved=True)

    @resizer
    def insert(self, index: SupportsIndex, item: T) -> None:
        super().insert(index, wrap(item))

    @resizer
    def extend(self, items: Iterable[T]) -> None:
        super().extend(map(wrap, items))

    def __iadd__(self, items: Iterable[T]) -> Self:  # type: ignore[misc, override]
        self.extend(items)
        return self

    @overload
    def __setitem__(self, index: SupportsIndex, item: T) -> None: ...
    @overload
    def __setitem__(self, index: slice, item: Iterable[T]) -> None: ...
    def __setitem__(self, index: SupportsIndex | slice, item: Any) -> None:  # as in list
        if isinstance(index, slice):
            self._set_slice(index, item)
            return
        item = wrap(item)
        if self._watch is None:
            super().__setitem__(index, item)
            return
        place = index.__index__()
        old = self._part_now(place)
        super().__setitem__(index, item)
        place = place if place >= 0 else self._size() + place
        changed = not same(old, item)
        self._watch.settle(self._part_now, (place,), changed=changed, moved=False)

    @mutator
    def _set_slice(self, index: slice, items: Iterable[T]) -> None:
        super().__setitem__(index, map(wrap, items))

    # For the watch

    def _part_now(self, key: int) -> object:
        try:
            return list.__getitem__(self, key)
        except IndexError:
            return MISSING

    def _snapshot(self) -> list[T]:
        return super().copy()

    def _size(self) -> int:
        return list.__len__(self)

    _structure = _size
