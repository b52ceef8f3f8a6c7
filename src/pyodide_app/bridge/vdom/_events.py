"""Handlers: what nodes listen to, and the one function that the page calls for all of them."""

import asyncio
import inspect
from collections.abc import Callable, Coroutine
from functools import cache
from types import CodeType, FunctionType
from typing import Any, Final, Generic, TypeVar, overload

from pyodide_app.bridge.reactivity import batch
from pyodide_app.bridge.vdom import _frame, _ops, _place
from pyodide_app.bridge.vdom._controls import controls
from pyodide_app.bridge.vdom.events import Event, event_of

# The same as in runtime/vdom-events.js.
PREVENT: Final = 1
STOP: Final = 2
CAPTURE: Final = 4
ONCE: Final = 8
SELF: Final = 16
BARE: Final = 32  # the handler does not look at the event
PASSIVE: Final = 64

AnyHandler = Callable[[], object] | Callable[[Any], object]
E_contra = TypeVar("E_contra", bound=Event, contravariant=True)


class Handler(Generic[E_contra]):
    """A handler with what the page shall do by itself, before Python runs."""

    __slots__ = ("flags", "fn")

    def __init__(self, fn: AnyHandler, flags: int) -> None:
        self.fn: Callable[..., Any] = fn
        self.flags = flags | bare(fn)


# Without the first overload, a handler that takes nothing would be one for an unknown kind of event.
@overload
def on(
    handler: Callable[[], object],
    *,
    prevent_default: bool = ...,
    stop_propagation: bool = ...,
    capture: bool = ...,
    once: bool = ...,
    self_only: bool = ...,
    passive: bool = ...,
) -> Handler[Event]: ...
@overload
def on(
    handler: Callable[[E_contra], object],
    *,
    prevent_default: bool = ...,
    stop_propagation: bool = ...,
    capture: bool = ...,
    once: bool = ...,
    self_only: bool = ...,
    passive: bool = ...,
) -> Handler[E_contra]: ...
def on(
    handler: AnyHandler,
    *,
    prevent_default: bool = False,
    stop_propagation: bool = False,
    capture: bool = False,
    once: bool = False,
    self_only: bool = False,
    passive: bool = False,
) -> Handler[Any]:
    """Say what happens with an event besides calling the handler: `on_submit=on(save, prevent_default=True)`.

    Args:
        handler: a function, also an async one, that takes the event or nothing.
        prevent_default: the browser does not do what it would do by itself.
        stop_propagation: elements further up do not hear of it.
        capture: this element hears of it before those in it.
        once: only the first one counts.
        self_only: only events of the element itself count, not those of elements in it.
        passive: the handler never prevents scrolling, so the browser need not wait for it.
    """
    flags = (prevent_default, stop_propagation, capture, once, self_only, False, passive)
    return Handler(handler, sum(1 << bit for bit, there in enumerate(flags) if there))


_known: dict[CodeType, int] = {}  # of functions without defaults


def bare(fn: Callable[..., object]) -> int:
    """BARE, unless a handler takes the event: it does if it has one parameter without a default."""
    if type(fn) is FunctionType and fn.__defaults__ is None:
        known = _known.get(fn.__code__)
        if known is None:
            if len(_known) > 1000:
                _known.clear()  # functions made from text, again and again
            known = _known[fn.__code__] = 0 if _reads_event(fn) else BARE
        return known
    return 0 if _reads_event(fn) else BARE


def _reads_event(fn: Callable[..., object]) -> bool:
    code = getattr(fn, "__code__", None)
    if code is not None and not code.co_kwonlyargcount:
        required = code.co_argcount - len(fn.__defaults__ or ()) - inspect.ismethod(fn)
        if required <= 1:
            return required == 1 or (not code.co_argcount - inspect.ismethod(fn) and bool(code.co_flags & 4))
    try:
        parameters = inspect.signature(fn).parameters.values()
    except (TypeError, ValueError):
        return True  # a function of C or JavaScript that does not say
    needed = [each for each in parameters if each.default is each.empty]
    names = [each.name for each in needed if each.kind in (each.POSITIONAL_ONLY, each.POSITIONAL_OR_KEYWORD)]
    if len(names) > 1 or any(each.kind is each.KEYWORD_ONLY for each in needed):
        raise TypeError(
            f"the handler {getattr(fn, '__qualname__', fn)} wants {', '.join(each.name for each in needed)}; "
            "a handler takes the event or nothing"
        )
    return bool(names) or any(each.kind is each.VAR_POSITIONAL for each in needed)


def check_handler(tag: str, name: str, value: object) -> None:
    """See that a prop can be a handler: a function, `on(…)`, or None.

    Raises:
        TypeError: it is something else, code in a text for example.
    """
    if value is not None and value is not False and not isinstance(value, Handler):
        if not callable(value):
            raise TypeError(
                f"{name} of <{tag}> is {value!r}; a handler is a function (text would be run as JavaScript)"
            )
        bare(value)


@cache
def type_of(name: str) -> str:
    """The type of event that a prop listens to: `on_click`, `onclick` are `click`; `on:my-event` is that."""
    if name.startswith("on:"):
        return name[3:]
    return name[2:].replace("_", "").lower()


class Listeners:
    """Who listens to what, by the node's id."""

    def __init__(self) -> None:
        # By type of event: a function or a Handler. Under "", which is no type: the component.
        # Or a copy of a template, which knows its handlers by itself.
        self.by_node: dict[int, Any] = {}

    def add(self, id: int, name: str, value: Any) -> None:  # noqa: ANN401 - check_handler has seen it
        """Let the current element listen; a second handler replaces the first."""
        type = type_of(name)
        flags = value.flags if isinstance(value, Handler) else bare(value)
        by_type = self.by_node.get(id)
        if not isinstance(by_type, dict):
            self.by_node[id] = {"": _place.current, type: value}
        else:
            before = by_type.get(type)
            by_type[type] = value
            if before is not None and flags == (
                before.flags if isinstance(before, Handler) else bare(before)
            ):
                return
        _ops.ints.extend((_ops.LISTEN, _ops.name(type), flags, id))

    def replace(self, id: int, name: str, value: FunctionType, before: Any) -> bool:  # noqa: ANN401
        """Let a function that a new rendering has made stand for the one before, of the same lines."""
        if value.__code__ is not before.__code__:
            return False
        self.by_node[id][type_of(name)] = value
        return True

    def drop(self, id: int, name: str) -> None:
        """Let the current element listen no more."""
        type = type_of(name)
        by_type = self.by_node.get(id)
        if isinstance(by_type, dict):
            if by_type.pop(type, None) is None:
                return
        elif self.by_node.pop(id, None) is None:
            return
        _ops.ints.extend((_ops.UNLISTEN, _ops.name(type)))

    def forget(self, id: int) -> None:
        """A node is gone."""
        self.by_node.pop(id, None)

    def get(self, id: int, type: str) -> tuple[Handler[Any] | None, _place.Place | None]:
        """The handler for an event at a node, and the component that it is in."""
        entry = self.by_node.get(id)
        if entry is None:
            return None, None
        is_dict = isinstance(entry, dict)
        handler = entry.get(type) if is_dict else entry.handler(id, type)
        if handler is not None and not isinstance(handler, Handler):
            handler = Handler(handler, 0)
        return handler, entry.get("") if is_dict else entry.place

    def count(self) -> int:
        """How many nodes listen to something."""
        return len(self.by_node)


listeners = Listeners()
_CHANGES = frozenset({"input", "change", "click"})  # events after which a control shows something else
_tasks: set[asyncio.Future[Any]] = set()  # the event loop itself does not hold them


def dispatch(id: int, type: str, event: Any = None, more: bool = False) -> bool:  # noqa: ANN401 - JavaScript's event
    """Bring an event to a node's handler; the page calls this.

    Args:
        more: events follow that could not come if the answer to this one took their nodes out of the page.

    Returns:
        Whether there is something to write to the page.
    """
    with _frame.Handling():
        _handle(id, type, event, more)
    return _frame.waiting()


def _handle(id: int, type: str, event: Any, more: bool) -> None:  # noqa: ANN401 - JavaScript's event
    handler, place = listeners.get(id, type)
    if handler is None:
        return  # it was taken away a moment ago
    if handler.flags & ONCE:
        listeners.by_node[id].pop(type)
    pending: Coroutine[Any, Any, Any] | None = None
    try:
        with batch():
            given = None if handler.flags & BARE else event_of(event, id, type)
            result = handler.fn() if given is None else handler.fn(given)
            if inspect.iscoroutine(result):
                pending = result
                if given is not None:
                    given.hold()
    except Exception as error:
        raise _note(error, type, place) from None
    finally:
        if pending is None and type in _CHANGES:
            controls.settle(id)
    if pending is None:
        if id in controls.wanted and not more:
            _frame.flush()  # the next key may come before the next frame, and is added to what the field has
    else:
        controls.hold(id)
        task = asyncio.ensure_future(_finish(pending, id, type, place))
        _tasks.add(task)
        task.add_done_callback(_tasks.discard)


async def _finish(pending: Coroutine[Any, Any, Any], id: int, type: str, place: _place.Place | None) -> None:
    try:
        await pending
    except Exception as error:
        raise _note(error, type, place) from None
    finally:
        controls.release(id)
        if id in controls.wanted:
            _frame.flush()


def _note(error: Exception, type: str, place: _place.Place | None) -> Exception:
    where = _place.path(place)
    error.add_note(f"(in a handler of {type}{' in ' + where if where else ''})")
    return error


__all__ = ["Event", "Handler", "check_handler", "dispatch", "listeners", "on"]
