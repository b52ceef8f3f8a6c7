"""The JavaScript halves: what the page or the worker has loaded, or the wheel's own files."""

from functools import cache
from importlib import import_module
from importlib.resources import files
from typing import Any

Js = Any  # an object of JavaScript


@cache
def half(part: str, name: str, file: str) -> Js:
    """A function of a runtime module that stands alone.

    Args:
        part: of the bridge, whose halves this Python may have been given as the module `_pyodide_app_<part>`.
        name: what the module exports.
        file: in `pyodide_app.runtime`.
    """
    try:
        return getattr(import_module(f"_pyodide_app_{part}"), name)
    except ModuleNotFoundError:
        from pyodide.code import run_js  # noqa: PLC0415 - only there in the browser

        return run_js(f"(() => {{ {source(file).replace(f'export {{ {name} }};', f'return {name};')} }})()")


def source(file: str) -> str:
    """The text of a module of the runtime, as the wheel has it."""
    return files("pyodide_app").joinpath("runtime", file).read_text(encoding="utf-8")
