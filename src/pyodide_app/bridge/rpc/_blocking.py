"""Waiting for an answer without `await`: which way is open, and when.

can_run_sync()                     JSPI: this stack is put aside, the event loop goes on
the port has `take`                the thread sleeps until the answer is in its mail (runtime/mail-letters.js)
neither                            an error that says what is missing
"""

import math
import time
from collections.abc import Callable
from typing import Any

from pyodide_app.bridge._javascript import Js
from pyodide_app.bridge.rpc._errors import BlockingUnavailable, DeadlineExceeded
from pyodide_app.bridge.rpc._reply import Reply
from pyodide_app.bridge.rpc._trace import trace

_STEP = 50  # milliseconds of sleep between looks for an interrupt


def wait(start: Callable[..., Reply], call: tuple[Any, ...], name: str, port: Js) -> Any:  # noqa: ANN401 - the answer
    """Make a call and block until it is answered.

    Args:
        start: makes it, given what it takes and the names of the ends that are blocked meanwhile.
        call: what it takes; the last of it is the timeout in seconds, or None.
        name: of this end.

    Raises:
        BlockingUnavailable: nothing can block here.
        DeadlineExceeded: the call has a timeout, and that has passed.
    """
    if can_run_sync():
        from pyodide.ffi import run_sync  # noqa: PLC0415 - only there in the browser

        return run_sync(_answer(start(*call, trace())))
    if not hasattr(port, "take"):
        raise BlockingUnavailable(
            "nothing can block here: there is no JavaScript Promise Integration (JSPI), or Python was "
            "entered by a synchronous call; without cross-origin isolation there is no shared memory; and no "
            "service worker carries answers to this thread; await the function in place of wait(), or serve "
            "the page isolated"
        )
    from pyodide_js import checkInterrupt  # noqa: PLC0415

    reply = start(*call, (*trace(), name))
    timeout: float | None = call[-1]
    end = math.inf if timeout is None else time.monotonic() + timeout  # no timer fires while this blocks
    try:
        while not reply.done():
            if time.monotonic() >= end:
                raise DeadlineExceeded(f"{name} was blocked for {timeout:g} s without an answer")
            port.take(_STEP)
            checkInterrupt()
    except BaseException:
        reply.cancel()
        raise
    return reply.result()


def can_run_sync() -> bool:
    """Whether this stack can be put aside."""
    try:
        from pyodide.ffi import can_run_sync as can  # noqa: PLC0415 - only there in the browser
    except ImportError:  # 0.26 knows only the JSPI of browsers that are gone
        return False
    return bool(can())


async def _answer(reply: Reply) -> Any:  # noqa: ANN401 - what the other side returns
    return await reply
