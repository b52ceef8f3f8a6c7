"""Portals: children that live elsewhere in the page."""

from collections.abc import Callable
from typing import Any, final

from pyodide_app.bridge.vdom import _ops, _place
from pyodide_app.bridge.vdom._children import Child, mount_first, take_over
from pyodide_app.bridge.vdom._fragment import Fragment
from pyodide_app.bridge.vdom._javascript import delegation, element, renderer
from pyodide_app.bridge.vdom._node import Node
from pyodide_app.bridge.vdom._text import Text


@final
class Portal(Node):
    """Children in another element. In the tree's own place stands an empty text.

    In the element two empty texts enclose them, so that they can be removed whatever became of them.
    """

    __slots__ = ("_id", "children", "element", "end", "id", "key", "kind", "mark", "start", "target", "tree")

    def __init__(self, target: Any, children: Any) -> None:  # noqa: ANN401 - a JavaScript object or an id
        self.target = target
        self.kind = "portal", target if isinstance(target, str) else getattr(target, "js_id", id(target))
        self.children = children
        self.key: object = None
        self.id = 0
        self._id = 0  # of the element
        self.element: Any = None
        self.mark, self.start, self.end = Text(""), Text(""), Text("")
        self.tree: Node = Text("")

    def __getitem__(self, children: Child) -> "Portal":
        """The same portal with these children."""
        self.children = children if isinstance(children, tuple) else (children,)
        return self

    def keyed(self, key: object) -> "Portal":
        """The same portal with a key that tells it from its neighbours in a list."""
        self.key = key
        return self

    def mount(self) -> None:
        self.element = element(self.target)
        self.id = 1
        self.mark.mount()
        self._id = _ops.take_id()
        renderer().register(self._id, self.element)
        delegation().add(self.element)
        _ops.ints.extend((_ops.INTO, self._id))
        self.start.mount()
        self.tree, error = mount_first(Fragment(self.children))
        self.end.mount()
        _ops.ints.append(_ops.END)
        _fail(error)

    def patch(self, old: "Portal") -> None:
        self.id, old.id = 1, 0
        self.element, self._id, old._id = old.element, old._id, 0
        self.mark, self.start, self.end = old.mark, old.start, old.end
        self.tree, error = take_over(old.tree, Fragment(self.children))
        _fail(error)

    def unmount(self) -> None:
        self.id = 0
        if not self._id:
            return
        _ops.ints.extend((_ops.REMOVE_RANGE, self.start.id, self.end.id))
        for node in (self.mark, self.start, self.tree, self.end):
            node.unmount()
        delegation().remove(self.element)
        _ops.free_id(self._id)
        self._id = 0

    def remove(self) -> None:
        self.mark.remove()

    def move(self) -> None:
        self.mark.move()

    def first(self) -> int:
        return self.mark.id

    last = first

    def again(self) -> "Portal":
        return Portal(self.target, self.children).keyed(self.key)

    def html(self, write: Callable[[str], object]) -> None:
        """Nothing: markup has no other place for it; the page gets it when it takes over."""


def _fail(error: Exception | None) -> None:
    if error is not None:
        error.add_note(f"(while rendering a portal in {_place.path(_place.current) or 'the page'})")
        _place.fail(error, _place.current)


def portal(target: Any, *children: Child) -> Portal:  # noqa: ANN401 - a JavaScript object or an id
    """Show children in another element of the page, at its end: `portal("dialogs")[children]`.

    To contexts, boundaries and their component they are where the portal is; events bubble through the
    element that they are in. They leave it with the portal.

    Args:
        target: the element, or its id.
    """
    return Portal(target, children)
