"""Python's side inside a worker: serves the page's calls."""

import builtins
import importlib
import os
import sys
import time
from collections.abc import Callable
from typing import Any

from pyodide_app.bridge._javascript import Js
from pyodide_app.bridge.rpc import Connection, _exceptions

_HOME = "/home/pyodide"  # where the app's files are
_STEP = 50  # milliseconds of sleep between looks for an interrupt


def begin(port: Js, name: str, module: str | None) -> str:
    """Import the module whose functions the page may call by name, and serve.

    Returns:
        The exception that the import raised, as JSON; empty if there was none.
    """
    os.chdir(_HOME)
    if sys.path[:1] == [""]:
        sys.path[0] = _HOME
    elif _HOME not in sys.path:
        sys.path.insert(0, _HOME)
    try:
        exports = importlib.import_module(module) if module else None
    except BaseException as error:
        return _exceptions.dump(error)

    def find(wanted: str) -> Callable[..., Any]:
        found = getattr(exports, wanted, None)
        if wanted.startswith("_") or not callable(found):
            what = f"the module {module} has no function {wanted!r}" if module else "it was given no module"
            raise LookupError(f"{name} has nothing to call by the name {wanted!r}: {what}")
        return found  # type: ignore[no-any-return]

    page = Connection(port, name=name, peer="the page", exports=find)
    builtins.input = lambda prompt="", /: page.wait("input", None, (str(prompt),), {})
    if hasattr(port, "sleep"):
        time.sleep = _sleeper(port)  # type: ignore[assignment]
        sys.unraisablehook = _interrupter(port, sys.unraisablehook)
    return ""


def _interrupter(port: Js, show: Callable[[Any], object]) -> Callable[[Any], object]:
    """A `sys.unraisablehook` for an interrupt that comes in a `__del__` or a callback of the import system.

    Nothing can be raised from there, so it comes once more.
    """

    def hook(unraisable: Any, /) -> None:  # noqa: ANN401 - sys.UnraisableHookArgs is for type checkers only
        if unraisable.exc_type is KeyboardInterrupt:
            port.interruptAgain()
        else:
            show(unraisable)

    return hook


def _sleeper(port: Js) -> Callable[[float], None]:
    """A `time.sleep` that can be interrupted; Pyodide's own is a busy loop, or lets other calls in."""
    from pyodide_js import checkInterrupt  # noqa: PLC0415 - only there in the browser

    def sleep(seconds: float, /) -> None:
        if seconds < 0:
            raise ValueError("sleep length must be non-negative")
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            port.sleep(min(left * 1000, _STEP))
            checkInterrupt()

    return sleep
