"""Props: what each name means for an element."""

import re
from functools import cache

from pyodide_app.bridge.vdom import _ops
from pyodide_app.bridge.vdom._attributes import (
    Address,
    Animated,
    Attribute,
    Checked,
    Class,
    Flag,
    Frame,
    Prop,
    Refresh,
    Style,
    UnsafeError,
    Value,
    Worded,
    is_live,
    read,
)

__all__ = [
    "PLAIN",
    "Address",
    "Attribute",
    "Checked",
    "Prop",
    "UnsafeError",
    "Value",
    "is_live",
    "plain",
    "prop",
    "read",
]

_OTHER_NAMES = {
    "classname": "class",
    "html-for": "for",
    "htmlfor": "for",
    "xlink:href": "href",  # only a parser knows what xlink is; all browsers know href
    "xlink-href": "href",
    "xlinkhref": "href",
}
_MARKUP = frozenset({"innerhtml", "outerhtml", "srcdoc"})
_CONTROLS = frozenset({"input", "textarea", "select"})
_FLAGS = {"selected": "option", "muted": "audio video", "indeterminate": "input"}
_ADDRESSES = frozenset(
    {"href", "src", "action", "formaction", "data", "poster", "ping", "cite", "background"}
)
_FRAMES = frozenset({"iframe", "frame", "embed", "object"})
_ANIMATIONS = frozenset({"animate", "animatemotion", "animatetransform", "set"})
_WORDED = frozenset(
    {
        "contenteditable",
        "draggable",
        "focusable",
        "preservealpha",
        "spellcheck",
        "writingsuggestions",
        # of MathML
        "accent",
        "accentunder",
        "displaystyle",
        "fence",
        "largeop",
        "movablelimits",
        "separator",
        "stretchy",
        "symmetric",
    }
)
_SVG_NAMES = (
    "attributeName baseFrequency calcMode clipPathUnits diffuseConstant edgeMode filterUnits "
    "gradientTransform gradientUnits kernelMatrix keyPoints keySplines keyTimes lengthAdjust "
    "limitingConeAngle markerHeight markerUnits markerWidth maskContentUnits maskUnits numOctaves "
    "pathLength patternContentUnits patternTransform patternUnits pointsAtX pointsAtY pointsAtZ "
    "preserveAlpha preserveAspectRatio primitiveUnits refX refY repeatCount repeatDur "
    "requiredExtensions requiredFeatures specularConstant specularExponent spreadMethod startOffset "
    "stdDeviation stitchTiles surfaceScale systemLanguage tableValues targetX targetY textLength "
    "viewBox xChannelSelector yChannelSelector zoomAndPan"
)
_NOT_A_NAME = re.compile(r"^$|[\s\"'<>/=\0]")


PLAIN = (Attribute, Class, Worded)
"""Attributes whose text needs no care, and that are not there without one."""

plain: dict[str, int] = {}
"""The codes of attributes, by the prop's name, whose text needs no care whatever the element is."""


@cache
def prop(tag: str, name: str) -> Prop:
    """What a prop means for an element.

    Args:
        tag: the element's name.
        name: the prop's, as in HTML, or as Python allows it: `class_`, `aria_label`, `view_box`.

    Raises:
        UnsafeError: it would hold markup or code.
        TypeError: the element has no such thing.
    """
    if name in ("default_value", "default_checked"):  # what a control holds at first, and is not held to
        if tag != "input":
            raise TypeError("only <input> has it; a <textarea> has its first text, an <option> `selected`")
        return Attribute(name.removeprefix("default_"))
    known = _attribute_name(name)
    lower = known.lower()  # as the browser reads it
    if lower in _MARKUP:
        raise UnsafeError(f"{known} would parse text as markup; give the element raw_html(…) as its child")
    if lower.startswith("on"):
        raise UnsafeError(f"{known} would run text as code; handlers are called {lower}")
    if _NOT_A_NAME.search(known):
        raise UnsafeError(f"{known!r} cannot be the name of an attribute")
    if lower in _ADDRESSES:
        return Frame(known) if tag.lower() in _FRAMES else Address(known)
    if lower == "content" and tag.lower() == "meta":
        return Refresh(known)
    if lower == "attributename" and tag.lower() in _ANIMATIONS:
        return Animated(known)
    if lower == "style":
        return Style(lower)
    if known == "value" and tag in _CONTROLS:
        return Value(known)
    if known == "checked" and tag == "input":
        return Checked(known)
    if tag in _FLAGS.get(known, "").split(" "):
        return Flag(known)
    kind: type[Attribute] = Worded if lower in _WORDED or lower.startswith("aria-") else Attribute
    if lower == "class":
        kind = Class
    if lower not in ("value", "checked", "content", "attributename", *_FLAGS):
        plain[name] = _ops.name(known)
    return kind(known)


def _attribute_name(name: str) -> str:
    """What a prop is called in HTML and SVG. A name with a hyphen or a colon is one already."""
    known = name.rstrip("_")
    if "-" not in known and ":" not in known:
        known = known.replace("_", "-")
    if "-" in known and not known.startswith(("aria-", "data-")):
        known = _svg_names().get(known, known)
    return _OTHER_NAMES.get(known.lower(), known)


@cache
def _svg_names() -> dict[str, str]:
    """The attributes of SVG that have capitals, by what Python's names for them become: `view-box`."""
    return {re.sub("(?<=[a-z])[A-Z]", r"-\g<0>", name).lower(): name for name in _SVG_NAMES.split()}
