"""One end of a connection: Python's half of what runtime/rpc.js keeps.

Pending   our calls, until they are settled
Serving   the other side's calls, until they are answered
Handles   functions that have crossed
"""

import asyncio
from array import array
from collections.abc import Callable, Mapping
from typing import Any, final

from pyodide_app.bridge._javascript import Js, half
from pyodide_app.bridge.core import keep_alive
from pyodide_app.bridge.rpc._blocking import wait
from pyodide_app.bridge.rpc._errors import CrossingError, DeadlockError, WorkerDied
from pyodide_app.bridge.rpc._handles import Handles
from pyodide_app.bridge.rpc._pending import Pending
from pyodide_app.bridge.rpc._pickling import Packed, beside, pack, unpack
from pyodide_app.bridge.rpc._reply import Reply
from pyodide_app.bridge.rpc._serving import Exports, Function, Serving
from pyodide_app.bridge.rpc._trace import trace
from pyodide_app.bridge.rpc._values import from_values, to_values

__all__ = ["Connection"]

_INBOX = array("B", bytes(65536))  # pickles up to this size arrive here
_INBOX_ADDRESS, _ = _INBOX.buffer_info()
_CALL = ("function", "args", "kwargs")


@final
class Connection:
    """An end of a channel to another thread; the ends are equal.

    When the other thread ends without a word, the connection closes with the reason "crashed".

    Args:
        port: a MessagePort, a Worker, or the like, all of whose messages are the connection's.
        peer: what the other end is called, in errors and notes.
        name: what this end is called over there.
        exports: functions that the other side may call by name, or what finds them.
        javascript: the other side speaks JavaScript: values go as copies of plain data, not as pickles.

    Attributes:
        on_pong: called with the number of a `ping` that was answered.
        has_cloudpickle: whether the other side has what a function that goes by value needs.
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
        self.on_pong: Callable[[int], object] = lambda number: None
        self.has_cloudpickle = True
        self.handles = Handles(self)
        self.pending = Pending(peer, self._value)
        self._serving = Serving(peer, exports or {}, self.handles, javascript=javascript)
        self._javascript = javascript
        self._port = port
        self._death: tuple[str, str] | None = None
        functions: dict[str, Callable[..., object]] = {
            "called": self._called,
            "returned": self.pending.returned,
            "failed": self.pending.failed,
            "late": self.pending.late,
            "gone": self.pending.gone,
            "streaming": self.pending.streaming,
            "item": self.pending.item,
            "ended": self.pending.ended,
            "cancelled": self._serving.cancelled,
            "credited": self._serving.credited,
            "released": self.handles.forget,
            "ponged": lambda number: self.on_pong(number),
            "closed": self._closed,
        }
        self._kept = {name: keep_alive(function) for name, function in functions.items()}
        proxies = {name: kept.proxy for name, kept in self._kept.items()}
        self._js = half("rpc", "createPythonConnection", "rpc-python.js")(
            half("rpc", "createConnection", "rpc.js"),
            pyodide_js._module,
            port,
            to_js(proxies, dict_converter=Object.fromEntries),
            _INBOX_ADDRESS,
            len(_INBOX),
        )
        self._js_call = self._js.call  # each attribute of a JavaScript object costs a crossing
        self.pending.connect(self._js)
        self._serving.connect(self._js)

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
        return self._start(target, function, args, kwargs, timeout, trace())

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

    def notify(
        self,
        target: str | int | None,
        function: Function | None,
        args: tuple[Any, ...],
        kwargs: Mapping[str, Any],
    ) -> None:
        """Call the other side without waiting for an answer."""
        self._check_open()
        if self._javascript:
            self._js.notifyValues(target, *to_values(_positional(args, kwargs), self.handles))
            return
        packed = self._packed(function, args, kwargs)
        self._js.notify(target, *packed.place(), *beside(packed))

    def ping(self, number: int) -> None:
        """Ask whether the other side's message loop turns: `on_pong` gets the number."""
        self._check_open()
        self._js.ping(number)

    def release(self, handle: int) -> None:
        """Let the other side forget a function."""
        if self._death is None:
            self._js.release(handle)

    def close(self, message: str, reason: str = "closed", *, tell: bool = True) -> None:
        """End it: every call that waits raises `WorkerDied`.

        Args:
            tell: whether the other side is there to be told.
        """
        if self._death is None:
            self._death = message, reason
            (self._js.bye if tell else self._js.close)(reason)

    def _start(
        self,
        target: str | int | None,
        function: Function | None,
        args: tuple[Any, ...],
        kwargs: Mapping[str, Any],
        timeout: float | None,
        waiting: tuple[str, ...],
    ) -> Reply:
        self._check_open()
        if timeout is not None and timeout <= 0:
            raise ValueError(f"timeout takes seconds from now on, not {timeout!r}: that has passed")
        if waiting and self.peer in waiting:
            raise DeadlockError(
                f"{self.peer} is blocked until this side answers, so it can serve no call: this one "
                "would never end. Let it await in place of wait(), or call it once it has its answer."
            )
        milliseconds = 0 if timeout is None else timeout * 1000
        if self._javascript:
            values = to_values(_positional(args, kwargs), self.handles)
            return self.pending.add(self._js.callValues(target, milliseconds, *values), timeout)
        packed = self._packed(function, args, kwargs)
        lines = "\n".join(waiting) or None
        call = self._js_call(target, milliseconds, *packed.place(), lines, *beside(packed))
        return self.pending.add(call, timeout)

    def _packed(self, function: Function | None, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> Packed:
        packed = pack((function, args, kwargs), self.handles, _CALL)
        if packed.by_value and not self.has_cloudpickle:
            packed.clear()
            raise CrossingError(
                f"what is called, or an argument, can only go by value: {self.peer} needs the package "
                "cloudpickle, too",
                missing="cloudpickle",
            )
        return packed

    def _check_open(self) -> None:
        if self._death is not None:
            raise WorkerDied(*self._death)

    # --- what JavaScript tells ---

    def _called(
        self,
        call: int,
        target: str | int | None,
        length: int,
        big: Js = None,
        buffers: Js = None,
        objects: Js = None,
        trace: str | None = None,
    ) -> None:
        request: tuple[Any, ...]
        try:
            if self._javascript:
                request = None, from_values(big, objects, self.handles), {}
            else:
                request = self._value(length, big, buffers, objects)
        except BaseException as error:  # it belongs to the caller
            error.add_note(f"{self.name or 'The other side'} could not rebuild what was to be called.")
            self._serving.fail(call, error)
        else:
            self._serving.called(call, target, request, trace)

    def _value(self, length: int, big: Js, buffers: Js, objects: Js) -> Any:  # noqa: ANN401 - what crossed
        if self._javascript:
            [value] = from_values(big, objects, self.handles)
            return value
        data = _INBOX[:length].tobytes() if length else big.to_bytes()
        return unpack(data, buffers, objects, self.handles)

    def _closed(self, reason: str) -> None:
        what = "is no more: its thread has ended" if reason == "crashed" else "has closed the connection"
        death = self._death = self._death or (f"{self.peer} {what}", reason)
        self._serving.end()
        self.pending.end(lambda: WorkerDied(*death))
        self.handles.end()
        asyncio.get_running_loop().call_soon(self._let_go)  # JavaScript is in one of them now

    def _let_go(self) -> None:
        for kept in self._kept.values():
            kept.release()


def _positional(args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> tuple[Any, ...]:
    """Arguments for JavaScript, which has no others: those with names become an object at the end."""
    return (*args, dict(kwargs)) if kwargs else args
