"""Signals for the parts of something that may have many: made when they are read, forgotten afterwards."""

from collections.abc import Iterable
from typing import Any, Generic, TypeVar, final
from weakref import ref

from pyodide_app.bridge.reactivity import _graph

__all__ = ["Parts"]

K = TypeVar("K")
_FEW = 64  # dead references that are not worth looking for


@final
class Part(_graph.Signal[Any]):
    """The signal of one part. While it is observed it is kept, and so is who observes it."""

    __slots__ = ("_key", "_parts")

    def __init__(self, value: object, parts: "Parts[Any]", key: object) -> None:
        super().__init__(value)
        self._parts = parts
        self._key = key

    def observed(self) -> None:
        self._parts.keep(self, self._key)

    def unobserved(self) -> None:
        self._parts.loosen(self, self._key)


@final
class Parts(Generic[K]):
    """The parts that somebody reads.

    An effect that reads a part is about to observe it, so it is kept at once. A computed that nobody observes
    holds what it reads by itself.
    """

    __slots__ = ("_kept", "_loose", "_many")

    def __init__(self) -> None:
        self._kept: dict[K, Part] = {}
        self._loose: dict[K, ref[Part]] = {}  # some of them are gone
        self._many = _FEW

    def track(self, key: K, value: object) -> None:
        """Let the running function depend on a part, whose value is known."""
        reads = _graph._reads
        if reads is not None:
            reads.append(self._kept.get(key) or self._make(key, value))

    def _make(self, key: K, value: object) -> Part:
        loose = self._loose.get(key)
        part = loose() if loose else None
        if part is None:
            part = Part(value, self, key)
            if _graph._nesting:
                self.loosen(part, key)
            else:
                self._kept[key] = part
        return part

    def keep(self, part: Part, key: K) -> None:
        """Hold a part that gets its first observer."""
        self._loose.pop(key, None)
        self._kept[key] = part

    def loosen(self, part: Part, key: K) -> None:
        """Hold a part no more."""
        self._kept.pop(key, None)
        self._loose[key] = ref(part)
        if len(self._loose) > self._many:
            self._loose = {key: loose for key, loose in self._loose.items() if loose() is not None}
            self._many = 2 * len(self._loose) + _FEW

    def keys(self) -> "Iterable[K]":
        """The parts that somebody reads."""
        return [*self._kept, *(key for key, loose in self._loose.items() if loose() is not None)]

    def set(self, key: K, value: object) -> None:
        """Say what a part is now."""
        part = self._kept.get(key)
        if part is None:
            loose = self._loose.get(key)
            part = loose() if loose else None
        if part is not None:
            part.value = value
