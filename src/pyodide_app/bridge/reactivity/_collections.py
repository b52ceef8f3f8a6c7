"""What the reactive list, dict and set have in common: who watches what of them.

A collection that nobody watches is a list, dict or set with one empty slot more. When a computed or an effect
reads it, it gets a `Watch`: a signal for the whole, one for its structure (the length, the keys), and one for
each part that was read by itself. A mutation compares what is watched with what there is now, also when the
mutation failed half way.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from typing import Any, Final, TypeVar, cast

from pyodide_app.bridge.reactivity import _graph
from pyodide_app.bridge.reactivity._equality import same
from pyodide_app.bridge.reactivity._parts import Parts

__all__ = ["MISSING", "Collection", "Watch", "mutator", "reader", "resizer", "wrap"]

F = TypeVar("F", bound=Callable[..., Any])
MISSING: Final = object()
"""The value of a part that is not there."""

_reactive: dict[type, Callable[[Any], Any]] = {}


def wrap(value: Any) -> Any:  # noqa: ANN401 - any value
    """A plain list, dict or set as a reactive copy; anything else as it is."""
    make = _reactive.get(type(value))
    return value if make is None else make(value)


class Watch:
    """The signals of a collection that is watched."""

    __slots__ = ("parts", "structure", "whole")

    def __init__(self) -> None:
        # Numbers that grow: what they count is of no interest.
        self.whole = _graph.Signal(0)
        self.structure = _graph.Signal(0)
        self.parts: Parts[Any] = Parts()

    def settle(
        self,
        get: Callable[[Any], object],
        keys: Iterable[object] | None = None,
        *,
        changed: bool,
        moved: bool,
    ) -> None:
        """Tell who watches.

        Args:
            get: what a part is now.
            keys: the parts that may have changed; all by default.
            changed: whether the whole is another than before.
            moved: whether the structure is.
        """
        if not changed:
            return
        with _graph.batch():
            self.whole.update(_next)
            if moved:
                self.structure.update(_next)
            for key in self.parts.keys() if keys is None else keys:
                self.parts.set(key, get(key))


def _next(number: int) -> int:
    return number + 1


class Collection:
    """Base of the reactive collections."""

    __slots__ = ()
    __observable__ = ()
    _watch: Watch | None

    def __init_subclass__(cls, plain: type | None = None) -> None:
        if plain is not None:
            _reactive[plain] = cls

    def watch(self) -> Watch:
        """Its signals, made when they are first asked for."""
        if self._watch is None:
            self._watch = Watch()  # type: ignore[misc]  # the subclasses have the slot
        return self._watch

    def track(self) -> None:
        """Let the running function depend on all of it."""
        if _graph._reads is not None:
            self.watch().whole.track()

    def __getstate__(self) -> None:
        return None  # who watches is neither copied nor pickled

    def _part_now(self, key: Any) -> object:  # noqa: ANN401 - any key
        raise NotImplementedError

    def _snapshot(self) -> "Sequence[object]":
        """All that there is, in an order that counts."""
        raise NotImplementedError

    def _structure(self) -> object:
        """What is equal as long as the structure is the same."""
        raise NotImplementedError

    def _size(self) -> int:
        """How many there are, without depending on it."""
        raise NotImplementedError


def reader(method: F) -> F:
    """A method that depends on the whole collection."""

    @wraps(method)
    def read(self: Collection, *args: object, **options: object) -> object:
        if _graph._reads is not None:
            self.watch().whole.track()
        return method(self, *args, **options)

    return cast(F, read)


def mutator(method: F) -> F:
    """A method that may change anything: what was there before is compared with what is there afterwards."""

    @wraps(method)
    def mutate(self: Collection, *args: object, **options: object) -> object:
        watch = self._watch
        if watch is None:
            return method(self, *args, **options)
        before, structure = self._snapshot(), self._structure()
        try:
            return method(self, *args, **options)
        finally:
            now = self._snapshot()
            changed = len(now) != len(before) or not all(map(same, before, now))
            watch.settle(self._part_now, changed=changed, moved=structure != self._structure())

    return cast(F, mutate)


def resizer(method: F) -> F:
    """A method that only adds or only removes: it has changed something if the length is another."""

    @wraps(method)
    def resize(self: Any, *args: object, **options: object) -> object:  # noqa: ANN401 - a sized Collection
        watch = self._watch
        if watch is None:
            return method(self, *args, **options)
        before = self._size()
        try:
            return method(self, *args, **options)
        finally:
            changed = self._size() != before
            watch.settle(self._part_now, changed=changed, moved=changed)

    return cast(F, resize)
