"""A template's markup as ordinary nodes, the same as `h` makes."""

from collections.abc import Mapping
from typing import Any

from pyodide_app.bridge.vdom._children import Child
from pyodide_app.bridge.vdom._element import h
from pyodide_app.bridge.vdom._holes import join
from pyodide_app.bridge.vdom._node import Node
from pyodide_app.bridge.vdom._props import UnsafeError, prop
from pyodide_app.bridge.vdom._scanner import AttributeValue, Markup, TemplateError

__all__ = ["build", "build_child", "check"]

Values = tuple[Any, ...]


def check(part: str | int | Markup) -> None:
    """See that what is written out in a template is as safe as what h takes."""
    if not isinstance(part, Markup):
        return
    if isinstance(part.tag, str):
        for name, value in part.attributes:
            if name.startswith("on") and type(value) is not int:
                raise UnsafeError(
                    f"{name} of {part!r} in line {part.line} of the template is text; "
                    f"a handler is a function in a hole: {name}={{…}}"
                )
            if name not in ("", "key", "ref") and not name.startswith("on"):
                known = prop(part.tag, name)
                if type(value) is str:
                    known.html(value)
    for child in part.children:
        check(child)


def build(part: Markup, values: Values) -> Node:
    """Make an element or a component of a template as `h` does."""
    tag = part.tag if isinstance(part.tag, str) else values[part.tag]
    if isinstance(part.end, int) and values[part.end] is not tag:
        raise TemplateError(f"{tag!r} in line {part.line} of the template is closed as {values[part.end]!r}")
    props: dict[str, Any] = {}
    for name, value in part.attributes:
        if not name:
            spread = values[value]  # type: ignore[index]  # it is a hole
            if not isinstance(spread, Mapping):
                raise TypeError(
                    f"{spread!r} stands among the attributes of {part!r} in line {part.line} of the "
                    "template; only a dict can"
                )
            props.update(spread)
        elif isinstance(part.tag, int):
            props[name.replace("-", "_")] = _value(value, values)
        elif type(value) is tuple:
            props[name] = join(prop(part.tag, name), value, values)
        elif part.tag == "input" and name in ("value", "checked") and type(value) is not int:
            props[f"default_{name}"] = value  # what is written out is where the user begins
        else:
            props[name] = _value(value, values)
    return h(tag, props, [build_child(child, values) for child in part.children])


def _value(value: AttributeValue, values: Values) -> Any:  # noqa: ANN401
    if type(value) is int:
        return values[value]
    if type(value) is tuple:
        return "".join(part if type(part) is str else str(values[part]) for part in value)  # type: ignore[index]
    return value


def build_child(part: str | int | Markup, values: Values) -> Child:
    if isinstance(part, Markup):
        return build(part, values)
    return values[part] if type(part) is int else part
