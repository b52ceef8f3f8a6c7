"""Events in general, and how their attributes come from JavaScript."""

from contextlib import suppress
from functools import cached_property
from typing import Any, ClassVar, Generic, Self, TypeVar, final, overload

from pyodide_app.bridge.vdom._javascript import renderer

try:
    from pyodide.ffi import jsnull
except ImportError:  # CPython, and a Pyodide whose null is None
    jsnull = None

T = TypeVar("T")


@final
class Field(Generic[T]):
    """An attribute of JavaScript's event: fetched when it is first read, then kept in the event's dict."""

    __slots__ = ("attribute", "name")

    def __init__(self, attribute: str) -> None:
        self.attribute = attribute

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, event: None, owner: type) -> Self: ...
    @overload
    def __get__(self, event: "Event", owner: type) -> T: ...
    def __get__(self, event: "Event | None", owner: type) -> Any:
        if event is None:
            return self
        value = getattr(event.js, self.attribute)
        event.__dict__[self.name] = value = None if value is jsnull else value
        return value


def number(attribute: str) -> Field[float]:
    """A number."""
    return Field(attribute)


def integer(attribute: str) -> Field[int]:
    """A whole number."""
    return Field(attribute)


def text(attribute: str) -> Field[str]:
    """A text."""
    return Field(attribute)


def text_or_none(attribute: str) -> Field[str | None]:
    """A text that may be missing."""
    return Field(attribute)


def flag(attribute: str) -> Field[bool]:
    """True or false."""
    return Field(attribute)


def thing(attribute: str) -> Field[Any]:
    """Something of JavaScript's, or None."""
    return Field(attribute)


class Event:
    """An event of the page. What a handler does not ask for is never fetched; what it has read stays.

    `js` is JavaScript's event, `type` what happened: `click`, `input`.
    """

    _fleeting: ClassVar[tuple[str, ...]] = ("current_target",)
    """What is no longer so when an async handler begins, which is after the event."""

    def __init__(self, js: Any, id: int, type: str) -> None:  # noqa: ANN401 - JavaScript's event
        self.js = js
        self.type = type
        self._id = id

    target = thing("target")  # the element in which it happened
    time_stamp = number("timeStamp")  # milliseconds since the page began
    is_trusted = flag("isTrusted")  # the user's, not a script's

    @cached_property
    def current_target(self) -> Any:  # noqa: ANN401 - JavaScript's element
        """The element that has the handler."""
        return renderer().node(self._id)

    @cached_property
    def value(self) -> str:
        """What the control, in which it happened, holds."""
        return str(self._of_target("value"))

    @cached_property
    def checked(self) -> bool:
        """Whether the box, in which it happened, is checked."""
        return bool(self._of_target("checked"))

    def _of_target(self, attribute: str) -> Any:  # noqa: ANN401
        target = self.target
        try:
            return getattr(target, attribute)
        except AttributeError:
            where = f"<{target.localName}>" if hasattr(target, "localName") else target
            raise AttributeError(f"{self.type} happened in {where}, which has no {attribute}") from None

    @property
    def default_prevented(self) -> bool:
        """Whether the browser is kept from doing what it would do by itself."""
        return bool(self.js.defaultPrevented)

    def prevent_default(self) -> None:
        """Keep the browser from doing what it would do by itself.

        Raises:
            RuntimeError: the event is over, as it is when an async handler begins.
        """
        self._in_time("prevent_default")
        self.js.preventDefault()

    def stop_propagation(self) -> None:
        """Let no element further up hear of it.

        Raises:
            RuntimeError: the event is over, as it is when an async handler begins.
        """
        self._in_time("stop_propagation")
        self.js.stopPropagation()

    def _in_time(self, what: str) -> None:
        if not self.js.eventPhase:
            raise RuntimeError(
                f"{what}() comes too late: the {self.type} event is over when an async handler begins; "
                f"write on(handler, {what}=True)"
            )

    def hold(self) -> None:
        """Fetch what an async handler could no longer read; called before it begins."""
        for name in self._fleeting:
            with suppress(AttributeError):  # which is raised again if the handler asks
                getattr(self, name)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.type}>"
