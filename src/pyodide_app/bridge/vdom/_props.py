"""Props: what each name means for an element, and how a value of it is written."""

from collections.abc import Callable, Mapping
from functools import cache
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
        if text is not None:
            # Browsers ignore these characters in front of and within the scheme.
            scheme = "".join(each for each in text[:100] if each > " ").lower()
            if scheme.startswith(("javascript:", "vbscript:", "data:text/html")):
                raise UnsafeError(f"{self.name}={text!r} would run a script; use an event handler instead")
        return text


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
        if isinstance(value, dict):
            declarations = ((name, read(each)) for name, each in value.items())
            return ";".join(
                f"{name if name.startswith('--') else name.strip('_').replace('_', '-')}:{each}"
                for name, each in declarations
                if each is not None and each is not False
            )
        return super().html(value)


class Flag(Attribute):
    """A property that is true or false, and changes without its attribute."""

    __slots__ = ("property",)

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.property = _ops.name(name)

    def write(self, id: int, value: Any) -> None:  # noqa: ANN401
        _ops.ints.extend((_ops.FLAG, self.property, 1 if value else 0))

    def html(self, value: Any) -> str | None:  # noqa: ANN401
        return "" if value else None


class Checked(Flag):
    """Whether a box is checked."""

    __slots__ = ()

    def write(self, id: int, value: Any) -> None:  # noqa: ANN401
        controls.show(id, bool(value))


class Value(Attribute):
    """What a control holds; written last in a frame, when a select has its options."""

    __slots__ = ()

    def write(self, id: int, value: Any) -> None:  # noqa: ANN401
        controls.show(id, "" if value is None else str(value))


_OTHER_NAMES = {
    "classname": "class",
    "html-for": "for",
    "htmlfor": "for",
}
_CONTROLS = frozenset({"input", "textarea", "select"})
_FLAGS = frozenset({"selected", "muted", "indeterminate"})
_ADDRESSES = frozenset(
    {"href", "src", "action", "formaction", "data", "poster", "xlink:href", "ping", "cite"}
)
_WORDED = frozenset({"contenteditable", "draggable", "spellcheck", "writingsuggestions"})


plain: dict[str, int] = {}
"""The codes of attributes, by the prop's name, whose text needs no care whatever the element is."""


@cache
def prop(tag: str, name: str) -> Prop:
    """What a prop means for an element.

    Args:
        tag: the element's name.
        name: the prop's, as in HTML, or as Python allows it: `class_`, `aria_label`.

    Raises:
        UnsafeError: it would hold markup or code.
    """
    if name in ("default_value", "default_checked"):  # what a control holds at first, and is not held to
        return Attribute(name.removeprefix("default_"))
    known = name.rstrip("_").replace("_", "-")
    known = _OTHER_NAMES.get(known.lower(), known)
    if known.lower() in ("innerhtml", "outerhtml", "srcdoc"):
        raise UnsafeError(f"{known} would parse text as markup; give the element raw_html(…) as its child")
    if known == "class":
        plain[name] = _ops.name(known)
        return Class(known)
    if known == "style":
        return Style(known)
    if known == "value" and tag in _CONTROLS:
        return Value(known)
    if known == "checked":
        return Checked(known)
    if known in _FLAGS:
        return Flag(known)
    if known in _ADDRESSES:
        return Address(known)
    if known in _WORDED or known.startswith("aria-"):
        plain[name] = _ops.name(known)
        return Worded(known)
    if known != "value":
        plain[name] = _ops.name(known)
    return Attribute(known)


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
        return value.value  # type: ignore[attr-defined]
    return value() if callable(value) else value
