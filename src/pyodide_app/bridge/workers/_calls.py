"""What is called in a worker, and whether that keeps it busy."""

import asyncio
from collections.abc import Callable
from typing import Any, final

from pyodide_app.bridge.reactivity import Signal
from pyodide_app.bridge.rpc import Connection, CrossingError
from pyodide_app.bridge.rpc._reply import Reply
from pyodide_app.bridge.workers._fetch import fetch
from pyodide_app.bridge.workers._life import State
from pyodide_app.bridge.workers._tell import tell

__all__ = ["Calls"]


@final
class Calls:
    """The calls of a worker that has started, and its state meanwhile: idle, busy or unresponsive.

    Args:
        connection: to the worker.
        state: the worker's signal.
        on_idle: called when nothing runs in it any more.
    """

    def __init__(self, connection: Connection, state: Signal[State], on_idle: Callable[[], object]) -> None:
        self._connection = connection
        self._state = state
        self._on_idle = on_idle
        connection.has_cloudpickle = False
        connection.pending.on_gone = self.look

    def __len__(self) -> int:
        """How many have not ended in the worker, with those that nobody waits for any more."""
        return len(self._connection.pending)

    async def call(
        self,
        target: str | None,
        function: Callable[..., Any] | None,
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
        timeout: float | None,
    ) -> Any:  # noqa: ANN401 - what the function returns
        """Call a function, or what the worker has by a name, and wait for what it returns."""
        try:
            reply = self._send(target, function, args, kwargs, timeout)
        except CrossingError as error:
            if not (error.missing and await self._fetch_cloudpickle()):
                raise
            reply = self._send(target, function, args, kwargs, timeout)
        return await reply

    def begin(
        self,
        function: Callable[..., Any],
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
        timeout: float | None,
    ) -> Reply | asyncio.Task[Any]:
        """Call a function at once, without waiting."""
        try:
            return self._send(None, function, args, kwargs, timeout)
        except CrossingError as error:
            if not error.missing:
                raise
            return asyncio.ensure_future(self.call(None, function, args, kwargs, timeout))

    def look(self) -> None:
        """Something may have ended."""
        if not self._connection.pending and self._state.peek() == "busy":
            self.rest()

    def rest(self) -> None:
        """Nothing runs in it."""
        tell(self._state, "idle")
        self._on_idle()

    def seem(self, *, responsive: bool) -> None:
        """What the heartbeat has found."""
        state = self._state.peek()
        if not responsive and state in ("idle", "busy"):
            tell(self._state, "unresponsive")
        elif responsive and state == "unresponsive":
            tell(self._state, "busy")
            self.look()

    def _send(
        self,
        target: str | None,
        function: Callable[..., Any] | None,
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
        timeout: float | None,
    ) -> Reply:
        reply = self._connection.call(target, function, args, kwargs, timeout=timeout)
        if self._state.peek() == "idle":
            tell(self._state, "busy")
        reply.add_done_callback(lambda _: self.look())
        return reply

    async def _fetch_cloudpickle(self) -> bool:
        """Load it on both sides."""
        here = await fetch("cloudpickle")
        there = here and bool(await self._send(None, fetch, ("cloudpickle",), {}, None))
        self._connection.has_cloudpickle = there
        return there
