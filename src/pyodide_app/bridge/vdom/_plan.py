"""How copies of a template are made in the page: the markup that the browser copies, and the holes in it."""

from html import escape
from types import ModuleType

from pyodide_app.bridge.vdom import _ops
from pyodide_app.bridge.vdom._build import build
from pyodide_app.bridge.vdom._content import ContentHole, Island, PlaceHole
from pyodide_app.bridge.vdom._holes import EventHole, Hole, PartsHole, PropHole, RefHole
from pyodide_app.bridge.vdom._props import Checked, Value, prop
from pyodide_app.bridge.vdom._scanner import RAW_TEXT, VOID, Markup
from pyodide_app.bridge.vdom.elements import mathml, svg
from pyodide_app.bridge.vdom.elements._tag import Tag

__all__ = ["Plan", "Root"]


class Root:
    """A node at the top of a template."""

    __slots__ = ("at", "hole")

    def __init__(self, at: int, hole: int) -> None:
        self.at = at
        self.hole = hole  # the number of its hole if it is a place for content, else -1


class Plan:
    """How copies of a template are made in the page: its markup there, and its holes."""

    __slots__ = (
        "_markup",
        "controls",
        "count",
        "events",
        "holes",
        "listening",
        "number",
        "pool",
        "refs",
        "roots",
    )

    def __init__(self, roots: list[str | int | Markup]) -> None:
        self.count = 0  # how many nodes get an id
        self.holes: list[Hole] = []
        self.roots: list[Root] = []
        self._markup: list[str] = []
        for root in roots:
            before = len(self.holes)
            at = self._place(root) if self._is_place(root) else -1
            if at >= 0:
                self.roots.append(Root(at, before))
                continue
            self.roots.append(Root(self.count, -1))
            if isinstance(root, Markup):
                self._element(root, is_root=True)
            else:
                self.count += 1
                self._markup.append(escape(str(root), quote=False) or "<!--?-->")
        markup = "".join(self._markup)
        first = next((root.tag for root in roots if isinstance(root, Markup)), "")
        for space, tags in (("svg", _SVG_ONLY), ("math", _MATHML_ONLY)):
            if first in tags:
                markup = f"<{space} data-pa-part>{markup}</{space}>"
        self.number = _ops.template(markup)
        self.pool = _ops.pool(self.count)
        self.events = [each for each in self.holes if isinstance(each, EventHole)]
        nodes = [each.at for each in self.events]
        self.listening = sorted(set(nodes))
        for each in self.events:
            each.template = self.number if nodes.count(each.at) == 1 else -1
        held = (each for each in self.holes if isinstance(each, PropHole))
        self.controls = sorted({each.at for each in held if isinstance(each.prop, Checked | Value)})
        self.refs = [each for each in self.holes if isinstance(each, RefHole)]

    @staticmethod
    def _is_place(part: str | int | Markup) -> bool:
        """Whether something differs in each copy: a hole, a component, an element with a dict of props."""
        if isinstance(part, Markup):
            return isinstance(part.tag, int) or any(not name for name, _ in part.attributes)
        return type(part) is int

    def _take(self) -> int:
        self.count += 1
        return self.count - 1

    def _place(self, part: str | int | Markup) -> int:
        """Add a place for content; returns which of the copy's nodes it is."""
        at = self._take()
        number = len(self.holes)
        if isinstance(part, Markup):
            self.holes.append(Island(number, at, lambda values: build(part, values)))
        else:
            self.holes.append(PlaceHole(number, at, int(part)))
        self._markup.append("<!--?-->")
        return at

    def _element(self, part: Markup, *, is_root: bool) -> None:
        tag = part.tag
        assert isinstance(tag, str)  # or it would be a place
        alone = type(part.children[0]) is int if len(part.children) == 1 else False
        has_holes = alone or any(
            type(value) is not str and value is not True for name, value in part.attributes if name != "key"
        )
        at = self._take() if has_holes or is_root else -1
        self._markup.append(f"<{tag}")
        if has_holes:
            self._markup.append(" data-pa-hole")
        for name, value in part.attributes:
            self._attribute(at, tag, name, value)
        self._markup.append(">")
        if tag in VOID:
            return
        if tag in ("pre", "textarea"):
            self._markup.append("\n")  # a parser drops a line break at their start
        for child in part.children:
            if alone:
                self.holes.append(ContentHole(len(self.holes), at, int(child)))  # type: ignore[arg-type]
            elif self._is_place(child):
                self._place(child)
            elif isinstance(child, Markup):
                self._element(child, is_root=False)
            else:
                self._markup.append(str(child) if tag in RAW_TEXT else escape(str(child), quote=False))
        self._markup.append(f"</{tag}>")

    def _attribute(
        self, at: int, tag: str, name: str, value: str | bool | int | tuple[str | int, ...]
    ) -> None:
        number = len(self.holes)
        if name == "key":
            return
        if type(value) is int:
            if name == "ref":
                self.holes.append(RefHole(number, at, value))
            elif name.startswith("on"):
                self.holes.append(EventHole(number, at, value, tag, name))
            else:
                self.holes.append(PropHole(number, at, value, tag, name))
        elif type(value) is tuple:
            self.holes.append(PartsHole(number, at, value, tag, name))
        else:
            text = "" if value is True else escape(str(value))
            self._markup.append(f' {prop(tag, name).name}="{text}"')


def _only(module: ModuleType, shared: str) -> frozenset[str]:
    """The names of a module's elements that HTML does not have."""
    tags = {each.tag for each in vars(module).values() if isinstance(each, Tag)}
    return frozenset(tags.difference(shared.split(" ")))


_SVG_ONLY = _only(svg, "a image script style svg switch title")
_MATHML_ONLY = _only(mathml, "math")
