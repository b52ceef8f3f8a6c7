"""Templates: `html(t"<p class={kind}>{text}</p>")`, with Python 3.14's template strings.

The texts of a template string are one tuple for each place in the source, however often it is evaluated. So
all that can be known from them is found out once: the markup is read (_scanner.py), each hole becomes an
object that knows what it is for (_holes.py, _content.py), and the browser gets the markup to copy (_plan.py).
After that a copy costs its values.

The same markup can also be built like any tree (_build.py): for HTML, to take over what the page already has,
and for components and elements with a dict of props, which are different each time.
"""

from collections.abc import Callable
from typing import Any, Protocol, final

from pyodide_app.bridge.vdom import _ops, _place
from pyodide_app.bridge.vdom._binding import Binding
from pyodide_app.bridge.vdom._build import build, build_child, check
from pyodide_app.bridge.vdom._controls import controls
from pyodide_app.bridge.vdom._events import listeners
from pyodide_app.bridge.vdom._fragment import Fragment
from pyodide_app.bridge.vdom._node import Node
from pyodide_app.bridge.vdom._place import located
from pyodide_app.bridge.vdom._plan import Plan, Root
from pyodide_app.bridge.vdom._props import UnsafeError
from pyodide_app.bridge.vdom._scanner import Markup, TemplateError, scan

__all__ = ["Template", "html"]

Values = tuple[Any, ...]

# Mounting 1,000 rows makes as many copies, so names are looked up once.
_emit, _op = _ops.ints.extend, _ops.ints.append
_CLONE, _CLOSE = _ops.CLONE, _ops.CLOSE


class Interpolation(Protocol):
    """One hole of a template string, as `string.templatelib` has it."""

    @property
    def value(self) -> Any: ...  # noqa: ANN401
    @property
    def conversion(self) -> str | None: ...
    @property
    def format_spec(self) -> str: ...


class TemplateString(Protocol):
    """What a `t"…"` is: `string.templatelib.Template`."""

    @property
    def strings(self) -> tuple[str, ...]: ...
    @property
    def interpolations(self) -> tuple[Interpolation, ...]: ...
    @property
    def values(self) -> tuple[Any, ...]: ...


def html(template: TemplateString) -> "Template":
    """Make a tree of HTML with holes: `html(t"<button onclick={add}>Add {count}</button>")`.

    A hole stands for a child, an attribute's value or a part of it, a handler, a dict of props
    (`<div {props}>`), or a component: `<{Counter} start={3} />`. Signals and functions in holes are live; a
    lambda needs parentheses. Text is text: nothing in a hole becomes markup. Line breaks between tags, with
    the spaces around them, are left out.

    Raises:
        TemplateError: the markup is not right, or a hole stands where none can be.
        UnsafeError: something would run code that the app did not write.
    """
    try:
        strings = template.strings
    except AttributeError:
        raise TypeError(f'html takes a template string, t"…", not {type(template).__name__}') from None
    compiled = _compiled.get(id(strings))
    if compiled is None:
        try:
            compiled = Compiled(template)
        except (TemplateError, UnsafeError, TypeError) as error:
            raise located(error, "html") from None
        _compiled[id(strings)] = compiled
    return Template(compiled, _formatted(template) if compiled.is_formatted else template.values)


def _formatted(template: TemplateString) -> Values:
    """The values, those with a conversion or a format as text: `{price:.2f}`."""
    return tuple(
        format(_CONVERSIONS[hole.conversion](hole.value), hole.format_spec)
        if hole.conversion or hole.format_spec
        else hole.value
        for hole in template.interpolations
    )


_CONVERSIONS: dict[str | None, Callable[[Any], Any]] = {
    "r": repr,
    "s": str,
    "a": ascii,
    None: lambda value: value,
}


@final
class Template(Node):
    """A template with its values: a copy of the markup, once it is mounted."""

    __slots__ = ("id", "key", "kind", "live", "place", "tree", "values")
    kind: "Compiled"

    def __init__(self, kind: "Compiled", values: Values) -> None:
        self.kind = kind
        self.values = values
        self.key: object = values[kind.key] if kind.key >= 0 else None
        self.id = 0  # of the first of its nodes that have one; the others' follow
        self.live: dict[int, Node | Binding] | None = None  # by the holes' numbers
        self.tree: Node | None = None  # what was taken over from the page is no copy
        self.place: _place.Place | None = None

    def keyed(self, key: object) -> "Template":
        """The same tree with a key that tells it from its neighbours in a list."""
        self.key = key
        return self

    def keep(self, number: int, thing: Node | Binding) -> None:
        """Keep what makes a hole live."""
        if self.live is None:
            self.live = {}
        self.live[number] = thing

    def drop(self, number: int) -> None:
        """End a hole's binding, if it has one."""
        if self.live:
            thing = self.live.pop(number, None)
            if thing is not None and not isinstance(thing, Node):
                thing.dispose()

    def mount(self) -> None:
        if _ops.adopting:
            self.id = 1
            self.tree = self.kind.build(self.values)
            self.tree.mount()
            return
        self.place = _place.current
        plan = self.kind.plan
        if plan is None:
            plan = self.kind.plan = Plan(self.kind.roots)
        pool = plan.pool
        self.id = pool.pop() if pool else _ops.take_range(plan.count)
        _emit((_CLONE, plan.number, self.id))
        for hole in plan.holes:
            hole.mount(self)
        _op(_CLOSE)

    def patch(self, old: "Template") -> None:
        self.id, old.id = old.id, 0
        if old.tree is not None:
            self.tree, tree = self.kind.build(self.values), old.tree
            self.tree.patch(tree)
            return
        self.place = old.place
        self.live, old.live = old.live, None
        plan = self.kind.plan
        assert plan is not None  # there is a copy
        for hole in plan.holes:
            hole.patch(self, old)

    def unmount(self) -> None:
        id = self.id
        if not id:
            return
        self.id = 0
        if self.tree is not None:
            self.tree.unmount()
            return
        plan = self.kind.plan
        assert plan is not None  # there is a copy
        for at in plan.listening:
            listeners.by_node.pop(id + at, None)
        for at in plan.controls:
            if id + at in controls.wanted:
                controls.forget(id + at)
        for hole in plan.refs:
            hole.end(self)
        if self.live:
            for thing in self.live.values():
                if isinstance(thing, Node):
                    thing.unmount()
                else:
                    thing.dispose()
            self.live = None
        _ops.free_range((id, plan.count))

    def handler(self, id: int, type: str) -> Any:  # noqa: ANN401 - a function
        """The handler for an event at one of its nodes."""
        for hole in self.kind.plan.events:  # type: ignore[union-attr]  # there is a copy
            if hole.at == id - self.id and hole.type == type:
                return self.values[hole.value]
        return None

    def _content(self, root: Root) -> Node | None:
        """The node in a root that is a place for content."""
        thing = self.live.get(root.hole) if self.live else None
        return thing if isinstance(thing, Node) else None

    def remove(self) -> None:
        if self.tree is not None:
            self.tree.remove()
            return
        for root in self.kind.plan.roots:  # type: ignore[union-attr]  # there is a copy
            if content := self._content(root):
                content.remove()
            _ops.ints.extend((_ops.REMOVE, self.id + root.at))

    def move(self) -> None:
        if self.tree is not None:
            self.tree.move()
            return
        for root in self.kind.plan.roots:  # type: ignore[union-attr]  # there is a copy
            if content := self._content(root):
                content.move()
            _ops.ints.extend((_ops.MOVE, self.id + root.at))

    def first(self) -> int:
        if self.tree is not None:
            return self.tree.first()
        content = self._content(self.kind.plan.roots[0])  # type: ignore[union-attr]  # there is a copy
        return content.first() if content else self.id

    def last(self) -> int:
        if self.tree is not None:
            return self.tree.last()
        return self.id + self.kind.plan.roots[-1].at  # type: ignore[union-attr]  # there is a copy

    def again(self) -> "Template":
        return Template(self.kind, self.values).keyed(self.key)

    def html(self, write: Callable[[str], object]) -> None:
        self.kind.build(self.values).html(write)

    def __repr__(self) -> str:
        return f"html({' '.join(map(repr, self.kind.roots))})"


@final
class Compiled:
    """What is known of a template string from its place in the source."""

    __slots__ = ("is_formatted", "key", "plan", "roots", "strings")

    def __init__(self, template: TemplateString) -> None:
        self.strings = template.strings  # kept, so that no other tuple gets its id
        self.roots = scan(self.strings) or [""]
        self.is_formatted = any(hole.conversion or hole.format_spec for hole in template.interpolations)
        self.plan: Plan | None = None
        self.key = -1
        if len(self.roots) == 1 and isinstance(root := self.roots[0], Markup):
            key = dict(root.attributes).get("key", -1)
            if type(key) is int:
                self.key = key
        for each in self.roots:
            check(each)

    def build(self, values: Values) -> Node:
        """The same as ordinary nodes."""
        if len(self.roots) == 1 and isinstance(root := self.roots[0], Markup):
            return build(root, values)
        return Fragment([build_child(each, values) for each in self.roots])


_compiled: dict[int, Compiled] = {}  # by the id of the texts' tuple
