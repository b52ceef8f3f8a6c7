"""The holes of a template's copy: what each is was found out once, here it gets its value and the next ones.

A hole has only what is the same for all copies; what differs stands in the copy, a `Template`: the values,
the ids of its nodes, and in `live` a binding or a node for those holes that are more than text.
"""

from collections.abc import Callable
from functools import partial
from types import CodeType, FunctionType
from typing import TYPE_CHECKING, Any

from pyodide_app.bridge.vdom import _ops
from pyodide_app.bridge.vdom._binding import UNKNOWN, bind
from pyodide_app.bridge.vdom._events import bare, check_handler, listeners, type_of
from pyodide_app.bridge.vdom._place import located
from pyodide_app.bridge.vdom._props import PLAIN, Address, Attribute, UnsafeError, is_live, prop, read
from pyodide_app.bridge.vdom._ref import attach, detach

__all__ = ["EventHole", "Hole", "Parts", "PartsHole", "PropHole", "RefHole", "join"]

if TYPE_CHECKING:
    from pyodide_app.bridge.vdom._template import Template

# Mounting 1,000 rows fills thousands of holes, so names are looked up once.
_emit, _string = _ops.ints.extend, _ops.strings.append
_ON, _ATTRIBUTE = _ops.ON, _ops.ATTRIBUTE

Parts = tuple[str | int, ...]


class Hole:
    """One hole; `at` says which of the copy's nodes it is about."""

    __slots__ = ("at", "number", "value")

    def __init__(self, number: int, at: int, value: int) -> None:
        self.number = number  # among the template's holes
        self.at = at
        self.value = value  # which of the values is its own

    def mount(self, copy: "Template") -> None:
        """Emit what a new copy needs."""
        raise NotImplementedError

    def patch(self, copy: "Template", old: "Template") -> None:
        """Emit what differs from the copy that this one takes over from."""
        raise NotImplementedError

    def end(self, copy: "Template") -> None:
        """Let go of what the hole has besides a binding or a node."""


class PropHole(Hole):
    """A whole attribute or property."""

    __slots__ = ("blank", "code", "prop", "tag")

    def __init__(self, number: int, at: int, value: int, tag: str, name: str) -> None:
        super().__init__(number, at, value)
        self.tag = tag
        self.prop = prop(tag, name)
        is_plain = type(self.prop) in PLAIN  # text is written as it is
        self.code = self.prop.code if is_plain and isinstance(self.prop, Attribute) else -1
        self.blank = None if is_plain else UNKNOWN  # what a new copy shows

    def mount(self, copy: "Template") -> None:
        value = copy.values[self.value]
        if type(value) is str and self.code >= 0:
            _emit((_ON, copy.id + self.at, _ATTRIBUTE, self.code))
            _string(value)
        elif value is not None:  # False says something: aria-expanded="false"
            self.write(copy, value, self.blank)

    def write(self, copy: "Template", value: Any, shown: object = UNKNOWN) -> None:  # noqa: ANN401
        """Write the value, or have it written from now on, where `shown` is shown so far."""
        id = copy.id + self.at
        _ops.ints.extend((_ops.ON, id))
        try:
            if is_live(value):
                live = partial(self.prop.html, value) if isinstance(value, dict) else value
                copy.keep(self.number, bind(live, id, self.follow, shown))
            else:
                self.prop.write(id, value)
        except (UnsafeError, TypeError) as error:
            raise located(error, f"{self.prop.name} of <{self.tag}>") from None

    def follow(self, id: int, value: Any) -> None:  # noqa: ANN401
        """Write what a binding gives."""
        _ops.ints.extend((_ops.ON, id))
        self.prop.write(id, value)

    def patch(self, copy: "Template", old: "Template") -> None:
        value, before = copy.values[self.value], old.values[self.value]
        if value is before or (type(value) is type(before) and not is_live(value) and value == before):
            return
        copy.drop(self.number)
        self.write(copy, value)


class PartsHole(PropHole):
    """An attribute of which holes are parts: `class="row {kind}"`."""

    __slots__ = ("parts",)

    def __init__(self, number: int, at: int, parts: Parts, tag: str, name: str) -> None:
        super().__init__(number, at, -1, tag, name)
        self.parts = parts

    def mount(self, copy: "Template") -> None:
        self.write(copy, join(self.prop, self.parts, copy.values), self.blank)

    def patch(self, copy: "Template", old: "Template") -> None:
        values, before = copy.values, old.values
        for part in self.parts:
            if type(part) is int:
                value = values[part]
                if value is not before[part] and (is_live(value) or value != before[part]):
                    copy.drop(self.number)
                    self.write(copy, join(self.prop, self.parts, values))
                    return


def join(prop: Any, parts: Parts, values: tuple[Any, ...]) -> str | Callable[[], str]:  # noqa: ANN401 - a Prop
    """An attribute's text; a function for it if a part of it is live."""

    def text() -> str:
        return "".join(
            part if type(part) is str else prop_html(read(values[part])) or ""  # type: ignore[index]
            for part in parts
        )

    # An address is checked as a whole: each part may be harmless.
    prop_html = Attribute.html.__get__(prop) if isinstance(prop, Address) else prop.html
    return text if any(type(part) is int and is_live(values[part]) for part in parts) else text()


class EventHole(Hole):
    """A handler.

    Where the copies' handlers are plain functions, the page's template itself listens: a copy only says that
    it is the one to ask for its handler.
    """

    __slots__ = ("code", "flags", "name", "tag", "template", "type")

    def __init__(self, number: int, at: int, value: int, tag: str, name: str) -> None:
        super().__init__(number, at, value)
        self.tag = tag
        self.name = name
        self.type = type_of(name)
        self.template = -1  # its number, if no other handler is at the same node
        self.flags = -1  # with which the template listens; it does not yet
        self.code: CodeType | None = None  # of the last handler: a lambda there is a new one each time

    def mount(self, copy: "Template") -> None:
        value = copy.values[self.value]
        if type(value) is FunctionType and (value.__code__ is self.code or self._is_shared(value)):
            listeners.by_node[copy.id + self.at] = copy
        else:
            self.listen(copy.id + self.at, value)

    def _is_shared(self, value: FunctionType) -> bool:
        """Whether the template listens in the way that a handler needs."""
        if self.template < 0:
            return False
        self._check(value)
        flags = bare(value)
        if self.flags < 0:
            self.flags = flags
            _ops.listen(self.template, self.at, self.type, flags)
        if flags != self.flags:
            return False
        self.code = value.__code__
        return True

    def _check(self, value: Any) -> None:  # noqa: ANN401
        try:
            check_handler(self.tag, self.name, value)
        except TypeError as error:
            raise located(error, f"{self.name} of <{self.tag}>") from None

    def listen(self, id: int, value: Any) -> None:  # noqa: ANN401
        """Let one copy's node listen for itself."""
        if value is not None and value is not False:
            self._check(value)
            _ops.ints.extend((_ops.ON, id))
            listeners.add(id, self.name, value)

    def patch(self, copy: "Template", old: "Template") -> None:
        value, before = copy.values[self.value], old.values[self.value]
        id = copy.id + self.at
        if listeners.by_node.get(id) is old:
            if type(value) is FunctionType and (value.__code__ is self.code or self._is_shared(value)):
                listeners.by_node[id] = copy
                return
        elif value is before:
            return
        if not value and before:
            _ops.ints.extend((_ops.ON, id))
            listeners.drop(id, self.name)
        self.listen(id, value)


class RefHole(Hole):
    """A reference to the element."""

    __slots__ = ()

    def mount(self, copy: "Template") -> None:
        if copy.values[self.value] is not None:
            attach(copy.id + self.at, copy.values[self.value])

    def patch(self, copy: "Template", old: "Template") -> None:
        if copy.values[self.value] is not old.values[self.value]:
            self.end(old)
            self.mount(copy)

    def end(self, copy: "Template") -> None:
        detach(copy.values[self.value])
