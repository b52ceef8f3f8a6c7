"""Functions that cross as handles: called on one side, run on the other."""

import weakref
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, final

from pyodide_app.bridge.rpc._errors import ReleasedError
from pyodide_app.bridge.rpc._pickling import packing, unpacking

if TYPE_CHECKING:
    from pyodide_app.bridge.rpc._connection import Connection

__all__ = ["Callback", "RemoteFunction", "callback"]


@final
class Callback:
    """A function of this side, as an argument or a result for the other: see `callback`."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self.function = function
        self.released = False

    def __call__(self, *args: object, **kwargs: object) -> Any:  # noqa: ANN401 - what the function returns
        if self.released:
            raise ReleasedError(f"the callback {_name(self.function)} was released")
        return self.function(*args, **kwargs)

    def release(self) -> None:
        """Refuse further calls, from either side. Again is harmless."""
        self.released = True

    def __enter__(self) -> "Callback":
        return self

    def __exit__(self, *_: object) -> None:
        self.release()

    def __reduce__(self) -> tuple[object, ...]:
        packed = packing()
        handle = packed.ends.export(self)
        packed.handles.append(handle)
        return _arrive, (handle,)


def callback(function: Callable[..., Any]) -> Callback:
    """Let a function cross to the other side, where it is a `RemoteFunction`.

    It stays alive until either side releases it, or some time after the other side has dropped it.
    """
    if not callable(function):
        raise TypeError(f"callback takes a function, not {function!r}")
    return Callback(function)


@final
class RemoteFunction:
    """A function of the other side: `await f(x)`, `f.send(x)` for no answer, `f.wait(x)` to block for it.

    `release()` when it is done with, or use it in a `with` block; garbage collection does it late.
    """

    def __init__(self, connection: "Connection", handle: int) -> None:
        self._connection = connection
        self._handle = handle
        self._end = weakref.finalize(self, connection.release, handle)
        self._end.atexit = False

    async def __call__(self, *args: object, timeout: float | None = None, **kwargs: object) -> Any:  # noqa: ANN401
        """Call it.

        Args:
            timeout: seconds until `DeadlineExceeded`.

        Raises:
            ReleasedError: it was released.
        """
        return await self._connection.call(self._live(), None, args, kwargs, timeout=timeout)

    def send(self, *args: object, **kwargs: object) -> None:
        """Call it without waiting; what it returns is dropped, what it raises is reported on its side."""
        self._connection.notify(self._live(), None, args, kwargs)

    def wait(self, *args: object, timeout: float | None = None, **kwargs: object) -> Any:  # noqa: ANN401
        """Call it and block this thread until the answer is here.

        Raises:
            BlockingUnavailable: nothing here can block; the message names what is missing.
            DeadlockError: the other side waits for this one.
        """
        return self._connection.wait(self._live(), None, args, kwargs, timeout=timeout)

    def release(self) -> None:
        """Let go of it: calls are errors from now on. Again is harmless."""
        self._end()

    def __enter__(self) -> "RemoteFunction":
        return self

    def __exit__(self, *_: object) -> None:
        self.release()

    def _live(self) -> int:
        if not self._end.alive:
            raise ReleasedError("this remote function was released")
        return self._handle

    def __reduce__(self) -> tuple[object, ...]:
        if packing().ends is not self._connection.handles:
            return _arrive, (packing().ends.export(self),)  # through this side, to a third one
        return _back, (self._live(),)


def _arrive(handle: int) -> Any:  # noqa: ANN401 - a RemoteFunction
    return unpacking().imported(handle)


def _back(handle: int) -> Any:  # noqa: ANN401 - the function itself
    return unpacking().own(handle)


def _name(function: object) -> str:
    return str(getattr(function, "__qualname__", repr(function)))
