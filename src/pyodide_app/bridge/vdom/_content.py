"""Holes of a template that are content: text, signals, nodes, components."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, final

from pyodide_app.bridge.reactivity import _graph
from pyodide_app.bridge.reactivity._graph import Source
from pyodide_app.bridge.vdom import _ops, _place
from pyodide_app.bridge.vdom._binding import Following
from pyodide_app.bridge.vdom._children import mount_first, take_over
from pyodide_app.bridge.vdom._each import Each
from pyodide_app.bridge.vdom._holes import Hole
from pyodide_app.bridge.vdom._node import Node
from pyodide_app.bridge.vdom._raw import RawHTML

__all__ = ["ContentHole", "Island", "PlaceHole"]

if TYPE_CHECKING:
    from pyodide_app.bridge.vdom._template import Template

_emit, _string = _ops.ints.extend, _ops.strings.append
_ON, _CONTENT = _ops.ON, _ops.CONTENT

_PLAIN = (str, int, float, type(None))
_STEADY = (str, int, float, type(None), Source, Node)  # the same object says the same


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
            _emit((_ON, copy.id + self.at, _CONTENT))
            _string(value if kind is str else str(value))
        elif value is not None:
            self.grow(copy, value)

    def text(self, id: int, text: str) -> None:
        """Write text."""
        _ops.ints.extend((_ops.ON, id, _ops.CONTENT))
        _ops.strings.append(text)

    def grow(self, copy: "Template", value: Any) -> None:  # noqa: ANN401
        """Show something that may be more than text where nothing is."""
        id = copy.id + self.at
        if isinstance(value, RawHTML):
            self.markup(id, value)
            return
        if isinstance(value, Source):
            try:
                text = value.peek()  # type: ignore[attr-defined]
            except Exception:
                text = self  # what shows a node knows what to do with errors
            if isinstance(text, _PLAIN):
                copy.keep(self.number, TextBinding(value, text, self, copy))
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
            if type(live) is TextBinding:
                live.copy = copy
            return
        if isinstance(live, Node):
            if isinstance(value, (*_PLAIN, RawHTML)):
                live.remove()
                live.unmount()
                copy.drop(self.number)
            else:
                node, error = take_over(live, self.alone(copy.id + self.at, value))
                copy.keep(self.number, node)
                if error is not None:
                    raise error
                return
        else:
            copy.drop(self.number)
        id = copy.id + self.at
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
            self.text(copy.id + self.at, str(value))
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


@final
class TextBinding(Following):
    """Keeps a text like a signal; once that gives more than text, a node takes its place."""

    __slots__ = ("copy", "hole")

    def __init__(self, source: Source[Any], text: Any, hole: ContentHole, copy: "Template") -> None:  # noqa: ANN401
        self.hole = hole
        self.copy = copy
        self.begin(source, copy.id + hole.at, text)
        hole.text(self.id, shown(text))

    def show(self, value: Any) -> None:  # noqa: ANN401
        if isinstance(value, _PLAIN):
            self.hole.text(self.id, shown(value))
            return
        source = self.hole.get(self.copy)
        self.copy.drop(self.hole.number)
        self.hole.text(self.id, "")
        outer, _place.current = _place.current, self.parent
        try:
            _graph.untracked(lambda: self.hole.grow(self.copy, source))
        finally:
            _place.current = outer


def shown(value: object) -> str:
    """A plain value as text."""
    return "" if value is None or isinstance(value, bool) else str(value)
