"""Values between two Pythons: pickle protocol 5, with what is large or JavaScript's beside the pickle.

What a module of both sides defines goes by its name. Functions and classes of `__main__`, closures and
lambdas exist on one side only and go by value, through cloudpickle.

    array of 32 MiB ── its bytes ──> an ArrayBuffer ══ transferred ══> its bytes ──> array      one copy each
    all the rest ───── pickle ─────> small message ══════════════════> pickle ─────> objects
"""

import io
import pickle
from collections import ChainMap
from collections.abc import Callable, Sequence
from copyreg import dispatch_table
from functools import partial
from typing import Any, ClassVar, Protocol, final
from weakref import WeakSet

from pyodide_app.bridge._javascript import Js
from pyodide_app.bridge.rpc._places import explain

_SMALL = 4096  # bytes; smaller buffers go inside the pickle
_BYTES_AT = bytes.__basicsize__ - 1  # where the bytes of a bytes object begin, in CPython


class Watcher(Protocol):
    """Something that has crossed and whose other half ends with the other side."""

    def connection_ended(self, connection: "Ends") -> None: ...


class Ends(Protocol):
    """What knows the functions that have crossed."""

    watchers: WeakSet[Watcher]

    def export(self, function: Callable[..., Any]) -> int: ...
    def imported(self, handle: int) -> Any: ...  # noqa: ANN401 - a RemoteFunction
    def own(self, handle: int) -> Callable[..., Any]: ...
    def forget(self, handle: int) -> None: ...


@final
class Packed:
    """A value on its way: the pickle, and what goes beside it.

    Attributes:
        by_value: whether cloudpickle has made it, so that only cloudpickle can unpickle it.
    """

    __slots__ = ("buffers", "by_value", "data", "ends", "handles", "objects", "transfers")

    def __init__(self, ends: Ends) -> None:
        self.ends = ends
        self.by_value = False
        self.data = b""
        self.buffers: list[memoryview] = []
        self.objects: list[Any] = []
        self.transfers: list[Any] = []
        self.handles: list[int] = []

    def beside(self, buffer: pickle.PickleBuffer) -> bool:
        raw = buffer.raw()
        if raw.nbytes < _SMALL:
            return True
        self.buffers.append(raw)
        return False

    def place(self) -> tuple[int, int]:
        """Where the pickle lies in memory, and its length."""
        return id(self.data) + _BYTES_AT, len(self.data)

    def clear(self) -> None:
        for handle in self.handles:
            self.ends.forget(handle)
        self.buffers, self.objects, self.transfers, self.handles = [], [], [], []


@final
class Attachment:
    """A JavaScript object inside a value that crosses; over there it is the object itself.

    Args:
        value: what structured clone takes, or what can be transferred.
        transfer: whether it moves: then this side cannot use it any more.
    """

    __slots__ = ("transfer", "value")

    def __init__(self, value: Any, *, transfer: bool = False) -> None:  # noqa: ANN401 - a JavaScript object
        self.value = value
        self.transfer = transfer

    def __reduce__(self) -> tuple[object, ...]:
        packed = packing()
        packed.objects.append(self.value)
        if self.transfer:
            packed.transfers.append(self.value)
        return _attached, (len(packed.objects) - 1,)


def transfer(value: Any) -> Any:  # noqa: ANN401 - a JavaScript object
    """Move a JavaScript object (a MessagePort, an OffscreenCanvas) with the value that it is a part of."""
    return Attachment(value, transfer=True)


def beside(packed: Packed) -> tuple[Js, ...]:
    """What goes beside the pickle, for JavaScript; mostly nothing, which costs nothing."""
    if not (packed.buffers or packed.objects):
        return ()
    from pyodide.ffi import create_proxy  # noqa: PLC0415 - only there in the browser

    views = strings([create_proxy(view) for view in packed.buffers])  # JavaScript destroys them
    return views, strings(packed.objects), strings(packed.transfers)


def strings(values: Sequence[object]) -> Js:
    """A JavaScript array of strings or JavaScript objects; None if there are none."""
    from pyodide.ffi import to_js  # noqa: PLC0415 - only there in the browser

    return to_js(values) if values else None


# What is being packed or unpacked now; `__reduce__` and its counterpart have no other way to know.
_packed: list[Packed] = []
_unpacked: list[tuple[Ends, Any]] = []


def packing() -> Packed:
    """The value that is being packed now.

    Raises:
        TypeError: nothing is: something that only a connection can carry is being pickled.
    """
    if not _packed:
        raise TypeError("this can only cross to another thread; it cannot be pickled otherwise")
    return _packed[-1]


def unpacking() -> Ends:
    """The end at which a value arrives now."""
    return _unpacked[-1][0]


def _attached(index: int) -> Any:  # noqa: ANN401 - a JavaScript object
    return _unpacked[-1][1][index]


def _reduce_view(view: memoryview) -> tuple[Any, ...]:
    return memoryview, (pickle.PickleBuffer(view),)


class _Pickler(pickle.Pickler):
    dispatch_table: ClassVar[Any] = ChainMap({memoryview: _reduce_view}, dispatch_table)  # type: ignore[misc]


def pack(value: object, ends: Ends, names: tuple[str, ...] = ("value",)) -> Packed:
    """Pack a value for the other side.

    Args:
        names: what to call the value's parts in an error, if it is a tuple of so many.

    Raises:
        CrossingError: something in it cannot cross.
    """
    packed = Packed(ends)
    _packed.append(packed)
    try:
        try:
            data = pickle.dumps(value, 5, buffer_callback=packed.beside)
            if b"__main__" in data and _refers_to_main(data):
                data = _by_value(value, packed)
        except Exception as error:
            data = _otherwise(value, packed, names, error)
    except BaseException:
        packed.clear()
        raise
    finally:
        _packed.pop()
    packed.data = data
    return packed


def _otherwise(value: object, packed: Packed, names: tuple[str, ...], error: Exception) -> bytes:
    """A value that pickle itself does not take: it has a memoryview in it, or what must go by value."""
    try:
        data = _with_views(value, packed)
        if not _refers_to_main(data):
            return data
    except Exception as second:
        error = second
    try:
        return _by_value(value, packed)
    except Exception as last:
        reason = error if isinstance(last, ModuleNotFoundError) else last
        raise explain(value, names, reason, last, partial(_crosses, packed)) from error


def unpack(data: Any, buffers: Any, objects: Any, ends: Ends) -> Any:  # noqa: ANN401 - JavaScript's or bytes
    """Unpack a value at its end."""
    _unpacked.append((ends, objects))
    try:
        if buffers is None:
            return pickle.loads(data)  # noqa: S301 - from a thread of our own
        views = [each.to_memoryview() for each in buffers]
        return pickle.loads(data, buffers=views)  # noqa: S301
    finally:
        _unpacked.pop()


def _refers_to_main(data: bytes) -> bool:
    """Whether a pickle names something of `__main__`, rather than just has the word in a text."""
    import pickletools  # noqa: PLC0415 - large, and rarely needed

    memo: list[object] = []
    top: object = None  # what was pushed last, and before that, as far as they are strings
    below: object = None
    for opcode, argument, _ in pickletools.genops(data):
        if opcode.name == "MEMOIZE":
            memo.append(top)
        elif opcode.name == "STACK_GLOBAL":
            if below == "__main__":
                return True
            top = None
        else:
            below, top = top, memo[argument] if opcode.name.endswith("BINGET") else argument  # type: ignore[index]
    return False


def _crosses(packed: Packed, value: object) -> bool:
    """Whether a part of the value can be pickled as it is."""
    try:
        return not _refers_to_main(_with_views(value, packed))
    except Exception:
        return False


def _with_views(value: object, packed: Packed) -> bytes:
    packed.clear()
    file = io.BytesIO()
    _Pickler(file, 5, buffer_callback=packed.beside).dump(value)
    return file.getvalue()


def _by_value(value: object, packed: Packed) -> bytes:
    from cloudpickle import CloudPickler  # type: ignore[import-not-found]  # noqa: PLC0415 - the app has it, or not

    packed.clear()
    packed.by_value = True
    file = io.BytesIO()
    CloudPickler(file, 5, buffer_callback=packed.beside).dump(value)
    return file.getvalue()
