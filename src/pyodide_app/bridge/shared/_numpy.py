"""Elements as NumPy has them."""

from dataclasses import dataclass
from numbers import Number
from typing import Any, Self

from pyodide_app.bridge.shared._element import Element, misfit, view_of
from pyodide_app.bridge.shared._standard import LETTERS


@dataclass(frozen=True, slots=True)
class NumpyElement(Element):
    """Its arrays come out as NumPy's."""

    _dtype: Any

    @classmethod
    def of(cls, dtype: Any) -> Self:  # noqa: ANN401 - whatever NumPy takes
        """The element that something names.

        Raises:
            TypeError: it names none, or one that cannot be shared.
            ModuleNotFoundError: NumPy is not installed.
        """
        try:
            import numpy as np  # noqa: PLC0415 - an app may do without
        except ModuleNotFoundError:
            raise ModuleNotFoundError(
                f"The dtype {dtype!r} needs NumPy, which is not installed: add it to the app's dependencies. "
                f"Without it, there are the formats of the standard library's arrays: {LETTERS}.",
                name="numpy",
            ) from None
        found = np.dtype(dtype)
        if found.hasobject or found.kind not in "biufcmMSUV":
            raise TypeError(
                f"An array of {found} cannot be shared: its elements are Python objects, which only their "
                "own interpreter has. Share numbers or bytes."
            )
        if not found.isnative or not found.itemsize:
            what = "its elements have no size" if found.isnative else "use this machine's byte order"
            raise TypeError(f"An array of {found} cannot be shared: {what}.")
        return cls(str(found), found.kind, found.itemsize, found)

    @property
    def dtype(self) -> Any:  # noqa: ANN401 - NumPy's
        return self._dtype

    def new(self, shape: tuple[int, ...]) -> tuple[Any, Any]:
        import numpy as np  # noqa: PLC0415 - where there is its dtype, there it is

        values = np.empty(shape, self._dtype)
        return values, _bytes_of(values)

    def one(self, values: Any) -> Any:  # noqa: ANN401 - NumPy's
        return values[()]

    def source(self, values: Any, shape: tuple[int, ...]) -> tuple[Any, bool]:  # noqa: ANN401
        import numpy as np  # noqa: PLC0415 - as above

        if self._is_one(values):
            one = self.integer(values) if self.is_integer else values
            return _bytes_of(np.full(shape, one, self._dtype)), False
        array = values if isinstance(values, np.ndarray) else np.asarray(view_of(values))
        self._check(array)
        try:
            fitting = np.broadcast_to(array, shape)
        except ValueError:
            raise misfit(array.shape, shape) from None
        return _bytes_of(np.ascontiguousarray(fitting)), not fitting.flags.c_contiguous

    def target(self, out: Any, shape: tuple[int, ...]) -> Any:  # noqa: ANN401
        import numpy as np  # noqa: PLC0415 - as above

        array = out if isinstance(out, np.ndarray) else np.asarray(view_of(out))
        self._check(array)
        if array.shape != shape:
            raise misfit(array.shape, shape)
        if not array.flags.writeable:
            raise TypeError("this reads into an array that can be written, not into a read-only one")
        if not array.flags.c_contiguous:
            raise ValueError("this reads into an array in C order, whose elements lie one after the other")
        return _bytes_of(array)

    def _check(self, array: Any) -> None:  # noqa: ANN401 - NumPy's
        if array.dtype.hasobject:
            raise TypeError("the array holds Python objects, which only their own interpreter has")
        if array.dtype != self._dtype:
            raise TypeError(
                f"the array is {array.dtype}, and the shared array {self.name}: use .astype({self.name!r})"
            )

    def _is_one(self, values: Any) -> bool:  # noqa: ANN401
        import numpy as np  # noqa: PLC0415 - as above

        return isinstance(values, Number | np.generic | str) or (
            self.kind == "S" and isinstance(values, bytes)
        )


def _bytes_of(array: Any) -> Any:  # noqa: ANN401 - NumPy's
    """The bytes of an array in C order; no copy."""
    import numpy as np  # noqa: PLC0415 - as above

    return array.reshape(-1).view(np.uint8)
