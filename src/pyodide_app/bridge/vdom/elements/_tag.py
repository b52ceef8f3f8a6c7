"""What makes elements of one kind."""

from collections.abc import Mapping
from typing import Any

from pyodide_app.bridge.vdom._children import Child, several
from pyodide_app.bridge.vdom._element import Element
from pyodide_app.bridge.vdom._node import Node

__all__ = ["Builder", "Tag", "tags"]


class Builder(Node):
    """Makes elements of one kind: `div["text"]`, or bare as a child, `p["a", br]`.

    A bare one is a node that seems to be mounted already, so whoever shows it asks for its like by `again`.
    """

    __slots__ = ("tag",)
    id = 1
    key = None

    def __init__(self, tag: str) -> None:
        self.tag = tag

    def __getitem__(self, children: Child) -> Element:
        return Element(self.tag, {}, several(children))

    def again(self) -> Element:
        return Element(self.tag)

    def __repr__(self) -> str:
        return f"<{self.tag}>"


class Tag(Builder):
    """Makes elements of one kind with any props: `Tag("my-element")(size=3)["text"]`.

    So do all that the modules here have; but their stubs give each its own props.
    """

    __slots__ = ()

    def __call__(self, **props: Any) -> Element:  # noqa: ANN401 - whatever a custom element takes
        if "data" in props or "on" in props:
            props = _spread(props)
        return Element(self.tag, props)


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
