"""A stream of records from one thread to another, through shared memory.

    writer, reader = ring_buffer(1 << 16)
    measuring = worker.run(measure, writer)       over there:  with writer: writer.write(sample)
    async for sample in reader: …                 here

Each record is copied in once and out once. How the memory is laid out, and why no change is missed, stands in
runtime/ring.js.
"""

import random
from collections.abc import AsyncIterator, Iterator
from types import TracebackType
from typing import Any, Final, Self, final
from weakref import finalize

from pyodide_app.bridge.shared._element import view_of
from pyodide_app.bridge.shared._javascript import javascript
from pyodide_app.bridge.shared._memory import allocate
from pyodide_app.bridge.shared._standard import LETTERS
from pyodide_app.bridge.shared._waiting import block, deadline, suspend

_WRITER: Final = 0
_READER: Final = 1
_CLOSED: Final = 1
_BROKEN: Final = 2
_ROLES = ("writer", "reader")
_ENDED = "the {} of this ring is closed"
_LOST = "the {} of this ring ended without closing it: it failed, or its worker died"
_SMALLEST = 64
_CASTABLE = frozenset(LETTERS.split())


def ring_buffer(capacity: int) -> "tuple[RingWriter, RingReader]":
    """Make a ring, and return its two ends; either can be sent to a worker.

    An end belongs to who uses it first, and the other one sees when it closes.

    Args:
        capacity: bytes that fit into it, rounded up to a power of two. A record takes four more than it has
            and is filled up to a multiple of four; it may take half of the ring.

    Raises:
        IsolationRequired, MemoryError: as for SharedArray.
    """
    if capacity < 1:
        raise ValueError(f"a ring has room for some bytes, not for {capacity}")
    size = max(1 << (capacity - 1).bit_length(), _SMALLEST)
    ring = _Ring(allocate(javascript("Ring").HEAD + size))
    return RingWriter._at(ring, _anybody()), RingReader._at(ring, _anybody())


def _anybody() -> int:
    """A number that stands for the holder of an end."""
    return random.randint(1, 2**31 - 1)  # noqa: S311 - it need not be secret


@final
class _Ring:
    """What both ends on this side have in common: whom they were sent to, and may so be held by."""

    __slots__ = ("__weakref__", "_sent", "memory")

    def __init__(self, memory: Any) -> None:  # noqa: ANN401 - a SharedArrayBuffer
        self.memory = memory
        self._sent: list[tuple[object, int, int]] = []

    def send(self, side: int) -> tuple[Any, int]:
        """What makes an end on the other side of the connection, which tells if that dies."""
        from pyodide_app.bridge.rpc._pickling import Attachment, packing  # noqa: PLC0415 - who sends it has that

        connection, who = packing().ends, _anybody()
        connection.watchers.add(self)
        self._sent.append((connection, side, who))
        return Attachment(self.memory), who

    def connection_ended(self, connection: object) -> None:
        ring = javascript("Ring").new(self.memory)
        for to, side, who in self._sent:
            if to is connection:
                ring.end(side, _BROKEN, who)
        self._sent = [sent for sent in self._sent if sent[0] is not connection]


class _End:
    """What both ends have in common."""

    _side: int
    _common: _Ring
    _ring: Any
    _most: int
    _who: int
    _is_claimed: bool

    def __init__(self) -> None:
        raise TypeError("ring_buffer() makes the ends of a ring")

    @classmethod
    def _at(cls, common: _Ring, who: int) -> Self:
        end = cls.__new__(cls)
        end._common = common
        end._ring = javascript("Ring").new(common.memory)
        end._most = end._ring.most
        end._who = who
        end._is_claimed = False
        # Who drops it without closing it must not leave the other one waiting for ever.
        finalize(end, end._ring.end, cls._side, _BROKEN, end._who).atexit = False
        return end

    @classmethod
    def _import(cls, memory: Any, who: int) -> Self:  # noqa: ANN401 - a SharedArrayBuffer
        return cls._at(_Ring(memory), who)

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self)._import, self._common.send(self._side)

    @property
    def closed(self) -> bool:
        """Whether this end is closed."""
        return bool(self._ring.state(self._side))

    def close(self) -> None:
        """Close this end; the other one sees it. Again is harmless."""
        self._ring.end(self._side, _CLOSED, 0)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ring.end(self._side, _BROKEN if kind else _CLOSED, 0)

    def _claim(self) -> None:
        if not self._is_claimed:
            if not self._ring.claim(self._side, self._who):
                role = _ROLES[self._side]
                raise RuntimeError(f"This ring has another {role}: the first that used this end.")
            self._is_claimed = True

    def _check_open(self) -> None:
        if self.closed:
            raise ValueError(_ENDED.format(_ROLES[self._side]))

    def _block(self, end: float, instead: str) -> None:
        if not block(self._ring.words, 5 - self._side, self._ring.seen, end, instead):
            raise TimeoutError(
                f"the other side of the ring did nothing in the time that its {_ROLES[self._side]} had"
            )

    async def _suspend(self) -> None:
        await suspend(self._ring.words, 5 - self._side, self._ring.seen, deadline(None))

    def __repr__(self) -> str:
        return (
            f"<{type(self).__name__} of {self._ring.bytes.length} bytes{', closed' if self.closed else ''}>"
        )


@final
class RingWriter(_End):
    """The end that records go into; used with `with`, a failing block is told to the reader as such."""

    _side = _WRITER

    def write(self, record: Any, timeout: float | None = None) -> None:  # noqa: ANN401 - any buffer
        """Write a record, and wait as long as there is no room; in workers.

        Args:
            record: bytes, or any buffer of numbers; one that is not contiguous costs a copy more.
            timeout: seconds to wait for room.

        Raises:
            BrokenPipeError: the reader is closed.
            TimeoutError: there was no room in time.
            ValueError: the record is larger than the ring, or this end is closed.
            WouldBlock: there is no room, and this is the page's main thread, which must not stop.
            RuntimeError: the ring has another writer.
        """
        view, end = self._checked(record), deadline(timeout)
        while not self._written(view):
            self._block(end, "await writer.write_async(record)")

    async def write_async(self, record: Any) -> None:  # noqa: ANN401 - any buffer
        """Write a record, and let the event loop go on as long as there is no room; raises the same."""
        view = self._checked(record)
        while not self._written(view):
            await self._suspend()

    def _checked(self, record: Any) -> memoryview:  # noqa: ANN401 - any buffer
        self._claim()
        view = view_of(record)
        if view.nbytes > self._most:
            raise ValueError(
                f"a record of {view.nbytes:,} bytes is too large for this ring, which takes up to "
                f"{self._most:,}: make the ring larger, or cut the record"
            )
        if view.c_contiguous and view.nbytes and view.format in _CASTABLE:
            return view.cast("B")
        return memoryview(view.tobytes())

    def _written(self, view: memoryview) -> bool:
        room = self._ring.room(view.nbytes)
        if room is None:
            self._check_open()
            if state := self._ring.state(_READER):
                raise BrokenPipeError(_ENDED.format("reader") if state == _CLOSED else _LOST.format("reader"))
            return False
        if view.nbytes:
            room.assign(view)
        self._ring.written(view.nbytes)
        return True


@final
class RingReader(_End):
    """The end that records come out of, in their order; iterating it ends when the writer is closed."""

    _side = _READER

    def read(self, timeout: float | None = None) -> bytes:
        """Read the next record, and wait for it; in workers.

        Args:
            timeout: seconds to wait.

        Raises:
            EOFError: the writer is closed, and there is nothing left.
            ConnectionResetError: the writer failed, was dropped or died, and there is nothing left.
            TimeoutError: nothing came in time.
            ValueError: this end is closed.
            WouldBlock: there is nothing yet, and this is the page's main thread, which must not stop.
            RuntimeError: the ring has another reader.
        """
        self._claim()
        end = deadline(timeout)
        while (record := self._taken()) is None:
            self._block(end, "await reader.read_async()")
        return record

    async def read_async(self) -> bytes:
        """Read the next record, and let the event loop go on until it comes; raises the same."""
        self._claim()
        while (record := self._taken()) is None:
            await self._suspend()
        return record

    def __iter__(self) -> Iterator[bytes]:
        while True:
            try:
                yield self.read()
            except EOFError:
                return

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while True:
            try:
                yield await self.read_async()
            except EOFError:
                return

    def _taken(self) -> bytes | None:
        state = self._ring.state(_WRITER)  # before looking: what was written before it closed counts
        there = self._ring.next()
        if there is not None:
            record: bytes = there.to_bytes()
            self._ring.taken()
            return record
        self._check_open()
        if state == _CLOSED:
            raise EOFError(_ENDED.format("writer"))
        if state == _BROKEN:
            raise ConnectionResetError(_LOST.format("writer"))
        return None
