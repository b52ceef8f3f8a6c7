"""`SharedArray`: shape and element type over a SharedArrayBuffer.

It has no elements in Python's memory. Reading a part makes an array of it there, writing takes one from
there: one copy each, in one call of JavaScript, however the part lies (runtime/shared.js).
"""

from collections.abc import Iterable
from math import prod
from operator import index
from typing import Any, NamedTuple, Self, final

from pyodide_app.bridge.shared._atomics import Atomics
from pyodide_app.bridge.shared._element import Element, view_of
from pyodide_app.bridge.shared._javascript import javascript
from pyodide_app.bridge.shared._memory import allocate
from pyodide_app.bridge.shared._numpy import NumpyElement
from pyodide_app.bridge.shared._region import Index, Region, region_of
from pyodide_app.bridge.shared._standard import StandardElement


class Copies(NamedTuple):
    """What was copied between a shared array and Python's memory on this side, or within that.

    Args:
        times: how often.
        nbytes: how much.
    """

    times: int
    nbytes: int


@final
class SharedArray:
    """An array in memory that the page, its workers, JavaScript and the GPU see at the same time.

    `array[part]` is a copy of a part, `array[part] = values` writes one; a part is named by integers, slices
    and `...`. It begins with zeros.

    Args:
        shape: the sizes, or the size of a one-dimensional array.
        dtype: a dtype of NumPy's, whose arrays then come out; or a format of one letter ("b B h H i I l L q Q
            f d ?"), for which NumPy is not needed: then memoryviews do.

    Raises:
        IsolationRequired: there is no shared memory here; the message says how to get it.
        TypeError: the elements are Python objects.
        MemoryError: it is too large.
    """

    def __init__(self, shape: int | Iterable[int], dtype: Any) -> None:  # noqa: ANN401 - whatever NumPy takes
        sizes = tuple(index(size) for size in shape) if isinstance(shape, Iterable) else (index(shape),)
        if any(size < 0 for size in sizes):
            raise ValueError(f"an array cannot have the shape {sizes}: a size is negative")
        element = _element_of(dtype)
        self._begin(sizes, element, allocate(prod(sizes) * element.itemsize))

    @classmethod
    def from_array(cls, values: Any) -> Self:  # noqa: ANN401 - any array
        """A shared array with the shape, the type and (one copy) the values of an array.

        Args:
            values: a NumPy array, an `array.array`, a memoryview, bytes.

        Raises:
            TypeError: it is none of these, or its elements cannot be shared.
            IsolationRequired, MemoryError: as for SharedArray itself.
        """
        # An array of NumPy's says more of itself than its buffer, and some have none.
        there: Any = values if hasattr(values, "dtype") else view_of(values)
        array = cls(there.shape or (), there.dtype if there is values else there.format)
        array[...] = values
        return array

    def _begin(self, shape: tuple[int, ...], element: Element, buffer: Any) -> None:  # noqa: ANN401
        import js  # noqa: PLC0415 - only there in the browser

        self._shape = shape
        self._element = element
        self._buffer = buffer
        self._bytes = js.Uint8Array.new(buffer)
        self._js: Any = None  # until it is asked for
        self._copies = Copies(0, 0)

    @property
    def shape(self) -> tuple[int, ...]:
        return self._shape

    @property
    def dtype(self) -> Any:  # noqa: ANN401 - NumPy's type
        """NumPy's dtype, or the format's letter."""
        return self._element.dtype

    @property
    def ndim(self) -> int:
        return len(self._shape)

    @property
    def size(self) -> int:
        """How many elements."""
        return prod(self._shape)

    @property
    def nbytes(self) -> int:
        return self.size * self._element.itemsize

    @property
    def js(self) -> Any:  # noqa: ANN401 - a JavaScript object
        """All elements, in C order, as the typed array that JavaScript uses; no copy.

        Complex numbers are two floats each, datetimes counts of their unit, and what JavaScript has no typed
        array for is bytes.

        Raises:
            TypeError: these are integers of 64 bits, whose typed array Pyodide 0.26 cannot hold.
        """
        import js  # noqa: PLC0415 - only there in the browser

        if self._js is None:
            try:
                self._js = getattr(js, self._element.typed_array).new(self._buffer)
            except RuntimeError as error:
                raise TypeError(
                    f"This Pyodide cannot hold a {self._element.typed_array}: for JavaScript and for atomics "
                    "take Pyodide 0.27 or newer, or integers of 32 bits."
                ) from error
        return self._js

    @property
    def copies(self) -> Copies:
        """What this object has copied so far."""
        return self._copies

    @property
    def atomics(self) -> Atomics:
        """Operations on single elements that no other thread can come between.

        Raises:
            TypeError: the elements are not integers.
        """
        return Atomics(self._buffer, self.js, self._shape, self._element)

    def __getitem__(self, key: Index) -> Any:  # noqa: ANN401 - an array or an element
        region = region_of(key, self._shape)
        values, flat = self._element.new(region.shape)
        self._move(region, flat, reads=True)
        return values if region.shape else self._element.one(values)

    def __setitem__(self, key: Index, values: Any) -> None:  # noqa: ANN401 - an array or a number
        region = region_of(key, self._shape)
        flat, was_copied = self._element.source(values, region.shape)
        if was_copied:
            self._count(flat.nbytes)
        self._move(region, flat, reads=False)

    def read_into(self, out: Any, key: Index = ...) -> None:  # noqa: ANN401 - any array
        """Read a part into an array that is there already.

        Args:
            out: a writable array in C order, of the same type and of the part's shape.
            key: the part; all of it, if not given.

        Raises:
            TypeError, ValueError: `out` is not such an array.
        """
        region = region_of(key, self._shape)
        self._move(region, self._element.target(out, region.shape), reads=True)

    def _move(self, region: Region, flat: Any, *, reads: bool) -> None:  # noqa: ANN401 - bytes of Python's
        if not region.size:
            return
        nbytes = region.size * self._element.itemsize
        at, run, loops = region.runs(self._element.itemsize)
        if loops:
            javascript("shared").move(self._bytes, flat, reads, at, run, *loops)
        else:
            part = self._bytes if run == self.nbytes else self._bytes.subarray(at, at + run)
            (part.assign_to if reads else part.assign)(flat)
        self._count(nbytes)

    def _count(self, nbytes: int) -> None:
        times, before = self._copies
        self._copies = Copies(times + 1, before + nbytes)

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> Any:  # noqa: ANN401 - NumPy's protocol
        if copy is False:
            raise ValueError("what NumPy gets of a shared array is always a copy")
        import numpy as np  # noqa: PLC0415 - who calls this has it

        values = np.asarray(self[...])
        return values if dtype is None else values.astype(dtype, copy=False)

    def __len__(self) -> int:
        if not self._shape:
            raise TypeError("len() of an array without dimensions")
        return self._shape[0]

    def __repr__(self) -> str:
        return f"SharedArray({self._shape}, {self._element.name!r})"

    def __reduce__(self) -> tuple[Any, ...]:
        from pyodide_app.bridge.rpc import Attachment  # noqa: PLC0415 - who sends it has that

        # The SharedArrayBuffer goes by structured clone, which shares it.
        return type(self)._import, (self._shape, self.dtype, Attachment(self._buffer))

    @classmethod
    def _import(cls, shape: tuple[int, ...], dtype: Any, buffer: Any) -> Self:  # noqa: ANN401
        array = cls.__new__(cls)
        array._begin(shape, _element_of(dtype), buffer)
        return array


def _element_of(dtype: Any) -> Element:  # noqa: ANN401 - whatever NumPy takes
    return StandardElement.of(dtype) or NumpyElement.of(dtype)
