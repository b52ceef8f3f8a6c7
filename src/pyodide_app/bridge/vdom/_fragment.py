"""Several nodes in one place."""

from collections.abc import Callable, Iterable
from typing import Any, final

from pyodide_app.bridge.vdom._children import Child, mount_all, nodes_of, reconcile
from pyodide_app.bridge.vdom._node import Node
from pyodide_app.bridge.vdom._text import Text


@final
class Fragment(Node):
    """Nodes without an element around them."""

    __slots__ = ("children", "id", "key", "kids")
    kind = "fragment"

    def __init__(self, children: Iterable[Child], key: object = None) -> None:
        self.children = children if isinstance(children, list | tuple) else list(children)
        self.kids: list[Node] = []
        self.id = 0
        self.key = key

    def keyed(self, key: object) -> "Fragment":
        """The same nodes with a key that tells them from their neighbours in a list."""
        self.key = key
        return self

    def _nodes(self) -> list[Node]:
        return nodes_of(self.children) or [Text("")]

    def mount(self) -> None:
        self.id = 1
        self.kids = self._nodes()
        mount_all(self.kids)

    def patch(self, old: "Fragment") -> None:
        self.id, old.id = 1, 0
        self.kids = self._nodes()
        reconcile(0, old.kids, self.kids)

    def unmount(self) -> None:
        self.id = 0
        for node in reversed(self.kids):
            node.unmount()

    def remove(self) -> None:
        for node in self.kids:
            node.remove()

    def move(self) -> None:
        for node in self.kids:
            node.move()

    def first(self) -> int:
        return self.kids[0].first()

    def last(self) -> int:
        return self.kids[-1].last()

    def again(self) -> "Fragment":
        return Fragment(self.children, self.key)

    def html(self, write: Callable[[str], object]) -> None:
        write_all(self._nodes(), write)


def fragment(*children: Child) -> Fragment:
    """Show several children without an element around them."""
    return Fragment(children)


def write_all(nodes: Iterable[Node], write: Callable[[str], Any]) -> None:
    """Write nodes as HTML. Texts that follow each other become one; who takes them over parts them again."""
    for node in nodes:
        node.html(write)
