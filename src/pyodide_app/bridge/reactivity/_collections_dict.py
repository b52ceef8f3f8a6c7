"""A dict whose changes are seen."""

from collections.abc import Iterable, Mapping
from typing import Any, Self, TypeVar, overload

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

__all__ = ["ReactiveDict"]

K = TypeVar("K")
V = TypeVar("V")
D = TypeVar("D")


class ReactiveDict(Collection, dict[K, V], plain=dict):
    """A dict for computeds and effects: who reads a key depends on it alone, who iterates on all keys.

    Values and items depend on the whole. Lists, dicts and sets that are put in become reactive copies.
    """

    __slots__ = ("_watch",)

    def __new__(cls, *_: object, **__: object) -> Self:
        self = super().__new__(cls)
        self._watch = None
        return self

    def __init__(self, items: Mapping[K, V] | Iterable[tuple[K, V]] = (), /, **more: V) -> None:
        table: dict[Any, V] = dict(items)
        table.update(more)
        super().__init__({key: wrap(value) for key, value in table.items()})

    # Reading

    def _track_part(self, key: object) -> None:
        if _graph._reads is not None:
            self.watch().parts.track(key, self._part_now(key))

    def _track_keys(self) -> None:
        if _graph._reads is not None:
            self.watch().structure.track()

    def __getitem__(self, key: K) -> V:
        self._track_part(key)
        return super().__getitem__(key)

    def __contains__(self, key: object) -> bool:
        self._track_part(key)
        return super().__contains__(key)

    @overload
    def get(self, key: K, default: None = None, /) -> V | None: ...
    @overload
    def get(self, key: K, default: V, /) -> V: ...
    @overload
    def get(self, key: K, default: D, /) -> V | D: ...
    def get(self, key: K, default: object = None, /) -> object:
        self._track_part(key)
        return super().get(key, default)

    def __len__(self) -> int:
        self._track_keys()
        return super().__len__()

    def __iter__(self) -> Any:  # noqa: ANN401 - typed by dict
        self._track_keys()
        return super().__iter__()

    def __reversed__(self) -> Any:  # noqa: ANN401
        self._track_keys()
        return super().__reversed__()

    def keys(self) -> Any:  # noqa: ANN401
        self._track_keys()
        return super().keys()

    values = reader(dict[K, V].values)
    items = reader(dict[K, V].items)
    copy = reader(dict[K, V].copy)
    __eq__ = reader(dict[K, V].__eq__)
    __ne__ = reader(dict[K, V].__ne__)
    __or__ = reader(dict[K, V].__or__)
    __ror__ = reader(dict[K, V].__ror__)
    __repr__ = reader(dict[K, V].__repr__)
    __hash__ = None

    # Changing

    __delitem__ = resizer(dict[K, V].__delitem__)
    pop = resizer(dict[K, V].pop)
    popitem = resizer(dict[K, V].popitem)
    clear = resizer(dict[K, V].clear)

    def __setitem__(self, key: K, value: V) -> None:
        value = wrap(value)
        if self._watch is None:
            super().__setitem__(key, value)
            return
        old = self._part_now(key)
        super().__setitem__(key, value)
        self._watch.settle(self._part_now, (key,), changed=not same(old, value), moved=old is MISSING)

    def setdefault(self, key: K, default: Any = None, /) -> Any:  # noqa: ANN401 - as in dict
        if dict.__contains__(self, key):
            return self[key]
        self[key] = default
        return dict.__getitem__(self, key)

    @mutator
    def update(self, *items: Any, **more: V) -> None:  # noqa: ANN401 - whatever dict takes
        for key, value in dict(*items, **more).items():
            dict.__setitem__(self, key, wrap(value))

    def __ior__(self, items: Any) -> Self:  # type: ignore[override, misc]  # noqa: ANN401
        self.update(items)
        return self

    # For the watch

    def _part_now(self, key: Any) -> object:  # noqa: ANN401 - any key
        return dict.get(self, key, MISSING)

    def _snapshot(self) -> list[K | V]:
        return [*super().__iter__(), *super().values()]

    def _structure(self) -> list[K]:
        return [*super().__iter__()]

    def _size(self) -> int:
        return dict.__len__(self)
