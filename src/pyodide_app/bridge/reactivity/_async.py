"""Effects whose function is async: what they read counts after an await too.

The function's coroutine is driven by a wrapper that the task takes for the coroutine itself. Its first
piece, up to the first thing that it really waits for, runs at once, as other effects do; each further piece
runs when the task goes on. Every piece is run by the graph, which notes what it reads. When the effect runs
anew or ends, the task is cancelled, and what it still does on its way out is nobody's dependency.
"""

import asyncio
import sys
from collections.abc import Callable, Coroutine, Generator
from contextvars import Context, copy_context
from typing import Any, TypeVar, final

from pyodide_app.bridge.reactivity import _graph
from pyodide_app.bridge.reactivity._errors import name_of

__all__ = ["async_body"]

T = TypeVar("T")
AsyncFunction = Callable[[], Coroutine[Any, Any, object]]


def async_body(fn: AsyncFunction, name: str | None = None) -> Callable[[], None]:
    """The function of an effect that runs an async function; the name is for messages."""
    name = name_of(fn) if name is None else name

    def body() -> None:
        node = _graph.current_owner()
        assert isinstance(node, _graph.Effect)
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            raise RuntimeError(f"{name} is async, and no event loop runs to carry it on") from None
        _Run(node, fn(), loop).begin(name)

    body.__qualname__ = name
    return body


@final
class _Run(Coroutine[Any, Any, None]):
    """One run of an async effect's function."""

    __slots__ = ("_begun", "_coroutine", "_error", "_handed", "_loop", "_node", "_task", "_waits_for")

    def __init__(
        self,
        node: "_graph.Effect",
        coroutine: Coroutine[Any, Any, object],
        loop: asyncio.AbstractEventLoop,
    ) -> None:
        self._node: _graph.Effect | None = node  # until this run is over or overtaken
        self._coroutine = coroutine
        self._loop = loop
        self._task: asyncio.Task[None] | None = None  # for as long
        self._begun = False
        self._handed = False  # whether the task has got what came of the first piece, which is one of
        self._waits_for: Any = None
        self._error: BaseException | None = None  # and that may be StopIteration, its end

    def begin(self, name: str) -> None:
        """Run the first piece, and leave the others to a task."""
        assert self._node is not None
        self._node.own(_graph.Cleanup(self._overtake))
        # The loop's own way, since loops and pages watch the tasks that they make.
        if sys.version_info >= (3, 12):
            task = self._loop.create_task(self, name=name)
            context = task.get_context()
        else:
            context = copy_context()
            task = self._loop.create_task(self, name=name, context=context)
        if self._node is not None:
            self._task = task
        del task  # an exception holds this frame, and a task in a cycle would tell of its exception late
        if not self._begun:  # which an eager task has
            self._run_as_task(context)

    def _run_as_task(self, context: Context) -> None:
        """Run the first piece as the task, so that asyncio.timeout and the like find it.

        This is what asyncio's documentation tells those to do who make tasks of their own.
        """
        outer = asyncio.current_task(self._loop)
        if outer is not None:
            asyncio.tasks._leave_task(self._loop, outer)
        assert self._task is not None
        asyncio.tasks._enter_task(self._loop, self._task)
        self._begun = True
        try:
            self._waits_for = context.run(self._coroutine.send, None)
        except (Exception, asyncio.CancelledError) as error:
            self._error = error
            self._over(error)
        finally:
            asyncio.tasks._leave_task(self._loop, asyncio.current_task(self._loop))  # type: ignore[arg-type]
            if outer is not None:
                asyncio.tasks._enter_task(self._loop, outer)

    def send(self, value: Any) -> Any:  # noqa: ANN401 - between coroutines and the event loop
        """Go on, for the task."""
        if self._handed or not self._begun:
            self._begun = self._handed = True
            return self._piece(lambda: self._coroutine.send(value))
        self._handed = True
        if self._error is not None:
            raise self._error
        return self._waits_for

    def throw(self, *error: Any) -> Any:  # noqa: ANN401
        """Go on with an exception, for the task."""
        if not self._handed and self._error is not None:
            return self.send(None)
        self._begun = self._handed = True
        return self._piece(lambda: self._coroutine.throw(*error))

    def close(self) -> None:
        self._coroutine.close()

    def __await__(self) -> Generator[Any, Any, None]:
        raise TypeError("only its task waits for an effect")

    def _piece(self, go: Callable[[], T]) -> T:
        node = self._node
        try:
            if node is None or node._state == _graph.RUNNING:  # an eager task is still in the first piece
                return go()
            return _graph.resume(node, go)
        except BaseException as error:
            self._over(error)
            raise
        finally:
            self._flush()

    def _over(self, error: BaseException) -> None:
        node, self._node, self._task = self._node, None, None
        if node is not None and isinstance(error, StopIteration) and callable(error.value):
            node.own(_graph.Cleanup(error.value))

    def _overtake(self) -> None:
        task, self._node, self._task = self._task, None, None
        if task is not None:
            task.cancel()

    def _flush(self) -> None:
        """Run the effects that wait for what the piece has written; it goes on even if they fail."""
        if _graph._depth or not _graph._queue:
            return
        try:
            _graph.flush()
        except Exception as error:
            message = "effects failed after an async effect had set what they read"
            self._loop.call_exception_handler({"message": message, "exception": error})
