"""The JavaScript half: the module that the page or the worker has loaded, or the wheel's own."""

from functools import cache
from importlib.resources import files
from typing import Any


@cache
def javascript() -> Any:  # noqa: ANN401 - a JavaScript object
    """What runtime/shared.js exports."""
    try:
        import _pyodide_app_shared as module  # type: ignore[import-not-found]  # noqa: PLC0415 - the page has it

        return module
    except ModuleNotFoundError:
        from pyodide.code import run_js  # noqa: PLC0415

        source = files("pyodide_app.runtime").joinpath("shared.js").read_text(encoding="utf-8")
        return run_js(f"(() => {{ {source.replace('export { shared };', 'return shared;')} }})()")
