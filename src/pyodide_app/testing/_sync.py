"""Playwright's whole asynchronous API, usable synchronously.

    page.get_by_role("button").click()        what a test writes
    Facade(Page) → Facade(Locator) → None     what it gets; each step runs on the browser's loop thread,
                                              and what is awaitable there is awaited there

pytest-asyncio and Playwright's own synchronous API can't share a thread (each runs a loop in it);
with Playwright's loop in another thread, tests of both kinds run side by side.
"""

import asyncio
import functools
import inspect
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING, Any, cast

from pyodide_app.testing._loop import LoopThread

if TYPE_CHECKING:
    from playwright.sync_api import Expect

# Methods whose callbacks may call the browser again, as a route's handler does. Any other callback
# is a predicate.
_HANDLED = {"on", "once", "remove_listener", "on_message", "on_close"}
_HANDLED |= {"add_locator_handler", "expose_binding", "expose_function"}
_ROUTED = {"route", "unroute", "route_web_socket"}  # (url or predicate, handler)
# Methods whose effect stays with the page, so that another test must not have it.
_LASTING = {*_HANDLED, *_ROUTED, "add_init_script", "emulate_media", "goto", "reload", "go_back", "close"}
_LASTING |= {"grant_permissions", "set_viewport_size", "set_offline", "set_geolocation", "install"}
_LASTING |= {"set_default_timeout", "set_default_navigation_timeout", "set_extra_http_headers"}


class Facade:
    """One of Playwright's asynchronous objects, as its synchronous twin."""

    _loop: LoopThread
    _target: Any

    def __init__(self, loop: LoopThread, target: object) -> None:
        self.__dict__.update(_loop=loop, _target=target)

    def __getattr__(self, name: str) -> object:
        __tracebackhide__ = True
        if name.startswith("_"):
            raise AttributeError(name)

        async def get() -> object:
            value = getattr(self._target, name)
            return await value if inspect.isawaitable(value) else value

        value = self._loop.run(get())
        if inspect.ismethod(value):
            return functools.partial(_call, self._loop, value)
        return wrap(self._loop, value)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{name} can't be set: {self!r} is Playwright's.")

    def __enter__(self) -> object:
        return _call(self._loop, self._target.__aenter__)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> object:
        return _call(self._loop, self._target.__aexit__, kind, error, trace)

    def __repr__(self) -> str:
        return repr(self._target)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Facade) and bool(self._target == other._target)

    def __hash__(self) -> int:
        return hash(self._target)


def wrap(loop: LoopThread, value: object) -> object:
    """Put Playwright's objects into facades; leave any other value as it is."""
    if isinstance(value, list):
        return [wrap(loop, item) for item in value]
    if isinstance(value, dict):
        return {key: wrap(loop, item) for key, item in value.items()}
    if type(value).__module__.startswith("playwright.") and not isinstance(value, BaseException):
        return Facade(loop, value)
    return value


def unwrap(value: object) -> object:
    """Take facades off again."""
    if isinstance(value, Facade):
        return value._target
    if isinstance(value, list | tuple):
        return type(value)(unwrap(item) for item in value)
    if isinstance(value, dict):
        return {key: unwrap(item) for key, item in value.items()}
    return value


class _Expect:
    # Playwright's `expect`, for facades; each knows its loop.

    def __call__(self, actual: Facade, message: str | None = None) -> object:
        from playwright.async_api import expect  # noqa: PLC0415 - heavy; loaded by now

        return _call(actual._loop, expect, actual, message)

    def set_options(self, timeout: float | None = None) -> None:
        from playwright.async_api import expect  # noqa: PLC0415 - heavy

        expect.set_options(timeout=timeout)


expect = cast("Expect", _Expect())


def _call(loop: LoopThread, function: Callable[..., object], /, *args: object, **kwargs: object) -> object:
    __tracebackhide__ = True
    name = getattr(function, "__name__", "")
    if name in _LASTING:
        loop.lasting.append(name)
    plain = [_plain(loop, name, position, value) for position, value in enumerate(args)]
    named = {key: _plain(loop, name, key, value) for key, value in kwargs.items()}

    async def call() -> object:
        value = function(*plain, **named)
        return await value if inspect.isawaitable(value) else value

    try:
        return wrap(loop, loop.run(call()))
    except Exception as error:
        # Playwright's own frames, of another thread, would bury the test's line in its report.
        raise error.with_traceback(None) from None


def _plain(loop: LoopThread, method: str, place: int | str, value: object) -> object:
    if not callable(value) or isinstance(value, Facade | type):
        return unwrap(value)
    if method in _HANDLED or (method in _ROUTED and place not in (0, "url")):
        return _handler(loop, value, reports=not method.startswith("expose"))
    return _predicate(loop, value)


def _predicate(loop: LoopThread, function: Callable[..., object]) -> Callable[..., object]:
    @functools.wraps(function)
    def answer(*args: object) -> object:
        return function(*(wrap(loop, value) for value in args))

    return answer


@functools.cache  # one for each function, so that remove_listener and unroute find it again
def _handler(loop: LoopThread, function: Callable[..., object], *, reports: bool) -> Callable[..., object]:
    @functools.wraps(function)
    async def handle(*args: object) -> object:
        try:
            # In a thread: it calls the facade, which waits for the loop that this runs on.
            return unwrap(await asyncio.to_thread(function, *(wrap(loop, value) for value in args)))
        except Exception as error:
            if not reports:  # an exposed function's exception belongs to the page that called it
                raise
            loop.failures.append(error)
            return None

    return handle
