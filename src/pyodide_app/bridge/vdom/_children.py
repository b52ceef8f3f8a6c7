"""Lists of children: what they may be, and how a new list takes over from an old one."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from types import GeneratorType
from typing import Any

from pyodide_app.bridge.reactivity._graph import Source
from pyodide_app.bridge.vdom import _ops
from pyodide_app.bridge.vdom._node import Node
from pyodide_app.bridge.vdom._text import Text

Child = Any  # a node, text, a number, None, a signal, a callable, or an iterable of these


class ChildError(TypeError):
    """Something that cannot be shown stands among children, or two with the same key."""


def node_of(child: Child) -> Node:
    """Make a child a node that is not mounted yet."""
    kind = type(child)
    if kind is str:
        return Text(child)
    if isinstance(child, Node):
        return child.again() if child.id else child
    if child is None or kind is bool:
        return Text("")
    if isinstance(child, str | int | float):
        return Text(str(child))
    if isinstance(child, Source) or (callable(child) and not isinstance(child, type)):
        return _dynamic.Dynamic(child)
    if isinstance(child, Iterable) and not isinstance(child, bytes | dict):
        return _fragment.Fragment(child)
    raise ChildError(
        f"{child!r} of type {type(child).__name__} cannot be shown; "
        "a child is a node, text, a number, None, a signal, a function or a list of these"
    )


def several(children: Child) -> tuple[Child, ...]:
    """What stands in brackets, as children; generators run at once, before their variables change."""
    if type(children) is not tuple:
        return (list(children),) if type(children) is GeneratorType else (children,)
    if GeneratorType in map(type, children):
        return tuple(list(child) if type(child) is GeneratorType else child for child in children)
    return children


def nodes_of(children: Iterable[Child]) -> list[Node]:
    """Make children nodes."""
    nodes = [child if isinstance(child, Node) and not child.id else node_of(child) for child in children]
    if len(nodes) == 1:
        return nodes
    if nodes and nodes[0].key is not None:
        check_keys(nodes)
    if len(set(nodes)) != len(nodes):  # the same one in two places
        nodes = [node.again() if node in nodes[:place] else node for place, node in enumerate(nodes)]
    return nodes


def check_keys(nodes: Sequence[Node]) -> None:
    """See that no two nodes have the same key."""
    keys = [node.key for node in nodes if node.key is not None]
    if len(set(keys)) != len(keys):
        twice = next(key for place, key in enumerate(keys) if key in keys[:place])
        raise ChildError(f"the key {twice!r} is given to two children of the same list; keys must differ")


def mount_first(child: Child) -> tuple[Node, Exception | None]:
    """Mount a child.

    Returns:
        What is mounted; if that failed, an empty text, and why.
    """
    at = _ops.mark()
    node = None
    try:
        node = node_of(child)
        node.mount()
        return node, None
    except Exception as error:
        _ops.rewind(at)
        if node is not None:
            node.unmount()
        nothing = Text("")
        nothing.mount()
        return nothing, error


def take_over(old: Node, child: Child) -> tuple[Node, Exception | None]:
    """Let a child take over from a mounted node, or stand in its place.

    Returns:
        What is mounted then; if that failed, an empty text, and why.
    """
    first, last = old.first(), old.last()
    at = _ops.mark()
    new = None
    try:
        new = node_of(child)
        if new.kind == old.kind and new.key == old.key:
            new.patch(old)
            return new, None
        _ops.ints.extend((_ops.BEFORE, first))
        new.mount()
        _ops.ints.append(_ops.END)
        old.remove()
        old.unmount()
        return new, None
    except Exception as error:
        _ops.rewind(at)  # the page still has the old nodes, but nobody knows any more which is which
        nothing = Text("")
        _ops.ints.extend((_ops.BEFORE, first))
        nothing.mount()
        _ops.ints.extend((_ops.END, _ops.REMOVE_RANGE, first, last))
        if new is not None:
            new.unmount()
        old.unmount()
        return nothing, error


def mount_all(nodes: Iterable[Node]) -> None:
    """Mount nodes one after the other."""
    for node in nodes:
        node.mount()


def remove_all(parent: int, nodes: Sequence[Node]) -> None:
    """Remove all nodes of a list; those of a parent that has no others go at once."""
    if parent:
        _ops.ints.extend((_ops.EMPTY, parent))
    for node in reversed(nodes):
        if not parent:
            node.remove()
        node.unmount()


def replace_all(parent: int, old: Sequence[Node], new: Sequence[Node]) -> None:
    """Let a new list stand in the place of an old one, of which nothing is kept."""
    _begin_frame(parent, old, new, len(old), len(new))
    remove_all(parent, old)
    mount_all(new)
    _ops.ints.append(_ops.END)


def swap(nodes: list[Any], one: int, other: int) -> None:
    """Let two mounted nodes of a list change places; `one` is the earlier."""
    first, last = nodes[one], nodes[other]
    nodes[one], nodes[other] = last, first
    _ops.ints.extend((_ops.BEFORE, first.first()))
    last.move()
    _ops.ints.append(_ops.END)
    if other - one > 1:
        _ops.ints.extend((_ops.AFTER, nodes[other - 1].last()))
        first.move()
        _ops.ints.append(_ops.END)


def reconcile(parent: int, old: Sequence[Node], new: Sequence[Node], start: int = 0, end: int = 0) -> None:
    """Let a new list take over from an old one, with as few moves as can be.

    What stays at both ends is patched where it is. In between, old nodes are found by kind and key, and those
    of the longest rising run of old places stay where they are (the method of ivi and Inferno).

    Args:
        parent: the id of the element whose only children these are; 0 if it has others.
        old: mounted nodes.
        new: nodes that are not mounted, or stay from the old list as they are.
        start: how many are known to be the same at the start of both.
        end: how many, at the end.
    """
    if not new:
        raise ValueError("a list of nodes keeps a place, so it is never empty")
    old_end, new_end = len(old) - end, len(new) - end
    shorter = min(old_end, new_end)
    while start < shorter:
        before, after = old[start], new[start]
        if before is not after:
            if before.kind != after.kind or before.key != after.key:
                break
            after.patch(before)
        start += 1
    while old_end > start and new_end > start:
        before, after = old[old_end - 1], new[new_end - 1]
        if before is not after:
            if before.kind != after.kind or before.key != after.key:
                break
            after.patch(before)
        old_end -= 1
        new_end -= 1
    if start == new_end:
        for node in old[start:old_end]:
            node.remove()
            node.unmount()
        return
    _begin_frame(parent, old, new, old_end, new_end)
    if start == old_end:
        mount_all(new[start:new_end])
    else:
        _reorder(parent, old[start:old_end], new[start:new_end], is_all=old_end - start == len(old))
    _ops.ints.append(_ops.END)


def _begin_frame(parent: int, old: Sequence[Node], new: Sequence[Node], old_end: int, new_end: int) -> None:
    """Begin a frame at the end of what changes. Nothing there is moved, so it stays right."""
    if new_end < len(new):
        _ops.ints.extend((_ops.BEFORE, new[new_end].first()))
    elif parent:
        _ops.ints.extend((_ops.INTO, parent))
    else:
        # If the last old one is at the start, a new one has taken over from it already.
        last = old[old_end - 1]
        _ops.ints.extend((_ops.AFTER, (last if last.id else new[old_end - 1]).last()))


def _reorder(parent: int, old: Sequence[Node], new: Sequence[Node], *, is_all: bool) -> None:
    """Let new nodes take over from old ones in another order, in a frame at their end."""
    keyed: dict[object, int] = {}
    loose: dict[object, list[int]] = {}  # places of nodes without a key, by kind, last first
    for place in range(len(old) - 1, -1, -1):
        node = old[place]
        if node.key is None:
            loose.setdefault(node.kind, []).append(place)
        else:
            keyed[node.key] = place

    places: list[int] = []  # where each new node's predecessor is, -1 if it has none
    for node in new:
        if node.key is None:
            candidates = loose.get(node.kind)
            place = candidates.pop() if candidates else -1
        else:
            place = keyed.pop(node.key, -1)
            if place >= 0 and old[place].kind != node.kind:
                place = -1
        places.append(place)

    kept = set(places)
    if is_all and kept == {-1}:
        remove_all(parent, old)
        mount_all(new)
        return
    if len(kept) <= len(old):
        for place, node in enumerate(old):
            if place not in kept:
                node.remove()
                node.unmount()
    for place, node in zip(places, new, strict=True):
        if place >= 0 and old[place] is not node:
            node.patch(old[place])

    standing = _longest_rise(places)
    index = 0
    while index < len(new):
        if index in standing:
            index += 1
            continue
        end = index + 1
        while end < len(new) and end not in standing:
            end += 1
        if end < len(new):
            _ops.ints.extend((_ops.BEFORE, new[end].first()))
        for place, node in zip(places[index:end], new[index:end], strict=True):
            if place < 0:
                node.mount()
            else:
                node.move()
        if end < len(new):
            _ops.ints.append(_ops.END)
        index = end


def _longest_rise(places: Sequence[int]) -> set[int]:
    """The indices of a longest strictly rising subsequence, -1 left out (patience sorting)."""
    tails: list[int] = []  # the smallest last place of a run of each length
    ends: list[int] = []  # its index
    before: list[int] = [-1] * len(places)
    for index, place in enumerate(places):
        if place < 0:
            continue
        length = len(tails) if not tails or place > tails[-1] else bisect_left(tails, place)
        if length == len(tails):
            tails.append(place)
            ends.append(index)
        else:
            tails[length] = place
            ends[length] = index
        if length:
            before[index] = ends[length - 1]
    rise: set[int] = set()
    index = ends[-1] if ends else -1
    while index >= 0:
        rise.add(index)
        index = before[index]
    return rise


# Last, since these are made of children again.
from pyodide_app.bridge.vdom import _dynamic, _fragment  # noqa: E402
