"""Controls show what the app says, and the user never loses a keystroke over it.

A control with a `value` (or `checked`) shows the app's value. After each of the user's changes, when the
handlers have run, it is set to that value again, since a handler may have refused or altered what was typed;
and at once, since the next key may come before the next frame. While an async handler is still busy with an
older change that waits: the app's value would be older than what is typed. How text is replaced around the
caret, or while a character is being composed, is JavaScript's part.
"""

from typing import final

from pyodide_app.bridge.vdom import _frame, _ops


@final
class Controls:
    """What each control shall show, by the node's id."""

    def __init__(self) -> None:
        self.wanted: dict[int, str | bool] = {}
        self.busy: dict[int, int] = {}  # async handlers that have not ended

    def show(self, id: int, value: str | bool) -> None:
        """Let a control show a value from the next commit on."""
        self.wanted[id] = value
        if id not in self.busy:
            _ops.values[id] = value

    def settle(self, id: int) -> None:
        """The user has changed something, and the handlers have run."""
        if id in self.wanted and id not in self.busy:
            _ops.values[id] = self.wanted[id]
            _frame.request()

    def hold(self, id: int) -> None:
        """An async handler of the control has begun."""
        self.busy[id] = self.busy.get(id, 0) + 1

    def release(self, id: int) -> None:
        """An async handler of the control has ended."""
        self.busy[id] -= 1
        if not self.busy[id]:
            del self.busy[id]
            self.settle(id)

    def forget(self, id: int) -> None:
        """The control is gone."""
        del self.wanted[id]
        _ops.values.pop(id, None)


controls = Controls()
