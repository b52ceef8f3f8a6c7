"""Values that come later: loaded by an async function, and again when what it reads changes."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, Generic, TypeVar, final

from pyodide_app.bridge.reactivity import _graph
from pyodide_app.bridge.reactivity._async import async_body
from pyodide_app.bridge.reactivity._errors import Failure, name_of

__all__ = ["Pending", "Resource", "resource"]

T = TypeVar("T")


class Pending(Exception):
    """Raised by `Resource.read` as long as there is no value.

    Attributes:
        resource: what is waited for.
    """

    def __init__(self, resource: "Resource[Any]") -> None:
        super().__init__(resource)
        self.resource = resource

    def __str__(self) -> str:
        return f"{self.resource!r} has no value yet"


def resource(fn: "Callable[[], Awaitable[T]]") -> "Resource[T]":
    """Load a value with an async function: now, and again whenever something that it has read changes.

    A function call or a decorator. What the function reads after an await counts too. A run that is overtaken
    is cancelled. It ends with the scope, effect or component in which it was made.

    Raises:
        RuntimeError: no event loop runs.
    """
    return Resource(fn)


@final
class Resource(Generic[T]):
    """A value that is loaded: what `resource` returns."""

    __slots__ = ("_asked", "_effect", "_error", "_fn", "_has_value", "_loading", "_runs", "_value")

    def __init__(self, fn: Callable[[], Awaitable[T]]) -> None:
        self._fn = fn
        self._value: _graph.Signal[T | None] = _graph.Signal(None)
        self._has_value = False  # None may be one
        self._error: _graph.Signal[Failure | None] = _graph.Signal(None)
        self._loading = _graph.Signal(True)
        self._asked = _graph.Signal(0)  # how often reload was called
        self._runs = 0
        self._effect = _graph.Effect(async_body(self._load, name_of(fn)))
        self._effect.start()

    @property
    def value(self) -> T | None:
        """What was loaded last, also while it is loaded anew or after that failed; None before the first."""
        return self._value.value

    @property
    def loading(self) -> bool:
        """Whether it is being loaded."""
        return self._loading.value

    @property
    def error(self) -> Exception | None:
        """What the last run raised; None while the next one runs."""
        failure = self._error.value
        return None if failure is None else failure.error

    def read(self) -> T:
        """The value, also while it is loaded anew.

        Raises:
            Pending: there is none yet.
            Exception: what the last run raised.
        """
        failure, value = self._error.value, self._value.value
        if failure is not None:
            raise failure.again()
        if not self._has_value and self._loading.value:
            raise Pending(self)
        return value  # type: ignore[return-value]

    def reload(self) -> None:
        """Load it anew; a run that has not ended is cancelled."""
        self._asked.update(lambda times: times + 1)

    def dispose(self) -> None:
        """End it: it loads no more, and keeps its value. Again is harmless."""
        self._effect.dispose()
        self._runs += 1
        self._loading.value = False

    async def _load(self) -> None:
        self._runs += 1
        run = self._runs
        self._asked.track()
        with _graph.batch():
            self._loading.value = True
            self._error.value = None
        try:
            value = await self._fn()
        except Exception as error:
            if run == self._runs:
                with _graph.batch():
                    self._error.value = Failure(error)
                    self._loading.value = False
        except asyncio.CancelledError:
            if run == self._runs:
                self._loading.value = False
            raise
        else:
            if run == self._runs:
                with _graph.batch():
                    self._has_value = True
                    self._value.value = value
                    self._loading.value = False

    def __repr__(self) -> str:
        return f"<resource {name_of(self._fn)}>"
