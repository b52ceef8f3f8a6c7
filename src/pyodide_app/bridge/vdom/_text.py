"""Text."""

from collections.abc import Callable
from html import escape
from typing import final

from pyodide_app.bridge.vdom import _ops
from pyodide_app.bridge.vdom._node import Node


@final
class Text(Node):
    """Text; empty, it keeps a place."""

    __slots__ = ("id", "key", "text")
    kind = "text"

    def __init__(self, text: str) -> None:
        self.text = text
        self.id = 0
        self.key = None

    def mount(self) -> None:
        self.id = id = _ops.take_id()
        _ops.ints.extend((_ops.TEXT, id))
        _ops.strings.append(self.text)

    def patch(self, old: "Text") -> None:
        self.id, old.id = old.id, 0
        if self.text != old.text:
            _ops.ints.extend((_ops.SET_TEXT, self.id))
            _ops.strings.append(self.text)

    def unmount(self) -> None:
        if self.id:
            _ops.free_id(self.id)
            self.id = 0

    def remove(self) -> None:
        _ops.ints.extend((_ops.REMOVE, self.id))

    def move(self) -> None:
        _ops.ints.extend((_ops.MOVE, self.id))

    def first(self) -> int:
        return self.id

    last = first

    def again(self) -> "Text":
        return Text(self.text)

    def html(self, write: Callable[[str], object]) -> None:
        write(escape(self.text, quote=False).replace("\r", "&#13;"))
