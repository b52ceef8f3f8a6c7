"""Trees as HTML text: on a server, in a test, in a file; `PythonVDOM.adopt` takes over what it gives."""

import re
from collections.abc import Callable
from html import escape, unescape
from typing import TYPE_CHECKING, Any

from pyodide_app.bridge.reactivity import _graph
from pyodide_app.bridge.vdom._children import Child, node_of
from pyodide_app.bridge.vdom._events import check_handler
from pyodide_app.bridge.vdom._place import located
from pyodide_app.bridge.vdom._props import UnsafeError, Value, prop, read
from pyodide_app.bridge.vdom._raw import RawHTML
from pyodide_app.bridge.vdom._scanner import RAW_TEXT, VOID

if TYPE_CHECKING:
    from pyodide_app.bridge.vdom._element import Element

__all__ = ["to_html", "write_element"]

_TAG = re.compile(r"[A-Za-z][^\s/<>\"'=\0]*")
_KEEP_FIRST_LINE = frozenset(["pre", "textarea", "listing"])  # a parser drops a line break at their start
_selected: list[str | None] = [None]  # what the select shows that is being written


def to_html(tree: Child) -> str:
    """Render a tree to HTML: signals and functions are read once, handlers left out, nothing stays alive.

    Args:
        tree: an element, a component, a template, text or a list of these.

    Raises:
        UnsafeError: something would run code that the app did not write.
    """
    owner = _Owner()
    parts: list[str] = []
    outer = _graph.set_owner(owner)
    try:
        _graph.untracked(lambda: node_of(tree).html(parts.append))
    finally:
        _graph.set_owner(outer)
        owner.dispose_owned()
    return "".join(parts)


class _Owner(_graph.Owner):
    """Owns what rendering makes outside components."""

    def __init__(self) -> None:
        self._owned: dict[Any, None] | None = None
        self._owner = None


def write_element(element: "Element", write: Callable[[str], object]) -> None:
    """Write an element and what is in it."""
    tag = element.kind
    if not _TAG.fullmatch(tag):
        raise located(UnsafeError(f"{tag!r} cannot be the name of an element"), "to_html")
    write(f"<{tag}")
    held: str | None = None  # what a select or a textarea shows
    for name, value in element.props.items():
        if value is None or name in ("key", "ref"):
            continue
        try:
            if name.startswith("on"):
                check_handler(tag, name, value)
                continue
            written = prop(tag, name)
            text = written.html(read(value))
        except (UnsafeError, TypeError) as error:
            raise located(error, f"{name} of <{tag}>") from None
        if isinstance(written, Value) and tag != "input":
            held = text
        elif text is not None:
            write(f' {written.name}="{_escape(text)}"')
    if tag == "option" and _selected[-1] is not None and _selected[-1] == _value(element):
        write(' selected=""')
    write(">")
    if tag in VOID:
        return
    if tag == "select":
        _selected.append(held)
    try:
        content = _escape(held) if tag == "textarea" and held is not None else _content(element)
    finally:
        if tag == "select":
            _selected.pop()
    if tag in _KEEP_FIRST_LINE and content.startswith("\n"):
        write("\n")
    write(content)
    write(f"</{tag}>")


def _content(element: "Element") -> str:
    kids = element._content()
    if isinstance(kids, RawHTML):
        return kids.markup
    parts: list[str] = []
    if isinstance(kids, str):
        parts.append(_escape(kids))
    else:
        for kid in kids:
            kid.html(parts.append)
    content = "".join(parts)
    tag = element.kind
    if tag in RAW_TEXT:  # there is no escape in these
        content = unescape(content)
        if f"</{tag}" in content.lower() or "<!--" in content:
            raise located(UnsafeError(f"the text of <{tag}> would end it: {content!r}"), "to_html")
    return content


def _value(option: "Element") -> str:
    """What a select holds if an option is chosen."""
    value = read(option.props.get("value"))
    return str(value) if value is not None else " ".join(unescape(_content(option)).split())


def _escape(text: str) -> str:
    return escape(text).replace("\r", "&#13;")  # which a parser would make a line break
