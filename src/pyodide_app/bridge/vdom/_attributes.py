"""Kinds of props: how a value of each is written to the page, and as HTML."""

import re
from typing import Any, Protocol

from pyodide_app.bridge.reactivity._graph import Source
from pyodide_app.bridge.vdom import _ops
from pyodide_app.bridge.vdom._controls import controls


class UnsafeError(ValueError):
    """Something that could run code that the app did not write."""


class Prop(Protocol):
    """Writes values of one prop of one kind of element."""

    name: str

    def write(self, id: int, value: Any) -> None:  # noqa: ANN401 - props are of all types
        """Emit what gives the current element, whose id this is, the value."""

    def html(self, value: Any) -> str | None:  # noqa: ANN401
        """The attribute's text in HTML; None leaves it out."""


def is_live(value: object) -> bool:
    """Whether a prop's value changes by itself: a signal, a function, or a dict with one of these."""
    if isinstance(value, Source) or callable(value):
        return True
    if isinstance(value, dict):
        return any(isinstance(each, Source) or callable(each) for each in value.values())
    return False


def read(value: Any) -> Any:  # noqa: ANN401
    """The value of a signal or function, or the value itself."""
    if isinstance(value, Source):
        return value.value
    return value() if callable(value) else value


class Attribute:
    """An ordinary attribute: True is there without a value, False and None are not there."""

    __slots__ = ("code", "name")

    def __init__(self, name: str) -> None:
        self.name = name
        self.code = _ops.name(name)

    def write(self, id: int, value: Any) -> None:  # noqa: ANN401
        text = self.html(value)
        if text is None:
            _ops.ints.extend((_ops.NO_ATTRIBUTE, self.code))
        else:
            _ops.ints.extend((_ops.ATTRIBUTE, self.code))
            _ops.strings.append(text)

    def html(self, value: Any) -> str | None:  # noqa: ANN401
        if type(value) is str:
            return value
        if value is None or value is False:
            return None
        if isinstance(value, dict | list | tuple | set | bytes):
            raise TypeError(f"{self.name} is {value!r}; an attribute is text, a number, True, False or None")
        return "" if value is True else str(value)


class Worded(Attribute):
    """An attribute that says true or false in words, such as all of ARIA."""

    __slots__ = ()

    def html(self, value: Any) -> str | None:  # noqa: ANN401
        return str(value).lower() if isinstance(value, bool) else super().html(value)


class Address(Attribute):
    """An attribute with an address, which must not be a script."""

    __slots__ = ()

    def html(self, value: Any) -> str | None:  # noqa: ANN401
        text = super().html(value)
        if text is not None and self.is_script(text):
            raise UnsafeError(f"{self.name}={text!r} would run a script; use an event handler instead")
        return text

    def is_script(self, text: str) -> bool:
        """Whether the browser would run what is behind the address."""
        return _SCRIPT.match(text) is not None


def _scheme(text: str) -> str:
    # Browsers ignore line breaks and tabs within an address.
    return r"[\t\n\r]*".join(text)


_DATA = _scheme("data:") + r"\s*"
_PAGES = "|".join(map(_scheme, ("text/html", "application/xhtml", "text/xml", "application/xml")))
_SCHEMES = rf"{_scheme('javascript:')}|{_scheme('vbscript:')}|{_DATA}(?:{_PAGES})"
_SCRIPT = re.compile(rf"[\0-\x20]*(?:{_SCHEMES})", re.IGNORECASE)  # and blanks and controls before it
_DRAWING = re.compile(rf"[\0-\x20]*{_DATA}{_scheme('image/svg')}", re.IGNORECASE)
_REFRESH = re.compile(rf"[\s\d.]*[;,]?\s*(?:url\s*=)?[\s'\"]*(?:{_SCHEMES})", re.IGNORECASE)


class Frame(Address):
    """The address of something that is shown as a page of its own; a drawing there can run scripts."""

    __slots__ = ()

    def is_script(self, text: str) -> bool:
        return super().is_script(text) or _DRAWING.match(text) is not None


class Refresh(Address):
    """What a `<meta>` says; it may be where to go."""

    __slots__ = ()

    def is_script(self, text: str) -> bool:
        return _REFRESH.match(text) is not None


class Animated(Address):
    """Which attribute an animation changes; one that could become a script is none of these."""

    __slots__ = ()

    def is_script(self, text: str) -> bool:
        return text.strip().lower().startswith(("href", "xlink:href", "on"))


class Class(Attribute):
    """Classes: text, a list, or a dict that says which are there."""

    __slots__ = ()

    def html(self, value: Any) -> str | None:  # noqa: ANN401
        if type(value) is str:
            return value
        if isinstance(value, dict):
            value = [name for name, there in value.items() if read(there)]
        if isinstance(value, list | tuple | set | frozenset):
            return " ".join(text for each in value if (text := self.html(each))) or None
        return super().html(value)


class Style(Attribute):
    """Style declarations: text, or a dict of properties."""

    __slots__ = ()

    def write(self, id: int, value: Any) -> None:  # noqa: ANN401
        _ops.ints.append(_ops.STYLE)
        _ops.strings.append(self.html(value) or "")

    def html(self, value: Any) -> str | None:  # noqa: ANN401
        if not isinstance(value, dict):
            return super().html(value)
        declarations = ((name, read(each)) for name, each in value.items())
        return ";".join(
            self._declaration(name, str(each))
            for name, each in declarations
            if each is not None and each is not False
        )

    @staticmethod
    def _declaration(name: str, value: str) -> str:
        if ";" in value and ";" in _QUOTED.sub("", value):
            raise UnsafeError(f"style {name}: {value!r} is more than one declaration")
        if not name.startswith("--"):
            name = _CAPITAL.sub(r"-\g<0>", name).lower().rstrip("_").replace("_", "-")
        return f"{name}:{value}"


_QUOTED = re.compile(r"""\((?:[^()"']|"[^"]*"|'[^']*')*\)|"[^"]*"|'[^']*'""")
_CAPITAL = re.compile("[A-Z]")


class Flag(Attribute):
    """A property that is true or false, and changes without its attribute."""

    __slots__ = ()

    def write(self, id: int, value: Any) -> None:  # noqa: ANN401
        _ops.ints.extend((_ops.FLAG, self.code, 1 if value else 0))

    def html(self, value: Any) -> str | None:  # noqa: ANN401
        return "" if value and self.name != "indeterminate" else None  # which no markup can say


class Checked(Flag):
    """Whether a box is checked."""

    __slots__ = ()

    def write(self, id: int, value: Any) -> None:  # noqa: ANN401
        sent = controls.wanted.get(id)
        if isinstance(sent, str):
            _emit_value(sent)
        controls.show(id, bool(value))


class Value(Attribute):
    """What a control holds; written last in a frame, when a select has its options.

    That of a box that is held to `checked` is no state of the control, only what a form sends for it.
    """

    __slots__ = ()

    def write(self, id: int, value: Any) -> None:  # noqa: ANN401
        text = self.html(value) or ""
        if isinstance(controls.wanted.get(id), bool):
            _emit_value(text)
        else:
            controls.show(id, text)


def _emit_value(text: str) -> None:
    _ops.ints.append(_ops.VALUE)
    _ops.strings.append(text)
