"""What a tree is made of, in general."""

from typing import Any, ClassVar

__all__ = ["Node"]


class Node:
    """A part of a tree. It is mounted once, and then patched: a new node takes over from an old one.

    A mounted node always has at least one DOM node, so its place can be named.
    """

    __slots__ = ()
    kind: Any  # nodes of the same kind and key can take over from each other
    key: object
    id: int  # of its first DOM node or of none; 0 until it is mounted
    _no_key: ClassVar[None] = None

    def mount(self) -> None:
        """Emit what makes its DOM nodes in the current frame."""
        raise NotImplementedError

    def patch(self, old: Any) -> None:  # noqa: ANN401 - the same class
        """Take over from a mounted node of the same kind and key."""
        raise NotImplementedError

    def unmount(self) -> None:
        """Let go of everything: ids, bindings, effects. What is in the DOM stays there."""
        raise NotImplementedError

    def remove(self) -> None:
        """Emit what removes its DOM nodes."""
        raise NotImplementedError

    def move(self) -> None:
        """Emit what moves its DOM nodes to the current frame."""
        raise NotImplementedError

    def first(self) -> int:
        """The id of its first DOM node."""
        raise NotImplementedError

    def last(self) -> int:
        """The id of its last DOM node."""
        raise NotImplementedError

    def again(self) -> "Node":
        """The same, not mounted: a node may be used in several places."""
        raise NotImplementedError

    def html(self, write: Any) -> None:  # noqa: ANN401 - a list's append
        """Write it as HTML."""
        raise NotImplementedError
