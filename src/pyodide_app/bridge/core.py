"""The ground under the bridge: what keeps Python objects alive while JavaScript uses them."""

import sys
import weakref
from collections.abc import Callable
from types import TracebackType
from typing import Any, Final, Self, final

__all__ = ["IS_EMSCRIPTEN", "Kept", "keep_alive", "live_count"]

IS_EMSCRIPTEN: Final[bool] = sys.platform == "emscripten"
"""Whether this Python runs in the browser."""

_live: "set[Kept]" = set()


@final
class Kept:
    """Something kept alive until `release`, the end of a `with` block, or the end of its owner.

    `proxy` is what to hand to JavaScript: a proxy in the browser, the object itself in CPython.
    """

    __slots__ = ("_end", "proxy")

    def __init__(self, obj: Any, owner: object | None) -> None:  # noqa: ANN401 - it may be a JavaScript proxy
        self._end = None
        if owner is not None:
            self._end = weakref.finalize(owner, self.release)
            self._end.atexit = False
        self.proxy = _proxy_of(obj) if IS_EMSCRIPTEN else obj
        _live.add(self)

    @property
    def live(self) -> bool:
        """Whether it has not been released yet."""
        return self in _live

    def release(self) -> None:
        """Let go of it, and destroy the proxy in the browser. Again is harmless."""
        if self not in _live:
            return
        _live.discard(self)
        if self._end is not None:
            self._end.detach()
        if IS_EMSCRIPTEN:
            _destroy(self.proxy)
        self.proxy = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


def keep_alive(obj: Callable[..., object] | Any, *, owner: object | None = None) -> Kept:  # noqa: ANN401
    """Keep a callable or a JavaScript proxy alive until it is released.

    In the browser a Python object gets a proxy, which JavaScript may call for as long as it is kept.

    Args:
        obj: a Python callable, a proxy that `pyodide.ffi.create_proxy` made, or a JavaScript object.
        owner: released with this object, when that is garbage collected.

    Raises:
        TypeError: the owner does not allow weak references.
    """
    return Kept(obj, owner)


def live_count() -> int:
    """How many kept things have not been released."""
    return len(_live)


def _proxy_of(obj: Any) -> Any:  # noqa: ANN401 - from Python to JavaScript
    from pyodide.ffi import JsProxy, create_proxy  # noqa: PLC0415 - only there in the browser

    return obj if isinstance(obj, JsProxy) else create_proxy(obj)


def _destroy(proxy: Any) -> None:  # noqa: ANN401 - a JavaScript object
    from pyodide.ffi import JsDoubleProxy  # noqa: PLC0415 - only there in the browser

    if isinstance(
        proxy, JsDoubleProxy
    ):  # an object of JavaScript may have a destroy() that means something else
        proxy.destroy()
