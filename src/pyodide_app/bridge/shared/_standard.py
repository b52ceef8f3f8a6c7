"""Elements as the standard library's `array` and `memoryview` have them: a format of one letter."""

import struct
from dataclasses import dataclass
from math import prod
from numbers import Number
from typing import Any, Self

from pyodide_app.bridge.shared._element import Element, misfit, view_of

_KINDS = {**dict.fromkeys("bhilq", "i"), **dict.fromkeys("BHILQ", "u"), "f": "f", "d": "f", "?": "b"}
LETTERS = " ".join(_KINDS)


@dataclass(frozen=True, slots=True)
class StandardElement(Element):
    """Its arrays come out as memoryviews."""

    @classmethod
    def of(cls, letter: object) -> Self | None:
        """The element of that format, if it is one."""
        if not isinstance(letter, str) or letter not in _KINDS:
            return None
        return cls(letter, _KINDS[letter], struct.calcsize(letter))

    @property
    def dtype(self) -> str:
        return self.name

    def new(self, shape: tuple[int, ...]) -> tuple[memoryview, memoryview]:
        flat: Any = memoryview(bytearray(prod(shape) * self.itemsize))
        if len(shape) > 1 and len(flat):  # a memoryview has no zero among several sizes
            return flat.cast(self.name, shape), flat
        return flat.cast(self.name), flat

    def one(self, values: Any) -> Any:  # noqa: ANN401 - a number
        return values[0]

    def source(self, values: Any, shape: tuple[int, ...]) -> tuple[memoryview, bool]:  # noqa: ANN401
        if isinstance(values, Number):
            one: Any = memoryview(bytearray(self.itemsize))
            one.cast(self.name)[0] = self.integer(values) if self.is_integer else values
            return memoryview(bytes(one) * prod(shape)), False
        view = self._fitting(values, shape)
        return (view.cast("B"), False) if view.c_contiguous else (memoryview(view.tobytes()), True)

    def target(self, out: Any, shape: tuple[int, ...]) -> memoryview:  # noqa: ANN401
        view = self._fitting(out, shape)
        if view.readonly:
            raise TypeError("this reads into an array that can be written, not into a read-only one")
        if not view.c_contiguous:
            raise ValueError("this reads into an array in C order, whose elements lie one after the other")
        return view.cast("B")

    def _fitting(self, values: Any, shape: tuple[int, ...]) -> memoryview:  # noqa: ANN401
        view = view_of(values)
        if view.format.removeprefix("@") != self.name:
            raise TypeError(f"the array has the format {view.format!r}, and the shared array {self.name!r}")
        there = view.shape or ()
        # What the standard library makes has one dimension.
        if there != shape and not (len(there) == 1 and there[0] == prod(shape)):
            raise misfit(there, shape)
        return view
