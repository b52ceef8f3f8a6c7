"""The calling half of a connection: our calls until they are settled."""

from collections.abc import Callable
from typing import Any, final

from pyodide_app.bridge._javascript import Js
from pyodide_app.bridge.rpc import _exceptions
from pyodide_app.bridge.rpc._errors import DeadlineExceeded
from pyodide_app.bridge.rpc._reply import Reply
from pyodide_app.bridge.rpc._streams import RemoteIterator


@final
class Pending:
    """Settles our calls as the other side answers them.

    Args:
        peer: what the other end is called.
        unpack: makes the value of what came.
    """

    def __init__(self, peer: str, unpack: Callable[[int, Js, Js, Js], Any]) -> None:
        self.on_gone: Callable[[], object] = lambda: None
        self._peer = peer
        self._unpack = unpack
        self._calls: dict[int, Reply | RemoteIterator] = {}
        self._deadlines: dict[int, float] = {}
        self._left = 0
        self._js: Js = None

    def __len__(self) -> int:
        """How many have not ended on the other side, with those that this side has left."""
        return len(self._calls) + self._left

    def connect(self, js: Js) -> None:
        """Cancel through this."""
        self._js = js

    def add(self, call: int, timeout: float | None) -> Reply:
        """A call that has been sent."""
        if timeout is not None:
            self._deadlines[call] = timeout
        reply = self._calls[call] = Reply(lambda: self._leave(call))
        return reply

    def end(self, error: Callable[[], BaseException]) -> None:
        """Settle all of them: the other side is gone."""
        calls, self._calls, self._left = self._calls, {}, 0
        for waiting in calls.values():
            if isinstance(waiting, Reply):
                waiting.settle(None, error())
            else:
                waiting.end(error())
        self.on_gone()

    def _leave(self, call: int) -> None:
        if self._calls.pop(call, None) is not None:
            self._deadlines.pop(call, None)
            self._left += 1
            self._js.cancel(call)

    # --- what JavaScript tells ---

    def returned(
        self, call: int, length: int, big: Js = None, buffers: Js = None, objects: Js = None
    ) -> None:
        """A call has its value."""
        reply = self._calls.pop(call)
        if self._deadlines:
            self._deadlines.pop(call, None)
        assert isinstance(reply, Reply)
        try:
            value = self._unpack(length, big, buffers, objects)
        except Exception as error:
            error.add_note(f"This side could not rebuild what {self._peer} returned.")
            reply.settle(None, error)
        else:
            reply.settle(value)

    def failed(self, call: int, text: str) -> None:
        """A call, or a stream, has raised."""
        self._end(call, _exceptions.load(text, self._peer))

    def ended(self, call: int) -> None:
        """A stream is at its end."""
        self._end(call, None)

    def late(self, call: int) -> None:
        """A deadline has passed; JavaScript has left the call."""
        self._left += 1
        timeout = self._deadlines[call]
        self._end(call, DeadlineExceeded(f"{self._peer} has not answered in {timeout:g} s"))

    def gone(self, _: int) -> None:
        """A call that was left has ended on the other side, too."""
        self._left -= 1
        self.on_gone()

    def streaming(self, call: int) -> None:
        """A call has become a stream."""
        reply = self._calls[call]
        assert isinstance(reply, Reply)
        stream = self._calls[call] = RemoteIterator(
            lambda count: self._js.credit(call, count), lambda: self._leave(call)
        )
        reply.settle(stream)

    def item(self, call: int, length: int, big: Js = None, buffers: Js = None, objects: Js = None) -> None:
        """A stream has its next item."""
        stream = self._calls[call]
        assert isinstance(stream, RemoteIterator)
        try:
            stream.put(self._unpack(length, big, buffers, objects))
        except Exception as error:
            self._leave(call)
            stream.end(error)

    def _end(self, call: int, error: BaseException | None) -> None:
        self._deadlines.pop(call, None)
        waiting = self._calls.pop(call)
        if isinstance(waiting, Reply):
            waiting.settle(None, error)
        else:
            waiting.end(error)
