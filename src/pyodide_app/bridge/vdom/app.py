"""PythonVDOM: a tree of Python's in a place of the page."""

from collections.abc import Callable
from typing import Any

from pyodide_app.bridge.core import IS_EMSCRIPTEN
from pyodide_app.bridge.vdom import _frame, _ops
from pyodide_app.bridge.vdom._children import Child, mount_first, take_over
from pyodide_app.bridge.vdom._component import ComponentNode
from pyodide_app.bridge.vdom._javascript import delegation, element, renderer
from pyodide_app.bridge.vdom._node import Node

__all__ = ["PythonVDOM"]


class PythonVDOM:
    """Shows a tree in an element of the page.

    Args:
        container: the element, or its id. What is in it is removed when something is shown.

    Raises:
        LookupError: there is no element with that id.
        TypeError: it is no element.
    """

    def __init__(self, container: Any) -> None:  # noqa: ANN401 - a JavaScript object, or a str
        if not IS_EMSCRIPTEN:
            raise RuntimeError("PythonVDOM needs a browser; elsewhere to_html(tree) renders a tree")
        self._element = element(container)
        self._id = _ops.take_id()
        self._tree: Node | None = None
        renderer().register(self._id, self._element)
        delegation().add(self._element)

    def patch(self, tree: Child) -> None:
        """Show a tree; what is in the page already is changed only where it differs from the last one.

        It is written with the next frame, or by `flush`.

        Raises:
            Exception: what went wrong while rendering.
        """
        self._render(lambda: self._show(tree))

    def _render(self, show: Callable[[], None]) -> None:
        if not self._id:
            raise RuntimeError("this PythonVDOM was closed")
        before = len(_frame.errors)
        _frame.show(show)
        raised = _frame.errors[before:]
        del _frame.errors[before:]
        if len(raised) == 1:
            raise raised[0]
        if raised:
            raise ExceptionGroup("rendering failed", raised)

    def _show(self, tree: Child) -> None:
        if self._tree is None:
            _ops.ints.extend((_ops.EMPTY, self._id, _ops.INTO, self._id))
            self._tree, error = mount_first(tree)
            _ops.ints.append(_ops.END)
        else:
            self._tree, error = take_over(self._tree, tree)
        if error is not None:
            _frame.errors.append(error)

    def mount(self, component: "Callable[[], Child] | Child") -> None:
        """Show a component and keep it up to date: it renders again when what it has read changes.

        Args:
            component: a component's function without arguments, or what a component or `h` returns.
        """
        self.patch(_rendered(component))

    def adopt(self, component: "Callable[[], Child] | Child") -> None:
        """Take over what the container already holds, such as HTML that `to_html` has made of the same tree.

        Nothing is built anew: elements stay the same, with focus, scroll and what has been typed; from then
        on their handlers and signals live. What has been typed into a control that shows a value of the app
        is told to its handlers by `input` and `change` events. Where the page differs from the tree it is
        mended, and the console says so.

        Args:
            component: as for `mount`.

        Raises:
            RuntimeError: this app shows something already.
            Exception: what went wrong while rendering; the page stays as it is.
        """
        if self._tree is not None:
            raise RuntimeError("this PythonVDOM shows something already")
        self._render(lambda: self._adopt(_rendered(component)))
        self.flush()

    def _adopt(self, tree: Child) -> None:
        at = _ops.mark()
        _ops.ints.extend((_ops.ADOPT, self._id))
        _ops.adopting = True
        try:
            self._tree, error = mount_first(tree)
        finally:
            _ops.adopting = False
        _ops.ints.append(_ops.END)
        if error is not None:
            self._tree.unmount()
            self._tree = None
            _ops.rewind(at)
            _frame.errors.append(error)

    def unmount(self) -> None:
        """Remove what is shown, with its effects; something else can be shown afterwards."""
        if self._tree is not None:
            self._tree.unmount()
            self._tree = None
            _ops.ints.extend((_ops.EMPTY, self._id))
            _frame.request()

    def close(self) -> None:
        """Remove what is shown and let go of the container. Again is harmless."""
        if self._id:
            self.unmount()
            self.flush()
            delegation().remove(self._element)
            _ops.free_id(self._id)
            self._id = 0

    def flush(self) -> None:
        """Write everything that waits to the page now.

        Raises:
            ExceptionGroup: what went wrong while rendering; all else has been written.
        """
        _frame.flush()


def _rendered(component: "Callable[[], Child] | Child") -> Child:
    """What is to be shown for a component, which may be a function."""
    if callable(component) and not isinstance(component, Node):
        return ComponentNode.of(component, {}, ())
    return component
