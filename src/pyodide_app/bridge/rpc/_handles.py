"""The functions that have crossed a connection, by the numbers that stand for them."""

import itertools
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, final
from weakref import WeakSet

from pyodide_app.bridge.rpc._callbacks import Callback, RemoteFunction
from pyodide_app.bridge.rpc._errors import ReleasedError
from pyodide_app.bridge.rpc._pickling import Watcher

if TYPE_CHECKING:
    from pyodide_app.bridge.rpc._connection import Connection


@final
class Handles:
    """Functions of this side that the other one may call, and the way to its own.

    Attributes:
        watchers: told when the connection has ended, as long as somebody else holds them.
    """

    def __init__(self, connection: "Connection") -> None:
        self.watchers: WeakSet[Watcher] = WeakSet()
        self._connection = connection
        self._functions: dict[int, Callable[..., Any]] = {}
        self._new = itertools.count(1)

    def __len__(self) -> int:
        return len(self._functions)

    def export(self, function: Callable[..., Any]) -> int:
        """Give a function of this side a handle."""
        handle = next(self._new)
        self._functions[handle] = function
        return handle

    def imported(self, handle: int) -> RemoteFunction:
        """A function of the other side."""
        return RemoteFunction(self._connection, handle)

    def own(self, handle: int) -> Callable[..., Any]:
        """A function of this side.

        Raises:
            ReleasedError: it is not known any more.
        """
        function = self._functions.get(handle)
        if function is None:
            raise ReleasedError("that function was released: its handle is not known any more")
        return function.function if isinstance(function, Callback) and not function.released else function

    def forget(self, handle: int) -> None:
        """Take a handle back."""
        self._functions.pop(handle, None)

    def end(self) -> None:
        """Let go of all: the other side is gone."""
        self._functions.clear()
        for watcher in list(self.watchers):
            watcher.connection_ended(self)
