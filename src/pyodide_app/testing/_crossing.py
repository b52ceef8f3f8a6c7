"""Values and exceptions between a test and Python in the page.

The same code runs on both sides: imported by the plugin, and sent to the page as a module (so it imports
nothing of ours). Values travel as pickles in base64, limited to types that both sides have; on arrival
nothing else is ever looked up, since a page is not trusted with the test's machine.

    test                          page
    dumps(names) ───────────────▶ loads
                                  run the code in the app's globals
    loads ◀────────────────────── dumps(value), or the exception and its traceback
"""

import base64
import builtins
import io
import itertools
import json
import linecache
import pickle
import traceback
from typing import Any

_PLAIN = {"bool", "int", "float", "complex", "str", "bytes", "bytearray", "range", "slice"}
_PLAIN |= {"list", "tuple", "dict", "set", "frozenset"}
_ERRORS = {
    name
    for name, value in vars(builtins).items()
    if isinstance(value, type) and issubclass(value, BaseException)
}
_CROSSING = {
    "builtins": _PLAIN | _ERRORS,
    "collections": {"OrderedDict", "defaultdict", "deque", "Counter"},
    "datetime": {"date", "datetime", "time", "timedelta", "timezone"},
    "decimal": {"Decimal"},
    "fractions": {"Fraction"},
    "pathlib": {"PurePosixPath", "PureWindowsPath", "PosixPath", "WindowsPath"},
    "types": {"SimpleNamespace"},
    "uuid": {"UUID"},
}
_runs = itertools.count(1)


def dumps(value: object) -> str:
    """Pack a value for the other side.

    Raises:
        TypeError: it is, or holds, something that is not plain data.
    """
    file = io.BytesIO()
    _Pickler(file, protocol=5).dump(value)
    return base64.b64encode(file.getvalue()).decode()


def loads(text: str) -> Any:  # noqa: ANN401 - whatever the other side sent
    """Unpack a value from the other side.

    Raises:
        TypeError: it is, or holds, something that is not plain data.
    """
    return _Unpickler(io.BytesIO(base64.b64decode(text))).load()


class _Pickler(pickle.Pickler):
    def reducer_override(self, value: object) -> Any:  # noqa: ANN401 - pickle's own signature
        kind = value if isinstance(value, type) else type(value)
        _check(kind.__module__, kind.__qualname__)
        return NotImplemented


class _Unpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:  # noqa: ANN401 - pickle's own signature
        return super().find_class(_check(module, name), name)


def _check(module: str, name: str) -> str:
    public = module.split("._")[0]  # Python 3.13 has its paths in pathlib._local
    if name not in _CROSSING.get(public, ()):
        raise TypeError(
            f"A value of type {_spelled(module, name)} can't cross between test and page. "
            "Only plain data does: convert it, as with .tolist(), .to_py() or dataclasses.asdict(), "
            "or drop it with a semicolon at the end of the code."
        )
    return public


def _spelled(module: str, name: str) -> str:
    return name if module == "builtins" else f"{module}.{name}"


async def run(code: str, names: str, namespace: dict[str, Any]) -> str:
    """Run code in a namespace, in the page, and return the outcome as JSON: a value or an error.

    Args:
        code: Python with top-level await; the value of its last expression is the result.
        names: packed dict of what to put into the namespace first.
    """
    from pyodide.code import eval_code_async  # noqa: PLC0415 - there is one in the page only

    filename = f"<run {next(_runs)}>"
    # So that tracebacks quote the test's lines.
    linecache.cache[filename] = (len(code), None, code.splitlines(keepends=True), filename)
    try:
        namespace.update(loads(names))
        value = await eval_code_async(code, namespace, filename=filename)
        return json.dumps({"value": dumps(value)})
    except BaseException as error:  # it belongs to the test
        return json.dumps({"error": _describe(error, filename)})


def _describe(error: BaseException, filename: str) -> dict[str, str]:
    kind, trace = type(error), error.__traceback__
    while trace and trace.tb_frame.f_code.co_filename != filename:
        trace = trace.tb_next  # neither this module's lines nor Pyodide's
    try:
        packed = dumps(error) if kind.__module__ == "builtins" else ""
    except TypeError:  # its arguments don't cross
        packed = ""
    return {
        "type": kind.__qualname__
        if kind.__module__ == "builtins"
        else f"{kind.__module__}.{kind.__qualname__}",
        "message": str(error),
        # None of the code's own lines: a value that did not cross, or a syntax error, which shows its line.
        "traceback": "".join(traceback.format_exception(kind, error, trace)) if trace else "",
        "packed": packed,
    }
