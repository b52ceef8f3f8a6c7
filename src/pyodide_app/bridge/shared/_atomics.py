"""Atomic operations: no other thread sees an element half changed, or changes it in between.

    the one that waits                            the one that tells
    while not flags.atomics.load(0):              flags.atomics.store(0, 1)
        flags.atomics.wait(0, 0)   <──────────    flags.atomics.notify(0)

Waiting compares first: if the element is already another one, it does not wait. So change it, then notify.
"""

from typing import Any, final

from pyodide_app.bridge.shared._element import Element
from pyodide_app.bridge.shared._javascript import javascript
from pyodide_app.bridge.shared._region import region_of
from pyodide_app.bridge.shared._waiting import block, deadline, suspend


@final
class Atomics:
    """Operations on single elements of a `SharedArray` of integers, from its `atomics`.

    An index is one integer, or a tuple of one for each dimension. Values are checked: what does not fit the
    type is an OverflowError, and not cut as in JavaScript; only results wrap around.
    """

    __slots__ = ("_array", "_buffer", "_element", "_operation", "_shape")

    def __init__(self, buffer: Any, array: Any, shape: tuple[int, ...], element: Element) -> None:  # noqa: ANN401
        if not element.is_integer:
            raise TypeError(f"Atomics are for integers (int8 to uint64), and this array is {element.name}.")
        self._buffer = buffer
        self._array = array
        self._shape = shape
        self._element = element
        self._operation = javascript("shared").atomic

    def load(self, index: int | tuple[int, ...]) -> int:
        """The element."""
        return int(self._operation("load", self._array, self._place(index)))

    def store(self, index: int | tuple[int, ...], value: int) -> None:
        """Set the element."""
        self._change("store", index, value)

    def add(self, index: int | tuple[int, ...], value: int) -> int:
        """Add to the element, and return what it was."""
        return self._change("add", index, value)

    def sub(self, index: int | tuple[int, ...], value: int) -> int:
        """Subtract from the element, and return what it was."""
        return self._change("sub", index, value)

    def and_(self, index: int | tuple[int, ...], value: int) -> int:
        """Keep these bits of the element, and return what it was."""
        return self._change("and", index, value)

    def or_(self, index: int | tuple[int, ...], value: int) -> int:
        """Set these bits of the element, and return what it was."""
        return self._change("or", index, value)

    def xor(self, index: int | tuple[int, ...], value: int) -> int:
        """Turn these bits of the element over, and return what it was."""
        return self._change("xor", index, value)

    def exchange(self, index: int | tuple[int, ...], value: int) -> int:
        """Set the element, and return what it was."""
        return self._change("exchange", index, value)

    def compare_exchange(self, index: int | tuple[int, ...], expected: int, value: int) -> int:
        """Set the element if it is the expected one, and return what it was."""
        return self._change("compareExchange", index, expected, value)

    def wait(self, index: int | tuple[int, ...], value: int, timeout: float | None = None) -> bool:
        """Stop this thread as long as the element has a value and nobody notifies; in workers.

        Args:
            index: an element of 32 or 64 bits.
            value: what it has; if it has another value already, this returns at once.
            timeout: seconds; None for ever.

        Returns:
            False if the time was over first.

        Raises:
            WouldBlock: this is the page's main thread.
            TypeError: its type is too small for this.
        """
        place, words, number = self._waited(index, value)
        return block(words, place, number, deadline(timeout), "await atomics.wait_async(…)")

    async def wait_async(
        self, index: int | tuple[int, ...], value: int, timeout: float | None = None
    ) -> bool:
        """The same while the event loop goes on; in the page and in workers."""
        place, words, number = self._waited(index, value)
        return await suspend(words, place, number, deadline(timeout))

    def notify(self, index: int | tuple[int, ...], count: int | None = None) -> int:
        """Wake those that wait for the element.

        Args:
            index: the element.
            count: how many; None for all.

        Returns:
            How many were woken. Those in `wait_async` are not among them where the browser lacks
            `Atomics.waitAsync`: they look at the value again and again.
        """
        import js  # noqa: PLC0415 - only there in the browser

        place, words, _ = self._waited(index, 0)
        return int(
            js.Atomics.notify(words, place) if count is None else js.Atomics.notify(words, place, count)
        )

    def _change(self, operation: str, index: int | tuple[int, ...], *values: int) -> int:
        numbers = [self._element.integer(value) for value in values]
        return int(self._operation(operation, self._array, self._place(index), *numbers))

    def _place(self, index: int | tuple[int, ...]) -> int:
        region = region_of(index, self._shape)
        if region.shape:
            raise TypeError(f"an atomic operation takes one element, and {index!r} names {region.shape}")
        return region.start

    def _waited(self, index: int | tuple[int, ...], value: int) -> tuple[int, Any, int]:
        """Where to wait and for what: browsers wait on signed integers of 32 and 64 bits only."""
        import js  # noqa: PLC0415 - only there in the browser

        bits = 8 * self._element.itemsize
        if bits < 32:
            raise TypeError(
                f"Waiting needs integers of 32 or 64 bits, and this array is {self._element.name}."
            )
        words = (js.Int32Array if bits == 32 else js.BigInt64Array).new(self._buffer)
        number = self._element.integer(value)
        return self._place(index), words, number - (1 << bits) if number >> bits - 1 > 0 else number
