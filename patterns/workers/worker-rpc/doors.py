"""The ways into the worker: what runs there to let others call a model. Each gets a model of its own."""

from collections.abc import Callable
from typing import Any

from model import Model
from pyodide.ffi import JsProxy, create_proxy, to_js

from pyodide_app.bridge.rpc import Callback, Connection, callback

METHODS = ("learn", "known", "after", "write", "made", "think", "thinking")
_connections: list[Connection] = []


def for_python() -> dict[str, Callback]:
    """The methods of a new model, as functions that can cross."""
    model = Model()
    return {name: callback(getattr(model, name)) for name in METHODS}


def for_javascript(port: JsProxy, text: str) -> None:
    """Serve a new model, which has read a text, at a MessagePort, to runtime/remote.js."""
    model = Model()
    model.learn(text)
    exports = {name: getattr(model, name) for name in METHODS} | {"leave": leave}
    _connections.append(Connection(port, peer="JavaScript", exports=exports, javascript=True))


async def for_comlink(port: JsProxy, url: str, text: str) -> None:
    """Serve a new model at a MessagePort with Comlink's own code.

    Comlink knows nothing of Python: what a function returns has to be made JavaScript's here, and what is a
    stream has to be made a list. `bare` leaves that out.
    """
    from js import Object
    from pyodide.code import run_js

    model = Model()
    model.learn(text)

    def converted(function: Callable[..., Any]) -> Callable[..., Any]:
        return lambda *args: to_js(function(*args), dict_converter=Object.fromEntries)

    functions = {name: converted(getattr(model, name)) for name in METHODS}
    functions["write"] = lambda *args: to_js(list(model.write(*args)))
    functions["bare"] = model.known
    exports = {name: create_proxy(function) for name, function in functions.items()}
    comlink = await run_js("(url) => import(url)")(url)
    comlink.expose(to_js(exports, dict_converter=Object.fromEntries), port)


def leave() -> None:
    """End the worker from within, as a crash does."""
    import js

    js.close()
