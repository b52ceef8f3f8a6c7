"""Which elements an index names, and how their bytes lie.

index (slice(2, 10, 4), 1)  in an array of shape (12, 8), 4 bytes each
  ─> start 17, shape (2,), strides (32,)           in elements
  ─> at 68, run of 4 bytes, loops ((2, 128),)      in bytes; neighbours make one longer run
"""

import operator
from dataclasses import dataclass
from math import prod
from types import EllipsisType
from typing import TypeAlias

Index: TypeAlias = "int | slice | EllipsisType | tuple[int | slice | EllipsisType, ...]"


@dataclass(frozen=True, slots=True)
class Region:
    """A part of an array; all counts in elements."""

    start: int
    shape: tuple[int, ...]
    strides: tuple[int, ...]

    @property
    def size(self) -> int:
        return prod(self.shape)

    def runs(self, itemsize: int) -> tuple[int, int, list[int]]:
        """Where it begins, the bytes in each run, and count and step of each loop from run to run."""
        run = itemsize
        loops: list[int] = []
        for count, stride in zip(reversed(self.shape), reversed(self.strides), strict=True):
            step = stride * itemsize
            if count == 1:
                continue
            if step == run and not loops:
                run *= count
            else:
                loops[:0] = (count, step)
        return self.start * itemsize, run, loops


def region_of(index: Index, shape: tuple[int, ...]) -> Region:
    """The part that an index of integers and slices names.

    Raises:
        IndexError: out of range, or too many of them.
        TypeError: something else is among them.
    """
    keys = _complete(index if isinstance(index, tuple) else (index,), shape)
    start, stride = 0, prod(shape)
    counts: list[int] = []
    strides: list[int] = []
    for axis, (key, length) in enumerate(zip(keys, shape, strict=True)):
        stride //= length or 1
        if isinstance(key, slice):
            steps = range(*key.indices(length))
            start += steps.start * stride if steps else 0
            counts.append(len(steps))
            strides.append(steps.step * stride)
        else:
            start += _position(key, axis, length) * stride
    return Region(start, tuple(counts), tuple(strides))


def _complete(keys: tuple[object, ...], shape: tuple[int, ...]) -> list[object]:
    """One key for each axis."""
    # No "in": an array among them would compare itself.
    dots = [place for place, key in enumerate(keys) if key is Ellipsis]
    given = len(keys) - len(dots)
    if len(dots) > 1:
        raise IndexError("an index can have only one ellipsis ('...')")
    if given > len(shape):
        raise IndexError(f"{given} indices for an array of {len(shape)} dimensions")
    rest = [slice(None)] * (len(shape) - given)
    place = dots[0] if dots else len(keys)
    return [*keys[:place], *rest, *keys[place + 1 :]]


def _position(key: object, axis: int, length: int) -> int:
    number = None if isinstance(key, bool) else _integer(key)
    if number is None:
        raise TypeError(
            f"a shared array takes integers, slices and '...' as its index, not {type(key).__name__}; "
            "read the part that you need, and index that"
        )
    if not -length <= number < length:
        raise IndexError(f"index {number} is out of range for axis {axis} with size {length}")
    return number % length


def _integer(key: object) -> int | None:
    try:
        return operator.index(key)  # type: ignore[arg-type]
    except TypeError:  # also of an array, which has __index__
        return None
