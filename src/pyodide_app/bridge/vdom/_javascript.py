"""The JavaScript half: the modules that the page has loaded, or those of the wheel."""

from functools import cache
from typing import Any

from pyodide_app.bridge._javascript import half
from pyodide_app.bridge.core import keep_alive


@cache
def _key() -> Any:  # noqa: ANN401 - a JavaScript symbol
    from js import Symbol  # noqa: PLC0415

    return Symbol("PythonVDOM")


@cache
def delegation() -> Any:  # noqa: ANN401 - a JavaScript object
    """Brings the page's events (runtime/vdom-events.js)."""
    from pyodide_app.bridge.vdom._events import dispatch  # noqa: PLC0415 - it needs the renderer

    return half("vdom", "createDelegation", "vdom-events.js")(_key(), keep_alive(dispatch).proxy)


def element(target: Any) -> Any:  # noqa: ANN401 - JavaScript objects
    """An element of the page, given it or its id.

    Raises:
        LookupError: there is no element with that id.
        TypeError: it is no element.
    """
    if isinstance(target, str):
        from js import document  # noqa: PLC0415 - only there in the browser

        found = document.getElementById(target)
        if not hasattr(found, "nodeType"):
            raise LookupError(f"the page has no element with the id {target!r}")
        return found
    if getattr(target, "nodeType", None) not in (1, 11):
        raise TypeError(f"this takes an element of the page or its id, not {target!r}")
    return target


@cache
def apply() -> Any:  # noqa: ANN401 - a JavaScript function
    """The renderer's `apply`; to look it up would be a crossing each time."""
    return renderer().apply


@cache
def schedule() -> Any:  # noqa: ANN401 - a JavaScript function
    """The renderer's `schedule`."""
    return renderer().schedule


@cache
def renderer() -> Any:  # noqa: ANN401 - a JavaScript object
    """Writes the DOM (runtime/vdom.js)."""
    import pyodide_js  # noqa: PLC0415

    from pyodide_app.bridge.vdom._frame import flush, tidy  # noqa: PLC0415 - they need the renderer

    calls = keep_alive(flush).proxy, keep_alive(tidy).proxy
    return half("vdom", "createRenderer", "vdom.js")(pyodide_js._module, delegation(), _key(), *calls)
