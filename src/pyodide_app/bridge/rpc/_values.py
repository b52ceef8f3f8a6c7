"""Values for an end in JavaScript: copies of plain data, with functions as handles.

A function is an object with one key in what crosses, and the message names the handles (runtime/remote.js).
"""

from typing import Any

from pyodide_app.bridge._javascript import Js
from pyodide_app.bridge.rpc._callbacks import Callback
from pyodide_app.bridge.rpc._errors import CrossingError
from pyodide_app.bridge.rpc._pickling import Ends

_FUNCTION = "pyodide-app:function"


def to_values(values: tuple[Any, ...], ends: Ends) -> tuple[Js, Js]:
    """A JavaScript array of the values, and one of the handles among them.

    Raises:
        CrossingError: something is no plain data.
    """
    from js import Object  # noqa: PLC0415 - only there in the browser
    from pyodide.ffi import ConversionError, to_js  # noqa: PLC0415

    handles: list[int] = []

    def convert(value: object, *_: object) -> Js:
        if not isinstance(value, Callback):
            raise CrossingError(f"{value!r} cannot cross to JavaScript: it is no plain data")
        handles.append(ends.export(value))
        return Object.fromEntries(to_js([[_FUNCTION, handles[-1]]]))

    try:
        array = to_js(list(values), dict_converter=Object.fromEntries, default_converter=convert)
    except ConversionError as error:
        if isinstance(error.__cause__, CrossingError):
            raise error.__cause__ from None
        raise
    return array, to_js(handles) if handles else None


def from_values(array: Js, handles: Js, ends: Ends) -> list[Any]:
    """What a JavaScript array holds."""
    values: list[Any] = array.to_py()
    return _revived(values, ends) if handles else values


def _revived(value: Any, ends: Ends) -> Any:  # noqa: ANN401 - plain data
    if isinstance(value, list):
        return [_revived(each, ends) for each in value]
    if not isinstance(value, dict):
        return value
    if _FUNCTION in value:
        return ends.imported(value[_FUNCTION])
    return {key: _revived(each, ends) for key, each in value.items()}
