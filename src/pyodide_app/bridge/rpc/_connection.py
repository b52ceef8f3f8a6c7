"""One end of a connection: Python's half of what runtime/rpc.js keeps."""

import asyncio
import itertools
from array import array
from collections.abc import Callable, Mapping
from typing import Any, final
from weakref import WeakSet

from pyodide_app.bridge.core import keep_alive
from pyodide_app.bridge.rpc import _exceptions
from pyodide_app.bridge.rpc._blocking import wait
from pyodide_app.bridge.rpc._callbacks import Callback, RemoteFunction
from pyodide_app.bridge.rpc._errors import (
    DeadlineExceeded,
    DeadlockError,
    ReleasedError,
    WorkerDied,
)
from pyodide_app.bridge.rpc._javascript import Js, half
from pyodide_app.bridge.rpc._pickling import Watcher, beside, pack, strings, unpack
from pyodide_app.bridge.rpc._reply import Reply
from pyodide_app.bridge.rpc._serving import Exports, Function, Serving, blocked
from pyodide_app.bridge.rpc._streams import RemoteIterator
from pyodide_app.bridge.rpc._values import from_values, to_values

__all__ = ["Connection"]

_INBOX = array("B", bytes(65536))  # pickles up to this size arrive here
_INBOX_ADDRESS, _ = _INBOX.buffer_info()
_CALL = ("function", "args", "kwargs")


@final
class Connection:
    """An end of a channel to another thread; the ends are equal.

    Args:
        port: a MessagePort, a Worker, or the like, all of whose messages are the connection's.
        peer: what the other end is called, in errors and notes.
        name: what this end is called over there.
        exports: functions that the other side may call by name, or what finds them.
        javascript: the other side speaks JavaScript: values go as copies of plain data, not as pickles.

    Attributes:
        on_gone: called when a call that was left (cancelled, too late) has ended on the other side, too.
        on_pong: called with the number of a `ping` that was answered.
        watchers: told when the connection has ended, as long as somebody else holds them.
    """

    def __init__(
        self,
        port: Js,
        *,
        peer: str,
        name: str = "",
        exports: Exports | None = None,
        javascript: bool = False,
    ) -> None:
        import pyodide_js  # noqa: PLC0415 - only there in the browser
        from js import Object  # noqa: PLC0415
        from pyodide.ffi import to_js  # noqa: PLC0415

        self.peer = peer
        self.name = name
        self.on_gone: Callable[[], object] = lambda: None
        self.on_pong: Callable[[int], object] = lambda number: None
        self.watchers: WeakSet[Watcher] = WeakSet()
        self._javascript = javascript
        self._calls: dict[int, Reply | RemoteIterator] = {}
        self._left = 0
        self._deadlines: dict[int, float] = {}
        self._handles: dict[int, Function] = {}
        self._new_handle = itertools.count(1)
        self._death: tuple[str, str] | None = None
        self._serving = Serving(peer, exports or {}, self, javascript=javascript)
        functions = {
            "called": self._called,
            "returned": self._returned,
            "item": self._item,
            "told": self._told,
            "credited": self._serving.credited,
            "failed": self._failed,
            "closed": self._closed,
        }
        self._kept = {name: keep_alive(function) for name, function in functions.items()}
        proxies = {name: kept.proxy for name, kept in self._kept.items()}
        self._js = half("createPythonConnection", "rpc-python.js")(
            half("createConnection", "rpc.js"),
            pyodide_js._module,
            port,
            to_js(proxies, dict_converter=Object.fromEntries),
            _INBOX_ADDRESS,
            len(_INBOX),
        )
        self._js_call = self._js.call  # each attribute of a JavaScript object costs a crossing
        self._port = port
        self._serving.connect(self._js)

    # --- calls ---

    @property
    def in_flight(self) -> int:
        """Calls and streams that have not ended on the other side, with those that this side has left."""
        return len(self._calls) + self._left

    def call(
        self,
        target: str | int | None,
        function: Function | None,
        args: tuple[Any, ...],
        kwargs: Mapping[str, Any],
        *,
        timeout: float | None = None,
    ) -> Reply:
        """Call the other side.

        Args:
            target: an export's name, or a handle; None to send the function itself.
            timeout: seconds until `DeadlineExceeded`.

        Raises:
            WorkerDied: the connection is closed.
            CrossingError: an argument cannot cross.
            DeadlockError: the other side is blocked until this side has answered it.
        """
        if self._death is not None:
            raise WorkerDied(*self._death)
        if timeout is not None and timeout <= 0:
            raise ValueError(f"timeout takes seconds from now on, not {timeout!r}: that has passed")
        return self._start(target, function, args, kwargs, timeout, blocked.get())

    def _start(
        self,
        target: str | int | None,
        function: Function | None,
        args: tuple[Any, ...],
        kwargs: Mapping[str, Any],
        timeout: float | None,
        trace: tuple[str, ...],
    ) -> Reply:
        if trace and self.peer in trace:
            raise DeadlockError(
                f"{self.peer} is blocked until this side answers, so it can serve no call: this one "
                "would never end. Let it await in place of wait(), or call it once it has its answer."
            )
        milliseconds = 0 if timeout is None else timeout * 1000
        if self._javascript:
            call = self._js.callValues(target, milliseconds, *to_values(_positional(args, kwargs), self))
        else:
            packed = pack((function, args, kwargs), self, _CALL)
            address, length = packed.place()
            if trace or packed.buffers or packed.objects:
                call = self._js_call(target, milliseconds, address, length, strings(trace), *beside(packed))
            else:
                call = self._js_call(target, milliseconds, address, length)
        if timeout is not None:
            self._deadlines[call] = timeout
        reply = self._calls[call] = Reply(lambda: self._leave(call))
        return reply

    def notify(
        self,
        target: str | int | None,
        function: Function | None,
        args: tuple[Any, ...],
        kwargs: Mapping[str, Any],
    ) -> None:
        """Call the other side without waiting for an answer."""
        if self._death is not None:
            raise WorkerDied(*self._death)
        if self._javascript:
            self._js.notifyValues(target, *to_values(_positional(args, kwargs), self))
            return
        packed = pack((function, args, kwargs), self, _CALL)
        self._js.notify(target, *packed.place(), *beside(packed))

    def wait(
        self,
        target: str | int | None,
        function: Function | None,
        args: tuple[Any, ...],
        kwargs: Mapping[str, Any],
        *,
        timeout: float | None = None,
    ) -> Any:  # noqa: ANN401 - what the other side returns
        """Call the other side and block until it answers."""
        return wait(self._start, (target, function, args, kwargs, timeout), self.name, self._port)

    def _leave(self, call: int) -> None:
        if self._calls.pop(call, None) is not None and self._death is None:
            self._deadlines.pop(call, None)
            self._left += 1
            self._js.cancel(call)

    # --- what became of them ---

    def _value(self, length: int, big: Js, buffers: Js, objects: Js) -> Any:  # noqa: ANN401 - what crossed
        if length:
            return unpack(_INBOX[:length].tobytes(), buffers, objects, self)
        if self._javascript:
            [value] = from_values(big, objects, self)
            return value
        return unpack(big.to_bytes(), buffers, objects, self)

    def _returned(
        self, call: int, length: int, big: Js = None, buffers: Js = None, objects: Js = None
    ) -> None:
        reply = self._calls.pop(call)
        if self._deadlines:
            self._deadlines.pop(call, None)
        assert isinstance(reply, Reply)
        try:
            value = self._value(length, big, buffers, objects)
        except Exception as error:
            error.add_note(f"This side could not rebuild what {self.peer} returned.")
            reply.settle(None, error)
        else:
            reply.settle(value)

    def _failed(self, call: int, text: str) -> None:
        self._end(call, _exceptions.load(text, self.peer))

    def _end(self, call: int, error: BaseException | None) -> None:
        self._deadlines.pop(call, None)
        waiting = self._calls.pop(call)
        if isinstance(waiting, Reply):
            waiting.settle(None, error)
        else:
            waiting.end(error)

    def _item(self, call: int, length: int, big: Js = None, buffers: Js = None, objects: Js = None) -> None:
        stream = self._calls[call]
        assert isinstance(stream, RemoteIterator)
        try:
            stream.put(self._value(length, big, buffers, objects))
        except Exception as error:
            self._leave(call)
            stream.end(error)

    def _told(self, event: str, number: int) -> None:
        if event == "gone":
            self._left -= 1
            self.on_gone()
        elif event == "cancelled":
            self._serving.cancelled(number)
        elif event == "late":
            self._left += 1
            timeout = self._deadlines[number]
            self._end(number, DeadlineExceeded(f"{self.peer} has not answered in {timeout:g} s"))
        elif event == "streaming":
            reply = self._calls[number]
            assert isinstance(reply, Reply)
            stream = self._calls[number] = RemoteIterator(
                lambda count: self._js.credit(number, count), lambda: self._leave(number)
            )
            reply.settle(stream)
        elif event == "ended":
            self._end(number, None)
        elif event == "released":
            self._handles.pop(number, None)
        elif event == "ponged":
            self.on_pong(number)

    # --- the end ---

    def ping(self, number: int) -> None:
        """Ask whether the other side's message loop turns: `on_pong` gets the number."""
        if self._death is None:
            self._js.ping(number)

    def close(self, message: str, reason: str = "closed", *, tell: bool = True) -> None:
        """End it: every call that waits raises `WorkerDied`.

        Args:
            tell: whether the other side is there to be told.
        """
        if self._death is None:
            self._death = message, reason
            (self._js.bye if tell else self._js.close)(reason)

    def _closed(self, reason: str) -> None:
        if self._death is None:
            self._death = f"{self.peer} has closed the connection", reason
        calls, self._calls, self._left = self._calls, {}, 0
        self._serving.end()
        self._handles.clear()
        for waiting in calls.values():
            error = WorkerDied(*self._death)
            if isinstance(waiting, Reply):
                waiting.settle(None, error)
            else:
                waiting.end(error)
        for watcher in list(self.watchers):
            watcher.connection_ended(self)
        self.on_gone()
        asyncio.get_running_loop().call_soon(self._let_go)  # JavaScript is in one of them now

    def _let_go(self) -> None:
        for kept in self._kept.values():
            kept.release()

    # --- calls of the other side ---

    def _called(
        self,
        call: int,
        target: str | int | None,
        length: int,
        big: Js = None,
        buffers: Js = None,
        objects: Js = None,
        trace: Js = None,
    ) -> None:
        try:
            if length or not self._javascript:
                data = _INBOX[:length].tobytes() if length else big.to_bytes()
                request = unpack(data, buffers, objects, self)
            else:
                request = None, from_values(big, objects, self), {}
        except BaseException as error:  # it belongs to the caller
            error.add_note(f"{self.name or 'The other side'} could not rebuild what was to be called.")
            self._serving.fail(call, error)
        else:
            self._serving.called(call, target, request, trace)

    # --- functions that cross ---

    def export(self, function: Function) -> int:
        """Give a function of this side a handle."""
        handle = next(self._new_handle)
        self._handles[handle] = function
        return handle

    def imported(self, handle: int) -> RemoteFunction:
        """A function of the other side, by its handle."""
        return RemoteFunction(self, handle)

    def own(self, handle: int) -> Function:
        """A function of this side, by its handle."""
        function = self._handles.get(handle)
        if function is None:
            raise ReleasedError("that function was released: its handle is not known any more")
        return function.function if isinstance(function, Callback) and not function.released else function

    def forget(self, handle: int) -> None:
        """Take a handle back that has not crossed."""
        self._handles.pop(handle, None)

    def release(self, handle: int) -> None:
        """Let the other side forget a function."""
        if self._death is None:
            self._js.release(handle)


def _positional(args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> tuple[Any, ...]:
    """Arguments for JavaScript, which has no others: those with names become an object at the end."""
    return (*args, dict(kwargs)) if kwargs else args
