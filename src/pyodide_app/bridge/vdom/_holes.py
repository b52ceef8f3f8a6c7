"""The holes of a template's copy: what each is was found out once, here it gets its value and the next ones.

A hole has only what is the same for all copies; what differs stands in the copy, a `Template`: the values,
the ids of its nodes, and in `live` a binding or a node for those holes that are more than text.
"""

from collections.abc import Callable, Mapping
from functools import partial
from types import CodeType, FunctionType
from typing import TYPE_CHECKING, Any

from pyodide_app.bridge.reactivity import _graph
from pyodide_app.bridge.reactivity._graph import Source
from pyodide_app.bridge.vdom import _ops, _place
from pyodide_app.bridge.vdom._binding import SignalBinding, bind
from pyodide_app.bridge.vdom._children import mount_first, take_over
from pyodide_app.bridge.vdom._each import Each
from pyodide_app.bridge.vdom._events import bare, check_handler, listeners, type_of
from pyodide_app.bridge.vdom._node import Node
from pyodide_app.bridge.vdom._place import located
from pyodide_app.bridge.vdom._props import Address, Attribute, Class, UnsafeError, Worded, is_live, prop, read
from pyodide_app.bridge.vdom._raw import RawHTML
from pyodide_app.bridge.vdom._ref import attach, detach

if TYPE_CHECKING:
    from pyodide_app.bridge.vdom._template import Template

# Mounting 1,000 rows fills thousands of holes, so names are looked up once.
_emit, _string = _ops.ints.extend, _ops.strings.append
_ON, _ATTRIBUTE, _CONTENT, _LISTEN = _ops.ON, _ops.ATTRIBUTE, _ops.CONTENT, _ops.LISTEN

Parts = tuple[str | int, ...]
_PLAIN = (str, int, float, type(None))
_STEADY = (str, int, float, type(None), Source, Node)  # the same object says the same


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

    __slots__ = ("code", "prop", "tag")

    def __init__(self, number: int, at: int, value: int, tag: str, name: str) -> None:
        super().__init__(number, at, value)
        self.tag = tag
        self.prop = prop(tag, name)
        is_plain = type(self.prop) in (Attribute, Class, Worded)  # text is written as it is
        self.code = self.prop.code if is_plain and isinstance(self.prop, Attribute) else -1

    def mount(self, copy: "Template") -> None:
        value = copy.values[self.value]
        if type(value) is str and self.code >= 0:
            _emit((_ON, copy.ids[self.at], _ATTRIBUTE, self.code))
            _string(value)
        elif value is not None:  # False says something: aria-expanded="false"
            self.write(copy, value)

    def write(self, copy: "Template", value: Any) -> None:  # noqa: ANN401
        id = copy.ids[self.at]
        _ops.ints.extend((_ops.ON, id))
        try:
            if is_live(value):
                live = partial(self.prop.html, value) if isinstance(value, Mapping) else value
                copy.keep(self.number, bind(live, id, self.follow))
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
        self.write(copy, join(self.prop, self.parts, copy.values))

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
    """A handler."""

    __slots__ = ("code", "flags", "name", "tag", "type", "type_code")

    def __init__(self, number: int, at: int, value: int, tag: str, name: str) -> None:
        super().__init__(number, at, value)
        self.tag = tag
        self.name = name
        self.type = type_of(name)
        self.type_code = _ops.name(self.type)
        self.code: CodeType | None = None  # of the last handler: a lambda there is a new one each time
        self.flags = 0

    def mount(self, copy: "Template") -> None:
        value = copy.values[self.value]
        id = copy.ids[self.at]
        if type(value) is FunctionType and id not in listeners.by_node:
            code = value.__code__
            if code is not self.code:
                check_handler(self.tag, self.name, value)
                self.flags = bare(value)
                self.code = code
            listeners.by_node[id] = {"": _place.current, self.type: value}
            _emit((_ON, id, _LISTEN, self.type_code, self.flags, id))
        else:
            self.listen(id, value)

    def listen(self, id: int, value: Any) -> None:  # noqa: ANN401
        if value is not None and value is not False:
            try:
                check_handler(self.tag, self.name, value)
            except TypeError as error:
                raise located(error, f"{self.name} of <{self.tag}>") from None
            _ops.ints.extend((_ops.ON, id))
            listeners.add(id, self.name, value)

    def patch(self, copy: "Template", old: "Template") -> None:
        value, before = copy.values[self.value], old.values[self.value]
        if value is before:
            return
        id = copy.ids[self.at]
        if not value and before:
            _ops.ints.extend((_ops.ON, id))
            listeners.drop(id, self.name)
        self.listen(id, value)


class RefHole(Hole):
    """A reference to the element."""

    __slots__ = ()

    def mount(self, copy: "Template") -> None:
        if copy.values[self.value] is not None:
            attach(copy.ids[self.at], copy.values[self.value])

    def patch(self, copy: "Template", old: "Template") -> None:
        if copy.values[self.value] is not old.values[self.value]:
            self.end(old)
            self.mount(copy)

    def end(self, copy: "Template") -> None:
        detach(copy.values[self.value])


class ContentHole(Hole):
    """All that is in an element. Text, also that of a signal, needs no node of its own."""

    __slots__ = ()

    def get(self, copy: "Template") -> Any:  # noqa: ANN401 - a child
        """What is to be shown."""
        return copy.values[self.value]

    def mount(self, copy: "Template") -> None:
        value = copy.values[self.value]
        kind = type(value)
        if kind is str or kind is int:
            _emit((_ON, copy.ids[self.at], _CONTENT))
            _string(value if kind is str else str(value))
        elif value is not None:
            self.grow(copy, value)

    def text(self, id: int, text: str) -> None:
        """Write text."""
        _ops.ints.extend((_ops.ON, id, _ops.CONTENT))
        _ops.strings.append(text)

    def grow(self, copy: "Template", value: Any) -> None:  # noqa: ANN401
        """Show something that may be more than text where nothing is."""
        id = copy.ids[self.at]
        if isinstance(value, RawHTML):
            self.markup(id, value)
            return
        if isinstance(value, Source):
            try:
                is_text = isinstance(value.peek(), _PLAIN)  # type: ignore[attr-defined]
            except Exception:
                is_text = False  # what shows a node knows what to do with errors
            if is_text:
                copy.keep(self.number, SignalBinding(value, id, Follower(self, copy)))
                return
        elif type(value) is bool or type(value) is float:
            self.text(id, shown(value))
            return
        value = self.alone(id, value)
        self.begin(id)
        node, error = mount_first(value)
        _ops.ints.append(_ops.END)
        copy.keep(self.number, node)
        if error is not None:
            raise error

    def markup(self, id: int, value: RawHTML) -> None:
        _ops.ints.extend((_ops.ON, id, _ops.HTML_CONTENT))
        _ops.strings.append(value.markup)

    def alone(self, id: int, value: Any) -> Any:  # noqa: ANN401
        """Let a list know that nothing else is in the element."""
        return value.alone_in(id) if type(value) is Each else value

    def begin(self, id: int) -> None:
        """Begin a frame for what is more than text."""
        _ops.ints.extend((_ops.INTO, id))

    def patch(self, copy: "Template", old: "Template") -> None:
        value, before = self.get(copy), self.get(old)
        live = copy.live.get(self.number) if copy.live else None
        if value is before and (isinstance(value, _STEADY) or callable(value)):
            if type(live) is SignalBinding:
                live.write.copy = copy  # type: ignore[attr-defined]  # it is a Follower
            return
        if isinstance(live, Node):
            if isinstance(value, (*_PLAIN, RawHTML)):
                live.remove()
                live.unmount()
                copy.drop(self.number)
            else:
                node, error = take_over(live, self.alone(copy.ids[self.at], value))
                copy.keep(self.number, node)
                if error is not None:
                    raise error
                return
        else:
            copy.drop(self.number)
        id = copy.ids[self.at]
        if isinstance(value, _PLAIN):
            self.text(id, shown(value))
        else:
            self.text(id, "")
            self.grow(copy, value)


class PlaceHole(ContentHole):
    """A place with others beside it. It is an empty text in the template's markup: text goes into that, and
    whatever is more goes before it."""

    __slots__ = ()

    def mount(self, copy: "Template") -> None:
        value = self.get(copy)
        if type(value) is str or type(value) is int:
            self.text(copy.ids[self.at], str(value))
        elif value is not None:
            self.grow(copy, value)

    def text(self, id: int, text: str) -> None:
        _ops.ints.extend((_ops.SET_TEXT, id))
        _ops.strings.append(text)

    def markup(self, id: int, value: RawHTML) -> None:
        raise TypeError("raw_html(…) has to be the only child of an element")

    def alone(self, id: int, value: Any) -> Any:  # noqa: ANN401
        return value

    def begin(self, id: int) -> None:
        _ops.ints.extend((_ops.BEFORE, id))


class Island(PlaceHole):
    """A component, or an element with a dict of props: made anew from the values as if by `h`."""

    __slots__ = ("make",)

    def __init__(self, number: int, at: int, make: Callable[[tuple[Any, ...]], Node]) -> None:
        super().__init__(number, at, -1)
        self.make = make

    def get(self, copy: "Template") -> Node:
        return self.make(copy.values)


class Follower:
    """Writes the text of a signal; once it gives more than text, a node takes its place."""

    __slots__ = ("copy", "hole", "place")

    def __init__(self, hole: ContentHole, copy: "Template") -> None:
        self.hole = hole
        self.copy = copy
        self.place = _place.current

    def __call__(self, id: int, value: Any) -> None:  # noqa: ANN401
        if isinstance(value, _PLAIN):
            self.hole.text(id, shown(value))
            return
        source = self.hole.get(self.copy)
        self.copy.drop(self.hole.number)
        self.hole.text(id, "")
        outer, _place.current = _place.current, self.place
        try:
            _graph.untracked(lambda: self.hole.grow(self.copy, source))
        finally:
            _place.current = outer


def shown(value: object) -> str:
    """A plain value as text."""
    return "" if value is None or isinstance(value, bool) else str(value)


__all__ = ["ContentHole", "EventHole", "Hole", "Island", "Parts", "PlaceHole", "PropHole", "RefHole", "join"]
