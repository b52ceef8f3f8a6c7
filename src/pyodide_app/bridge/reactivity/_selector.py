"""Which one of many is selected, told only to the two that it concerns."""

from collections.abc import Callable, Iterable
from typing import Generic, TypeVar, final

from pyodide_app.bridge.reactivity import _graph
from pyodide_app.bridge.reactivity._errors import Failure
from pyodide_app.bridge.reactivity._parts import Parts

__all__ = ["Selector", "selector"]

K = TypeVar("K")


def selector(source: "_graph.Source[K] | Callable[[], K]") -> "Selector[K]":
    """Make a function that says whether a key is the selected one.

    A computed or an effect that asks it about a key runs again only when the answer for this key changes. So
    a change of the selection costs the same however many keys are asked about.

    Args:
        source: what holds or computes the selected key. Keys can be hashed.
    """
    return Selector(source if isinstance(source, _graph.Source) else _graph.Computed(source))


@final
class Selector(Generic[K]):
    """Called with a key, says whether it is the selected one: what `selector` returns."""

    __slots__ = ("_effect", "_failure", "_selected", "_source", "_watched")

    def __init__(self, source: "_graph.Source[K]") -> None:
        self._source = source
        self._selected: K | None = None
        self._failure: Failure | None = None  # of the source
        self._watched: Parts[K | None] = Parts()
        self._effect = _graph.Effect(self._follow)
        if not source._lazy:
            self._at_once()
        self._effect.start()

    def __call__(self, key: K) -> bool:
        """Whether the key is the selected one.

        Raises:
            Exception: what computing the selected key raised.
        """
        state = self._effect._state
        if state:
            if state == _graph.DISPOSED:
                return bool(self._source.value == key)
            self._effect.update()  # in a batch, the selection may have changed already
        if _graph._reads is not None:
            if _graph._nesting:
                self._at_once()
            self._watched.track(key, self._answer(key))
        if self._failure is not None:
            raise self._failure.again()
        return self._selected == key

    def _at_once(self) -> None:
        """Follow each change at once. A computed that has asked would otherwise not know that it is stale.

        Where only effects ask, it is enough to do so before they run, and a computed source runs less often.
        """
        self._effect._queue = _graph._urgent

    def _answer(self, key: K | None) -> object:
        return self._selected == key if self._failure is None else self._failure

    def _follow(self) -> None:
        old, failure = self._selected, self._failure
        try:
            self._selected, self._failure = self._source.value, None
        except Exception as error:
            self._failure = Failure(error)
        concerned: Iterable[K | None] = (old, self._selected)
        if self._failure is not failure:  # it concerns everybody
            concerned = self._watched.keys()
        for key in concerned:
            self._watched.set(key, self._answer(key))
