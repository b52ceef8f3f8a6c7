"""What makes elements of one kind."""

from collections.abc import Mapping
from typing import Any, final

from pyodide_app.bridge.vdom._children import Child
from pyodide_app.bridge.vdom._element import Element
from pyodide_app.bridge.vdom._node import Node

__all__ = ["Tag", "tags"]


@final
class Tag(Node):
    """Makes elements of one kind: `div(class_="row")["text"]`, `div["text"]`, or bare, `p["a", br]`.

    A bare tag is a node that seems to be mounted already, so whoever shows it asks for its like by `again`.
    """

    __slots__ = ("tag",)
    id = 1
    key = None

    def __init__(self, tag: str) -> None:
        self.tag = tag

    def __call__(self, **props: Any) -> Element:  # noqa: ANN401 - the stubs beside this file have the types
        if "data" in props or "on" in props:
            props = _spread(props)
        return Element(self.tag, props)

    def __getitem__(self, children: Child) -> Element:
        return Element(self.tag, children=children if type(children) is tuple else (children,))

    def again(self) -> Element:
        return Element(self.tag)

    def __repr__(self) -> str:
        return f"<{self.tag}>"


def _spread(props: dict[str, Any]) -> dict[str, Any]:
    """The same props, `data={"id": 3}` as `data-id` and `on={"my-event": f}` as `on:my-event`."""
    spread: dict[str, Any] = {}
    for name, value in props.items():
        if name == "data" and isinstance(value, Mapping):
            spread.update((f"data-{key.replace('_', '-')}", each) for key, each in value.items())
        elif name == "on":
            spread.update((f"on:{type}", handler) for type, handler in value.items())
        else:
            spread[name] = value
    return spread


def tags(names: str, /, **others: str) -> dict[str, Tag]:
    """Make tags for a module.

    Args:
        names: those that are called the same in Python, with spaces between.
        others: the rest, by their names in Python.
    """
    made = {name: Tag(name) for name in names.split()}
    made.update((name, Tag(tag)) for name, tag in others.items())
    return made
