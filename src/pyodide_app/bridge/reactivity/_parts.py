"""Signals for the parts of something that may have many: made when they are read, forgotten afterwards."""

from collections.abc import Iterable
from typing import Any, Generic, TypeVar, final
from weakref import WeakValueDictionary

from pyodide_app.bridge.reactivity import _graph

__all__ = ["Parts"]

K = TypeVar("K")


@final
class Part(_graph.Signal[Any]):
    """The signal of one part. It is kept while it is observed, and so is who observes it."""

    __slots__ = ("_kept",)

    def __init__(self, value: object, kept: "set[Part]") -> None:
        super().__init__(value)
        self._kept = kept

    def observed(self) -> None:
        self._kept.add(self)

    def unobserved(self) -> None:
        self._kept.discard(self)


@final
class Parts(Generic[K]):
    """The parts that somebody reads. A computed that nobody observes holds what it reads by itself."""

    __slots__ = ("_all", "_kept")

    def __init__(self) -> None:
        self._all: WeakValueDictionary[K, Part] = WeakValueDictionary()
        self._kept: set[Part] = set()

    def track(self, key: K, value: object) -> None:
        """Let the running function depend on a part, whose value is known."""
        part = self._all.get(key)
        if part is None:
            self._all[key] = part = Part(value, self._kept)
        part.track()

    def keys(self) -> "Iterable[K]":
        """The parts that somebody reads."""
        return list(self._all)

    def set(self, key: K, value: object) -> None:
        """Say what a part is now."""
        part = self._all.get(key)
        if part is not None:
            part.value = value
