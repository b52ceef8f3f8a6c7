"""Components: functions that make a tree, and make it again when what they have read has changed."""

import functools
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any, Generic, ParamSpec, final

from pyodide_app.bridge.reactivity import _graph
from pyodide_app.bridge.reactivity._errors import Failure
from pyodide_app.bridge.reactivity._graph import CLEAN, DISPOSED, Effect
from pyodide_app.bridge.vdom import _frame, _place
from pyodide_app.bridge.vdom._children import Child, mount_first, node_of, several, take_over
from pyodide_app.bridge.vdom._node import Node
from pyodide_app.bridge.vdom._text import Text

P = ParamSpec("P")


@final
class Component(Generic[P]):
    """A component's function, to be called with its arguments wherever it shall be shown."""

    def __init__(self, fn: Callable[P, Child], *, memoised: bool = False) -> None:
        functools.update_wrapper(self, fn)
        self.fn = fn
        self.memoised = memoised
        self.name = getattr(fn, "__name__", repr(fn))

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> "ComponentNode":
        return ComponentNode(self, args, kwargs)


def component(fn: Callable[P, Child]) -> Component[P]:
    """Make a function a component: where it is called it is shown, and renders on its own."""
    return Component(fn)


def memo(fn: "Callable[P, Child] | Component[P]") -> Component[P]:
    """Make a component that renders again only if its arguments or what it has read have changed."""
    return Component(fn.fn if isinstance(fn, Component) else fn, memoised=True)


@functools.lru_cache(maxsize=4096)
def _plain(fn: Callable[..., Any]) -> Component[...]:
    return Component(fn)


@final
class ComponentNode(Node):
    """A component with its arguments, somewhere in a tree."""

    __slots__ = ("args", "id", "instance", "key", "kind", "kwargs")
    kind: Component[...]

    def __init__(self, kind: Component[...], args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> None:
        self.kind = kind
        self.args = args
        self.kwargs = kwargs
        self.key: object = None
        self.id = 0
        self.instance: Instance | None = None

    @classmethod
    def of(
        cls, fn: Callable[..., Any], props: Mapping[str, Any], children: Iterable[Child]
    ) -> "ComponentNode":
        """What `h` makes of a function."""
        kwargs = dict(props)
        key = kwargs.pop("key", None)
        if children:
            kwargs["children"] = children
        node = cls(fn if type(fn) is Component else _plain(fn), (), kwargs)
        node.key = key
        return node

    def __getitem__(self, children: Child) -> "ComponentNode":
        """The same component with these children, as its argument `children`."""
        self.kwargs = {**self.kwargs, "children": several(children)}
        return self

    def keyed(self, key: object) -> "ComponentNode":
        """The same component with a key that tells it from its neighbours in a list."""
        self.key = key
        return self

    def mount(self) -> None:
        self.id = 1
        self.instance = Instance(self)
        _graph.run(self.instance)

    def patch(self, old: "ComponentNode") -> None:
        self.id, old.id = 1, 0
        instance = self.instance = old.instance
        assert instance is not None  # it was mounted
        instance.node = self
        if self.kind.memoised:
            try:
                if self.kwargs == old.kwargs and self.args == old.args:
                    return
            except Exception:  # noqa: S110 - an array among them has no single answer
                pass
        _graph.run(instance)

    def unmount(self) -> None:
        self.id = 0
        if self.instance is not None:
            self.instance.end()

    def remove(self) -> None:
        self._tree().remove()

    def move(self) -> None:
        self._tree().move()

    def first(self) -> int:
        return self._tree().first()

    def last(self) -> int:
        return self._tree().last()

    def _tree(self) -> Node:
        assert self.instance is not None  # it is mounted
        return self.instance.tree

    def again(self) -> "ComponentNode":
        copy = ComponentNode(self.kind, self.args, self.kwargs)
        copy.key = self.key
        return copy

    def html(self, write: Callable[[str], object]) -> None:
        Instance(self.again()).html(write)


class Instance(Effect):
    """A component at its place in the page: an effect that renders."""

    __slots__ = (
        "_first",
        "_hook",
        "_hooks",
        "_shown",
        "catch",
        "context",
        "lasting",
        "name",
        "node",
        "parent",
        "tree",
        "waits",
    )

    def __init__(self, node: ComponentNode) -> None:
        super().__init__(self._render, _frame.queue, owned=False)
        self.node = node
        self.name = node.kind.name
        self.parent = _place.current
        self.tree: Node = Text("")
        self.catch: Callable[[Exception], bool] | None = None
        self.context: tuple[object, Any] | None = None
        self.lasting: Lasting | None = None
        self._hooks: list[Any] = []
        self._hook = 0
        self._first: list[tuple[Callable[[], object], bool]] | None = None  # see at_first
        self._shown = False
        self.waits: Any = None

    def _render(self) -> Child:
        self._hook = 0
        self._first = None
        outer, _place.current = _place.current, self
        try:
            return self.node.kind.fn(*self.node.args, **self.node.kwargs)
        finally:
            _place.current = outer

    def _settle(self, value: Any, failure: Failure | None) -> None:  # noqa: ANN401
        if self._state == DISPOSED:
            return
        self._state = CLEAN
        error = failure.again() if failure else None
        fine = error is None
        if fine and self._shown and self._hook != len(self._hooks):
            fine = False
            error = RuntimeError(
                f"{self.name} called use() less often than before; hooks are not conditional"
            )
        if error is not None or self.waits is not None:
            error = _place.unanswered(error, self)
        outer, _place.current = _place.current, self
        try:
            if fine:
                self.tree, error = take_over(self.tree, value) if self.tree.id else mount_first(value)
                if not self._shown:
                    self._shown = True
                    self._begin()
            elif not self.tree.id:
                self.tree.mount()
        finally:
            _place.current = outer
        if error is not None:
            error.add_note(f"(while rendering {_place.path(self)})")
            _place.fail(error, self)

    def hook(self, make: Callable[[], Any]) -> Any:  # noqa: ANN401 - whatever is made
        """What a hook made at the first time."""
        if self._hook == len(self._hooks):
            if self._shown:
                raise RuntimeError(
                    f"{self.name} called use() more often than before; hooks are not conditional"
                )
            self._hooks.append(self._lasting(make))
        self._hook += 1
        return self._hooks[self._hook - 1]

    def at_first(self, fn: Callable[[], object], *, last: bool) -> None:
        """Have a function called once the component is shown for the first time, or once it is gone."""
        if not self._shown:
            if self._first is None:
                self._first = []
            self._first.append((fn, last))

    def _lasting(self, fn: Callable[[], Any]) -> Any:  # noqa: ANN401
        """Call a function; what it makes ends with the component."""
        if self.lasting is None:
            self.lasting = Lasting()
        outer = _graph.set_owner(self.lasting)
        try:
            return _graph.untracked(fn)
        finally:
            _graph.set_owner(outer)

    def _begin(self) -> None:
        """It is shown for the first time, and so are the components in it."""
        first, self._first = self._first, None
        for fn, last in first or ():
            if last:
                if self.lasting is None:
                    self.lasting = Lasting()
                self.lasting.own(_graph.Cleanup(fn))
            else:
                _frame.after_commit.append(partial(self._mounted, fn))

    def _mounted(self, fn: Callable[[], object]) -> None:
        if self._state == DISPOSED:
            return
        try:
            cleanup = self._lasting(fn)
            if callable(cleanup) and self.lasting is not None:
                self.lasting.own(_graph.Cleanup(cleanup))
        except Exception as error:
            error.add_note(f"(in on_mount of {_place.path(self)})")
            _place.fail(error, self)

    def end(self) -> None:
        """The component is gone."""
        if self.waits is not None:
            _place.unanswered(None, self)
        ends = [self.dispose]
        if self.lasting is not None:
            ends.insert(0, self.lasting.dispose_owned)
        for end in ends:
            try:
                end()
            except Exception as error:
                error.add_note(f"(when {_place.path(self)} ended)")
                _place.fail(error, self.parent)
        self.tree.unmount()

    def html(self, write: Callable[[str], object]) -> None:
        """Write what it renders as HTML, and end it."""
        outer = _place.current, _graph.set_owner(self)
        _place.current = self
        try:
            while True:
                self._hook = 0
                parts: list[str] = []
                try:
                    tree = _graph.untracked(lambda: self.node.kind.fn(*self.node.args, **self.node.kwargs))
                    node_of(tree).html(parts.append)
                    break
                except Exception as error:
                    if self.catch is None or not self.catch(error):
                        raise
            write("".join(parts))
        finally:
            _place.current = outer[0]
            _graph.set_owner(outer[1])
            self.end()

    def __repr__(self) -> str:
        return f"<{self.name}>"


class Lasting(_graph.Owner):
    """Owns what a component's hooks make, as long as the component is shown."""

    __slots__ = ("_owned", "_owner")

    def __init__(self) -> None:
        self._owned: dict[Any, None] | None = None
        self._owner = None
