"""Events as handlers get them."""

from typing import Any

__all__ = ["Event"]


class Event:
    """An event of the page. What a handler does not ask for is never fetched."""

    __slots__ = ("_id", "js")

    def __init__(self, js: Any, id: int) -> None:  # noqa: ANN401 - JavaScript's event
        self.js = js
        self._id = id

    @property
    def type(self) -> str:
        """What happened: `click`, `input`."""
        return str(self.js.type)

    @property
    def value(self) -> str:
        """What the control, in which it happened, holds."""
        return str(self.js.target.value)

    @property
    def checked(self) -> bool:
        """Whether the box, in which it happened, is checked."""
        return bool(self.js.target.checked)

    @property
    def key(self) -> str:
        """The key that was pressed."""
        return str(self.js.key)

    def prevent_default(self) -> None:
        """Keep the browser from doing what it would do by itself."""
        self.js.preventDefault()

    def stop_propagation(self) -> None:
        """Let no element further up hear of it."""
        self.js.stopPropagation()


def event_of(js: Any, id: int) -> Event:  # noqa: ANN401 - JavaScript's event
    """The event for a handler."""
    return Event(js, id)
