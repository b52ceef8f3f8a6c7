"""Ties values to elements that already stand in the page: `bind("total", "text", total)`.

What is tied goes the way of all the rest: the op stream writes it once a frame, and the one dispatcher of the
page hears of what is typed. For that an element gets a number, however often it is tied.
"""

from collections.abc import Callable
from typing import Any, final

from pyodide_app.bridge.reactivity import _graph
from pyodide_app.bridge.reactivity._graph import Computed, Signal, Source
from pyodide_app.bridge.reactivity._observable import field
from pyodide_app.bridge.vdom import _binding, _frame, _ops
from pyodide_app.bridge.vdom._attributes import Attribute, Checked, Flag, Value, read
from pyodide_app.bridge.vdom._controls import controls
from pyodide_app.bridge.vdom._events import listeners
from pyodide_app.bridge.vdom._javascript import delegation, element, renderer
from pyodide_app.bridge.vdom._props import prop

__all__ = ["Bound", "bind"]


def bind(
    target: Any,  # noqa: ANN401 - a JavaScript object, or a str
    what: str,
    source: Any,  # noqa: ANN401 - a signal, a computed, a function or an observable object
    name: str | None = None,
) -> "Bound":
    """Keep an element that stands in the page like a value: `bind("title", "text", todo, "title")`.

    `value` of a text field or a select and `checked` of a box also work the other way: what the user enters
    goes to the source. If that holds a number, so it does after typing into a number field; while what is
    typed is no number, it stays as it was. `value` of a radio button is for a group: the source holds the
    value of the one that is chosen.

    Args:
        target: the element, or its id.
        what: `text` for all that is in it, the name of a property such as `value`, `checked` or `class`, or
            of an attribute; `attr:value` is the attribute where a property is called the same.
        source: a signal, a computed, or a function; or an observable object, then `name` is its field.
        name: the field.

    Returns:
        What ends it by `dispose()`, as does the effect, scope or component in which it was made.

    Raises:
        LookupError: there is no element with that id.
        AttributeError: there is no such field.
        UnsafeError: it would hold markup or code.
    """
    if name is not None:
        source = field(source, name)
    elif not isinstance(source, Source) and not callable(source):
        raise TypeError(
            f"bind: {source!r} does not change by itself; a signal, a computed or a function does"
        )
    return Bound(element(target), what, source)


class _Tied:
    """An element that is tied to something, by its number."""

    __slots__ = ("count", "id")

    def __init__(self, element: Any) -> None:  # noqa: ANN401 - a JavaScript object
        self.id = _ops.take_id()
        self.count = 0
        renderer().register(self.id, element)


_tied: dict[int, _Tied] = {}  # by what Pyodide calls the object


@final
class Bound:
    """An element tied to a value, until `dispose`."""

    __slots__ = ("_binding", "_element", "_entry", "_id", "_owner")

    def __init__(self, element: Any, what: str, source: Any) -> None:  # noqa: ANN401
        write = _writer(element, what, source)
        tied = _tied.get(element.js_id)
        entry = self._entry = write if isinstance(write, _Entry) else None
        if entry is not None and tied is not None and listeners.get(tied.id, entry.type)[0] is not None:
            raise ValueError(f"bind: what is entered in {element.localName} goes somewhere already")
        if tied is None:
            tied = _tied[element.js_id] = _Tied(element)
        tied.count += 1
        id = self._id = tied.id
        self._element = element
        if entry is not None:
            entry.id = id
            delegation().add(element)
            _ops.ints.extend((_ops.ON, id))
            listeners.add(id, f"on{entry.type}", entry.entered)
        self._binding: _binding.Binding | None = None
        try:
            self._binding = _graph.untracked(lambda: _binding.bind(source, id, write))
        except BaseException:
            self._release()
            raise
        self._owner = _graph.current_owner()
        if self._owner is not None:
            self._owner.own(self)
        _frame.request()

    def dispose(self) -> None:
        """Tie them no longer; the element stays as it is. Again is harmless."""
        if self._binding is None:
            return
        self._binding.dispose()
        self._binding = None
        if self._owner is not None:
            self._owner.disown(self)
        self._release()

    def _release(self) -> None:
        id, entry = self._id, self._entry
        if entry is not None:
            if id in controls.wanted:
                controls.forget(id)
            _ops.ints.extend((_ops.ON, id))
            listeners.drop(id, f"on{entry.type}")
            delegation().remove(self._element)
        tied = _tied[self._element.js_id]
        tied.count -= 1
        if not tied.count:
            del _tied[self._element.js_id]
            listeners.forget(id)
            _ops.free_id(id)
        _frame.request()


def _writer(element: Any, what: str, source: Any) -> Callable[[int, Any], object]:  # noqa: ANN401
    """What writes a value, when it is another."""
    if what == "text":
        return _write_text
    tag, kind = element.localName, getattr(element, "type", None)
    name = what.removeprefix("attr:")
    meant = prop(tag, name)
    is_box = tag == "input" and kind in ("checkbox", "radio")
    if name != what or (isinstance(meant, Value) and kind == "checkbox"):
        meant = Attribute(meant.name) if isinstance(meant, Value | Flag) else meant
    elif isinstance(meant, Value):
        return _Radio(element, source) if is_box else _Text(element, source)
    elif isinstance(meant, Checked):
        return _Box(element, source)

    def write(id: int, value: Any) -> None:  # noqa: ANN401
        _ops.ints.extend((_ops.ON, id))
        meant.write(id, value)

    return write


def _write_text(id: int, value: Any) -> None:  # noqa: ANN401
    _ops.ints.extend((_ops.ON, id, _ops.CONTENT))
    _ops.strings.append("" if value is None else str(value))


class _Entry:
    """Ties a control both ways."""

    __slots__ = ("element", "id", "source")
    type = "change"  # of the event that tells what the user enters

    def __init__(self, element: Any, source: Any) -> None:  # noqa: ANN401
        self.element = element
        self.source = source
        self.id = 0

    def __call__(self, id: int, value: Any) -> None:  # noqa: ANN401
        """Show a value."""
        raise NotImplementedError

    def enter(self) -> None:
        """Set the source to what the control shows."""
        raise NotImplementedError

    def entered(self) -> None:
        """The user has entered something."""
        source = self.source
        if isinstance(source, Signal) or (isinstance(source, Computed) and source._set is not None):
            self.enter()
        # The source may have taken it as something else, or not at all.
        self(self.id, _graph.untracked(lambda: read(source)))


class _Box(_Entry):
    __slots__ = ()

    def __call__(self, id: int, value: Any) -> None:  # noqa: ANN401
        controls.show(id, bool(value))

    def enter(self) -> None:
        self.source.value = bool(self.element.checked)


class _Radio(_Entry):
    __slots__ = ()

    def __call__(self, id: int, value: Any) -> None:  # noqa: ANN401
        controls.show(id, value is not None and str(value) == self.element.value)

    def enter(self) -> None:
        if self.element.checked:
            self.source.value = str(self.element.value)


class _Text(_Entry):
    """A text field, a select, or a number field."""

    __slots__ = ("number", "typed")
    type = "input"

    def __init__(self, element: Any, source: Any) -> None:  # noqa: ANN401
        super().__init__(element, source)
        self.typed = ""
        value = _graph.untracked(lambda: read(source))
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        self.number: type[int] | type[float] | None = None
        if is_number and element.type in ("number", "range"):
            self.number = type(value)

    def __call__(self, id: int, value: Any) -> None:  # noqa: ANN401
        text = "" if value is None else str(value)
        if self.number is not None and self.typed != text and self._parsed() == value:
            text = self.typed  # the same number, as the user writes it
        controls.show(id, text)

    def enter(self) -> None:
        self.typed = str(self.element.value)
        if self.number is None:
            self.source.value = self.typed
        elif (number := self._parsed()) is not None:
            self.source.value = number

    def entered(self) -> None:
        super().entered()
        if self.number is not None and self._parsed() is None:
            controls.show(self.id, self.typed)  # not a number yet, so let the user go on

    def _parsed(self) -> float | None:
        try:
            number = float(self.typed)
        except ValueError:
            return None
        return int(number) if self.number is int and number.is_integer() else number
