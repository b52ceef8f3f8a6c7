"""What the elements of a shared array are, and how arrays of them in Python's memory look.

There are two: formats of one letter, for which the standard library does (`_standard.py`), and dtypes of
NumPy's (`_numpy.py`). Both hand to JavaScript bytes that lie one after the other, in C order.
"""

import operator
from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any

# What JavaScript has, by kind and size.
_TYPED_ARRAYS = {
    ("i", 1): "Int8Array",
    ("u", 1): "Uint8Array",
    ("i", 2): "Int16Array",
    ("u", 2): "Uint16Array",
    ("i", 4): "Int32Array",
    ("u", 4): "Uint32Array",
    ("i", 8): "BigInt64Array",
    ("u", 8): "BigUint64Array",
    ("f", 4): "Float32Array",
    ("f", 8): "Float64Array",
}


@dataclass(frozen=True, slots=True)
class Element(ABC):
    """The type of one element.

    Args:
        name: the format's letter, or what NumPy calls the dtype.
        kind: as in NumPy: "i" for integers, "u" for unsigned ones, "f", "c", "b" …
        itemsize: bytes.
    """

    name: str
    kind: str
    itemsize: int

    @property
    @abstractmethod
    def dtype(self) -> Any:  # noqa: ANN401 - NumPy's, or a letter
        """What one makes a SharedArray with."""

    @abstractmethod
    def new(self, shape: tuple[int, ...]) -> tuple[Any, Any]:
        """An array to be filled, and its bytes."""

    @abstractmethod
    def one(self, values: Any) -> Any:  # noqa: ANN401 - an array and its element
        """The only element of an array without dimensions."""

    @abstractmethod
    def source(self, values: Any, shape: tuple[int, ...]) -> tuple[Any, bool]:  # noqa: ANN401 - any array
        """The bytes of values to write, and whether they had to be copied to lie one after the other.

        Args:
            values: an array of the same type, or one number for all elements.
            shape: of the part that is written.

        Raises:
            TypeError: the type is another one, or it is no array.
            ValueError: the shape does not fit.
            OverflowError: a number does not fit.
        """

    @abstractmethod
    def target(self, out: Any, shape: tuple[int, ...]) -> Any:  # noqa: ANN401 - any array
        """The bytes of an array to read into.

        Raises:
            TypeError: its type is another one, it is no array, or it is read-only.
            ValueError: its shape is another one, or it is not in C order.
        """

    @property
    def typed_array(self) -> str:
        """The name of the typed array that JavaScript sees; bytes, where it has none for this type."""
        kind, size = self.kind, self.itemsize
        if kind == "c":  # two floats each
            kind, size = "f", size // 2
        elif kind in "mM":  # counts of a unit of time
            kind = "i"
        return _TYPED_ARRAYS.get((kind, size), "Uint8Array")

    @property
    def is_integer(self) -> bool:
        return self.kind in "iu"

    def integer(self, value: Any) -> int:  # noqa: ANN401 - whatever was given
        """A value as an integer of this type.

        Raises:
            TypeError: it is no integer.
            OverflowError: it does not fit.
        """
        try:
            number = operator.index(value)
        except TypeError:
            raise TypeError(
                f"an array of {self.name} takes integers, not {type(value).__name__} {value!r}"
            ) from None
        bits = 8 * self.itemsize
        low, high = (-(1 << bits - 1), (1 << bits - 1) - 1) if self.kind == "i" else (0, (1 << bits) - 1)
        if not low <= number <= high:
            raise OverflowError(f"{number} does not fit {self.name}, which goes from {low} to {high}")
        return number


def view_of(values: Any) -> memoryview:  # noqa: ANN401 - whatever was given
    """The buffer of an array.

    Raises:
        TypeError: it has none.
    """
    try:
        return memoryview(values)
    except TypeError:
        raise TypeError(
            f"a shared array takes arrays and numbers, not {type(values).__name__}: "
            "make an array of the right type first, such as np.array(values, dtype)"
        ) from None


def misfit(there: tuple[int, ...], wanted: tuple[int, ...]) -> ValueError:
    return ValueError(f"an array of the shape {there} does not fit the part of the shape {wanted}")
