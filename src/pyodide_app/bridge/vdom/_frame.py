"""When things are written: what is stale waits for the next frame, and goes to the DOM in one crossing."""

import gc
from collections.abc import Callable
from operator import attrgetter
from types import TracebackType
from typing import Any, Protocol

from pyodide_app.bridge.core import IS_EMSCRIPTEN
from pyodide_app.bridge.reactivity import _graph
from pyodide_app.bridge.vdom import _ops
from pyodide_app.bridge.vdom._javascript import apply, schedule

LARGE = 4096  # integers in a commit after which looking for garbage waits; runtime/vdom.js has the same
_ROUNDS = 100  # in which rendering may make more to render, before that counts as endless


class Stale(Protocol):
    """A component, a binding: something that waits to be rendered again."""

    _made: int

    _state: int

    def update(self) -> None: ...


class Frame(list[Any]):  # of Stale
    """What waits for the next frame; an effect's queue."""

    def append(self, node: Any) -> None:  # noqa: ANN401 - the graph hands over its own nodes
        if not self:
            request()
        list.append(self, node)


queue = Frame()
after_commit: list[Callable[[], object]] = []
"""Called once the DOM is written: lifecycle hooks and refs."""
errors: list[Exception] = []
"""What went wrong while rendering, and no boundary took."""
_rendering = False
_handling = False
_untidy = False  # whether nobody looks for garbage until the page has time


def request() -> None:
    """Have the page call `flush` before it paints."""
    if IS_EMSCRIPTEN and not _rendering and not _handling:
        schedule()()


def waiting() -> bool:
    """Whether there is something to write."""
    return bool(queue or after_commit or errors or _ops.waiting())


class Handling:
    """While the page waits for a handler. It asks whether something is `waiting` when the handler is done."""

    __slots__ = ("_outer",)

    def __enter__(self) -> None:
        global _handling
        self._outer, _handling = _handling, True

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        global _handling
        _handling = self._outer
        if error is not None and waiting():
            request()  # the page gets the error, and no answer


class _Begun:
    """While something is rendered. What that makes is there to stay, so nobody looks for garbage among it."""

    __slots__ = ("_collects", "_outer")

    def __enter__(self) -> None:
        global _rendering
        self._outer, _rendering = _rendering, True
        self._collects = gc.isenabled()
        gc.disable()

    def __exit__(self, *_: object) -> None:
        global _rendering
        _rendering = self._outer
        if self._collects:
            gc.enable()


def tidy() -> None:
    """Look for garbage; the page calls this when it has time after a large commit, which had to be quick."""
    global _untidy
    if _untidy:
        _untidy = False
        gc.enable()
        gc.collect(0)


def render() -> None:
    """Render all that is stale, parents first, into the op stream."""
    rounds = 0
    with _Begun():
        while queue:
            rounds += 1
            if rounds > _ROUNDS:
                names = ", ".join(sorted({repr(node) for node in queue}))
                for node in queue:
                    if node._state == _graph.STALE:
                        node._state = _graph.CLEAN  # the next change makes it stale again
                queue.clear()
                errors.append(
                    RuntimeError(f"rendering never ends, since it makes these stale again: {names}")
                )
                return
            nodes = sorted(queue, key=_MADE) if len(queue) > 1 else queue[:]
            queue.clear()
            for node in nodes:
                try:
                    node.update()
                except Exception as error:
                    errors.append(error)


_MADE = attrgetter("_made")


def show(fn: Callable[[], object]) -> None:
    """Let a function mount or patch something; nothing is written to the DOM before it is done."""
    with _Begun():
        _graph.untracked(fn)
    request()


def flush() -> None:
    """Write everything that waits to the DOM now.

    Raises:
        ExceptionGroup: what went wrong while rendering; all else has been written.
    """
    if _rendering:
        return  # a reference that is read while rendering sees the DOM as it was
    global _untidy
    with _graph.Untracked():  # an effect may have asked for it
        for _ in range(_ROUNDS):
            collects = gc.isenabled()
            gc.disable()
            try:
                render()
                _ops.commit(apply() if IS_EMSCRIPTEN else None)
                if collects and _ops.written > LARGE:
                    _untidy, collects = True, False
            finally:
                if collects:
                    gc.enable()
            calls = after_commit[:]
            after_commit.clear()
            for call in calls:
                try:
                    call()
                except Exception as error:
                    errors.append(error)
            if not queue and not after_commit:
                break
    raise_errors()


def raise_errors() -> None:
    """Raise what went wrong since the last time."""
    if errors:
        raised = errors[:]
        errors.clear()
        raise ExceptionGroup("rendering failed", raised)
