"""Elements."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from types import FunctionType
from typing import Any, Self

from pyodide_app.bridge.vdom import _ops
from pyodide_app.bridge.vdom._binding import UNKNOWN, Binding, bind
from pyodide_app.bridge.vdom._children import (
    Child,
    ChildError,
    check_keys,
    mount_all,
    node_of,
    nodes_of,
    reconcile,
    several,
)
from pyodide_app.bridge.vdom._controls import controls
from pyodide_app.bridge.vdom._each import Each
from pyodide_app.bridge.vdom._events import check_handler, listeners
from pyodide_app.bridge.vdom._html import write_element
from pyodide_app.bridge.vdom._node import Node
from pyodide_app.bridge.vdom._place import located
from pyodide_app.bridge.vdom._props import PLAIN, UnsafeError, is_live, plain, prop
from pyodide_app.bridge.vdom._raw import RawHTML
from pyodide_app.bridge.vdom._ref import attach, detach

_NO_PROPS: Mapping[str, Any] = {}

# Mounting 1,000 table rows mounts 8,000 elements, so names are looked up once.
_emit, _op, _string = _ops.ints.extend, _ops.ints.append, _ops.strings.append
_free, _names = _ops.free_ids, _ops.names
_OPEN, _CLOSE, _CONTENT_CLOSE, _ATTRIBUTE = _ops.OPEN, _ops.CLOSE, _ops.CONTENT_CLOSE, _ops.ATTRIBUTE

Kids = list[Node] | str | RawHTML


class Element(Node):
    """An element of HTML, SVG or MathML.

    Args:
        tag: its name.
        props: attributes, properties and event handlers by name.
        children: what is in it.
    """

    __slots__ = ("bindings", "children", "id", "key", "kids", "kind", "props")

    def __init__(
        self, tag: str, props: Mapping[str, Any] = _NO_PROPS, children: Sequence[Child] = ()
    ) -> None:
        self.kind = tag
        self.id = 0
        self.props = props
        self.key = props.get("key") if props else None
        self.children = children
        self.kids: Kids = ""
        self.bindings: dict[str, Binding] | None = None

    def __getitem__(self, children: Child) -> Self:
        """The same element with these children: `div(class_="row")["text", p["more"]]`."""
        self.children = several(children)
        return self

    def mount(self) -> None:
        tag = self.kind
        self.id = id = _free.pop() if _free else _ops.take_id()
        code = _names.get(tag)
        _emit((_OPEN, _ops.name(tag) if code is None else code, id))
        blank = UNKNOWN if _ops.adopting else None
        for name, value in self.props.items():
            if type(value) is str:
                code = plain.get(name)
                if code is None:
                    self._write(name, value, blank)
                else:
                    _emit((_ATTRIBUTE, code))
                    _string(value)
            elif value is not None:  # False says something: aria-expanded="false"
                self._write(name, value, blank)
        children = self.children
        if not children:
            _op(_CLOSE)
            return
        if len(children) == 1:
            child = children[0]
            kind = type(child)
            if kind is str or kind is int:
                self.kids = text = child if kind is str else str(child)
                _op(_CONTENT_CLOSE)
                _string(text)
                return
            if kind is RawHTML:
                self.kids = child
                _emit((_ops.HTML_CONTENT, _CLOSE))
                _string(child.markup)
                return
            if kind is Each:
                children = (child.alone_in(id),)
        kids: list[Node] = []
        self.kids = kids
        try:
            for child in children:
                node = child if type(child) is Element and not child.id else node_of(child)
                kids.append(node)
                node.mount()
            if kids[0].key is not None:
                check_keys(kids)
        except ChildError as error:
            raise _in(tag, error) from None
        _op(_CLOSE)

    def _content(self) -> Kids:
        children = self.children
        if len(children) == 1:
            child = children[0]
            kind = type(child)
            if kind is str or kind is RawHTML:
                return child  # type: ignore[no-any-return]
            if kind is int:
                return str(child)
            if kind is Each:
                return [child.alone_in(self.id)]
        try:
            return nodes_of(children) if children else ""
        except ChildError as error:
            raise _in(self.kind, error) from None

    def _write(self, name: str, value: Any, shown: object = UNKNOWN) -> None:  # noqa: ANN401 - props are of all types
        """Emit one prop of the current element, or keep it if it is no attribute.

        Args:
            name: the prop's.
            value: to be shown.
            shown: what an attribute shows so far, if it is known.
        """
        try:
            if name.startswith("on"):
                if type(value) is not FunctionType:
                    check_handler(self.kind, name, value)
                if value:
                    listeners.add(self.id, name, value)
            elif name == "ref":
                attach(self.id, value)
            elif name != "key":
                written = prop(self.kind, name)
                if is_live(value):
                    if self.bindings is None:
                        self.bindings = {}
                    live = partial(written.html, value) if isinstance(value, dict) else value
                    shown = shown if type(written) in PLAIN else UNKNOWN
                    self.bindings[name] = bind(live, self.id, _Writer(written), shown)
                else:
                    written.write(self.id, value)
        except (UnsafeError, TypeError) as error:
            raise located(error, f"{name} of <{self.kind}>") from None

    def patch(self, old: "Element") -> None:
        self.id = id = old.id
        old.id = 0
        self.bindings = old.bindings
        props = self.props
        if props is not old.props and props != old.props:
            self._patch_props(id, old.props)
        before = old.kids
        if type(before) is list and len(before) == len(self.children) and self._patch_alike(before):
            return
        kids = self.kids = self._content()
        if type(kids) is list:
            if type(before) is list:
                reconcile(id, before, kids)
                return
            if before:
                _emit((_ops.EMPTY, id))
            _emit((_ops.INTO, id))
            mount_all(kids)
            _op(_ops.END)
            return
        if type(before) is list:
            for kid in before:
                kid.unmount()
        elif kids == before:
            return
        if type(kids) is RawHTML:
            _emit((_ops.ON, id, _ops.HTML_CONTENT))
            _string(kids.markup)
        else:
            _emit((_ops.ON, id, _ops.CONTENT))
            _string(kids)  # type: ignore[arg-type]  # it is text, by now

    def _patch_alike(self, before: list[Node]) -> bool:
        """Patch nodes that are of the same kinds as before, as they almost always are; else do nothing."""
        children = self.children
        if type(children[0]) is Each and len(children) == 1:
            return False  # it has to know that it is alone
        for child, known in zip(children, before, strict=True):
            if not isinstance(child, Node) or child.id or child.kind != known.kind or child.key != known.key:
                return False
        if len(children) > 1 and len(set(children)) != len(children):  # the same one in two places
            return False
        self.kids = list(children)
        for child, known in zip(children, before, strict=True):
            child.patch(known)
        return True

    def _patch_props(self, id: int, old: Mapping[str, Any]) -> None:
        props = self.props
        on = False
        for name, value in props.items():
            before = old.get(name)
            if value is before:
                continue
            kind = type(value)
            if kind is type(before):
                if kind is FunctionType:
                    if name.startswith("on") and listeners.replace(id, name, value, before):
                        continue
                elif (kind is str or not is_live(value)) and value == before:
                    continue
            if not on:
                _ops.ints.extend((_ops.ON, id))
                on = True
            if not (name.startswith("on") and callable(before) and callable(value)):
                self._end(name, before)
            self._write(name, value)
        for name, before in old.items():
            if name not in props and before is not None:
                if not on:
                    _ops.ints.extend((_ops.ON, id))
                    on = True
                self._end(name, before)
                if not name.startswith("on") and name not in ("key", "ref"):
                    prop(self.kind, name).write(id, None)

    def _end(self, name: str, value: Any) -> None:  # noqa: ANN401
        """Let go of what a prop has besides its attribute."""
        if name.startswith("on"):
            if value is not None:
                listeners.drop(self.id, name)
        elif name == "ref":
            if value is not None:
                detach(value)
        elif self.bindings and name in self.bindings:
            self.bindings.pop(name).dispose()

    def unmount(self) -> None:
        id = self.id
        self.id = 0
        if id:  # else patching failed half way; some children may still be mounted
            _ops.free_id(id)
        if self.bindings:
            for binding in self.bindings.values():
                binding.dispose()
            self.bindings = None
        if self.props:
            if id in listeners.by_node:
                listeners.forget(id)
            if id in controls.wanted:
                controls.forget(id)
            ref = self.props.get("ref")
            if ref is not None:
                detach(ref)
        kids = self.kids
        if type(kids) is list:
            for kid in reversed(kids):
                kid.unmount()

    def remove(self) -> None:
        _ops.ints.extend((_ops.REMOVE, self.id))

    def move(self) -> None:
        _ops.ints.extend((_ops.MOVE, self.id))

    def first(self) -> int:
        return self.id

    last = first

    def again(self) -> "Element":
        return Element(self.kind, self.props, self.children)

    def html(self, write: Callable[[str], object]) -> None:
        write_element(self, write)

    def __repr__(self) -> str:
        return f"<{self.kind}>"


def _in(tag: str, error: ChildError) -> ChildError:
    """The error, which says in which element the child is."""
    return error if hasattr(error, "__notes__") else located(error, f"in <{tag}>")


class _Writer:
    """Writes one prop of an element that stands in the page."""

    __slots__ = ("prop",)

    def __init__(self, prop: Any) -> None:  # noqa: ANN401 - a Prop
        self.prop = prop

    def __call__(self, id: int, value: Any) -> None:  # noqa: ANN401
        _ops.ints.extend((_ops.ON, id))
        self.prop.write(id, value)


def h(
    tag: "str | Callable[..., Any]",
    props: Mapping[str, Any] | None = None,
    children: "Sequence[Child] | Child" = (),
) -> Node:
    """Make an element, or a component, that can be shown.

    Args:
        tag: an element's name, or a component's function.
        props: attributes, properties and handlers (`onclick`) of an element; a component's arguments. `key`
            tells it from its neighbours in a list.
        children: a child or a list of them: nodes, text, numbers, None, signals, functions, lists.
    """
    kind = type(children)
    if kind is not list and kind is not tuple:
        children = (children,)
    if isinstance(tag, str):
        return Element(tag, _NO_PROPS if props is None else props, children)
    return _component.ComponentNode.of(tag, _NO_PROPS if props is None else props, children)


# Last, since components are made of elements.
from pyodide_app.bridge.vdom import _component  # noqa: E402
