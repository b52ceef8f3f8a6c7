"""One more interpreter, on a thread of its own.

starting ──> idle <──> busy           `state` is a signal
    │          └───┬────┘
    │              ├──> unresponsive   it does not answer the heartbeat; back to busy when it does again
    └──> died <────┴──> closed         died: by itself; closed: by terminate(), or at the end of `async with`
"""

import asyncio
import itertools
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Coroutine, Iterator
from types import TracebackType
from typing import Any, Self, TypeVar, final, overload

from pyodide_app.bridge.reactivity import Signal
from pyodide_app.bridge.rpc import Connection, RemoteIterator, WorkerDied
from pyodide_app.bridge.rpc._reply import Reply
from pyodide_app.bridge.workers._calls import Calls
from pyodide_app.bridge.workers._life import Life, Pulse, State

__all__ = ["Pulse", "State", "Worker"]

T = TypeVar("T")

_GRACE = 2.0  # seconds for a call to stop
_ENDED = ("closed", "died")
_numbers = itertools.count(1)


@final
class Worker:
    """A second interpreter with the app's packages and files: `await worker.run(function, *args)`.

    It starts when it is made; calls made before it is ready wait. `async with` terminates it at the end.

    Args:
        module: a module of the app, imported at the start, whose functions `call` finds by name.
        name: for errors and tools; made up if not given.
        script: the URL of a JavaScript worker in place of Python, which serves with runtime/remote.js.
        grace: seconds that a call which was cancelled, or is late, may go on; then the worker is ended.
        on_output: gets what it prints, as ("stdout" or "stderr", text); by default it is printed here, too.
        on_input: answers its `input(prompt)`; by default the browser's dialog does.

    Attributes (signals but for the last):
        state: see the top of this file.
        stage: how far its start is: "load", "runtime", "packages", "app", "import", "ready".
        pulse: what a `Heartbeat` finds: "answers", "computes", "silent", "dead".
        error: why it ended; None while it lives.
    """

    def __init__(
        self,
        module: str | None = None,
        *,
        name: str | None = None,
        script: str | None = None,
        grace: float = _GRACE,
        on_output: Callable[[str, str], object] | None = None,
        on_input: Callable[[str], str | Awaitable[str]] | None = None,
    ) -> None:
        self.name = name or f"worker-{next(_numbers)}"
        self.on_idle: list[Callable[[Worker], object]] = []
        self.on_end: list[Callable[[Worker], object]] = []
        self.on_pong: Callable[[int], object] = lambda number: None
        self._life = Life(
            self.name, module, script, grace, on_output, lambda: self._calls.rest(), self._ended
        )
        self.state: Signal[State] = self._life.state
        self.stage: Signal[str] = self._life.stage
        self.pulse: Signal[Pulse] = Signal("answers")
        self._connection = Connection(
            self._life.port,
            peer=self.name,
            exports={"input": on_input or _dialog},
            javascript=script is not None,
        )
        self._calls = Calls(self._connection, self.state, self._idle)
        self._connection.on_pong = lambda number: self.on_pong(number)

    @property
    def error(self) -> WorkerDied | None:
        """Why it ended; None while it lives."""
        return self._life.error

    # --- calls ---

    @overload
    async def run(
        self,
        function: Callable[..., Coroutine[Any, Any, T]],
        /,
        *args: Any,  # noqa: ANN401 - what the function takes
        timeout: float | None = None,
        **kwargs: Any,  # noqa: ANN401
    ) -> T: ...

    @overload
    async def run(
        self,
        function: Callable[..., T],
        /,
        *args: Any,  # noqa: ANN401
        timeout: float | None = None,
        **kwargs: Any,  # noqa: ANN401
    ) -> T: ...

    async def run(
        self,
        function: Callable[..., Any],
        /,
        *args: Any,
        timeout: float | None = None,
        **kwargs: Any,
    ) -> Any:
        """Call a function in the worker and wait for what it returns.

        Functions of the app's modules go by name; those of `__main__`, closures and lambdas by value, which
        needs the package cloudpickle. Cancelling the task that waits cancels the call.

        Args:
            timeout: seconds, counted from when the worker is ready, until `DeadlineExceeded`.

        Raises:
            CrossingError: an argument or the result cannot cross.
            WorkerDied: it ended before it answered, or had ended before.
            Exception: what the function raised.
        """
        return await self._call(None, function, args, kwargs, timeout)

    async def call(
        self,
        name: str,
        /,
        *args: Any,  # noqa: ANN401 - what the function takes
        timeout: float | None = None,
        **kwargs: Any,  # noqa: ANN401
    ) -> Any:  # noqa: ANN401 - what the function returns
        """Call a function of the worker's module by its name; else like `run`."""
        return await self._call(name, None, args, kwargs, timeout)

    @overload
    def stream(
        self,
        function: Callable[..., Iterator[T] | AsyncIterator[T]],
        /,
        *args: Any,  # noqa: ANN401 - what the function takes
        **kwargs: Any,  # noqa: ANN401
    ) -> AsyncGenerator[T, None]: ...

    @overload
    def stream(
        self,
        function: str,
        /,
        *args: Any,  # noqa: ANN401
        **kwargs: Any,  # noqa: ANN401
    ) -> AsyncGenerator[Any, None]: ...

    async def stream(
        self,
        function: Callable[..., Any] | str,
        /,
        *args: Any,
        **kwargs: Any,
    ) -> AsyncGenerator[Any, None]:
        """Iterate over what a generator function yields in the worker, which runs some items ahead at most.

        Args:
            function: the function, or the name of one in the worker's module.
        """
        if isinstance(function, str):
            items = await self._call(function, None, args, kwargs, None)
        else:
            items = await self._call(None, function, args, kwargs, None)
        if not isinstance(items, RemoteIterator):
            raise TypeError(f"stream takes a generator function; this one returned {items!r}")
        try:
            async with items:
                async for item in items:
                    yield item
        finally:
            self._calls.look()

    async def _call(
        self,
        target: str | None,
        function: Callable[..., Any] | None,
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
        timeout: float | None,
    ) -> Any:  # noqa: ANN401 - what the function returns
        state = self.state.peek()
        if state == "starting" or state in _ENDED:
            await self.ready()
        return await self._calls.call(target, function, args, kwargs, timeout)

    def begin(
        self,
        function: Callable[..., Any],
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
        timeout: float | None,
    ) -> Reply | asyncio.Task[Any]:
        """Call a function like `run`, at once, for a pool; the worker has started."""
        return self._calls.begin(function, args, kwargs, timeout)

    @property
    def beat(self) -> int:
        """A number that grows while Python runs in the worker, if that can be told at all."""
        return self._life.beat

    def ping(self, number: int) -> None:
        """Ask whether its message loop turns: `on_pong` gets the number as soon as it does."""
        self._connection.ping(number)

    def seem(self, *, responsive: bool) -> None:
        """What the heartbeat has found."""
        self._calls.seem(responsive=responsive)

    @property
    def in_flight(self) -> int:
        """Calls that have not ended in the worker, with those that nobody waits for any more."""
        return len(self._calls)

    # --- life ---

    async def ready(self) -> Self:
        """Wait until it has started.

        Raises:
            WorkerDied: it could not start, or has ended since; the reason and the message tell why.
        """
        await self._life.ready()
        return self

    def terminate(self) -> None:
        """End it at once, whatever it does; its calls raise `WorkerDied`. Again is harmless."""
        self._life.end("terminated", "It was terminated.")

    def give_up(self, why: str) -> None:
        """End it like `terminate`, for a policy: its calls raise `WorkerDied` with reason "unresponsive"."""
        self._life.end("unresponsive", why)

    async def __aenter__(self) -> Self:
        return await self.ready()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.terminate()

    def __repr__(self) -> str:
        return f"<Worker {self.name}: {self.state.peek()}>"

    def _idle(self) -> None:
        for told in self.on_idle:
            told(self)

    def _ended(self, message: str, reason: str) -> None:
        self._connection.close(message, reason, tell=False)
        for told in self.on_end:
            told(self)


def _dialog(prompt: str) -> str:
    from js import window  # noqa: PLC0415 - only there in the browser

    answer = window.prompt(prompt)
    if answer is None:
        raise EOFError("the dialog was closed without an answer")
    return str(answer)
