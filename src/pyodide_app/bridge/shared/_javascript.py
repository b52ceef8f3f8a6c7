"""The JavaScript half: the modules that the page or the worker has loaded, or the wheel's own."""

from functools import cache
from importlib import import_module
from importlib.resources import files
from typing import Any, Literal

_FILES = {"Ring": "ring.js", "shared": "shared.js"}


@cache
def javascript(name: Literal["Ring", "shared"]) -> Any:  # noqa: ANN401 - a JavaScript object
    """What runtime/ring.js or runtime/shared.js exports."""
    try:
        return getattr(import_module("_pyodide_app_shared"), name)
    except ModuleNotFoundError:
        from pyodide.code import run_js  # noqa: PLC0415 - only there in the browser

        source = files("pyodide_app.runtime").joinpath(_FILES[name]).read_text(encoding="utf-8")
        return run_js(f"(() => {{ {source.replace(f'export {{ {name} }};', f'return {name};')} }})()")
