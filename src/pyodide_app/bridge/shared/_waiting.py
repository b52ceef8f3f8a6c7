"""Waiting until another thread changes something: by stopping this one, or in the event loop."""

import math
import time
from typing import Any

from pyodide_app.bridge.shared._javascript import javascript

# Seconds that a thread stops at a time; in between it notices that it is interrupted.
_STEP = 0.05


class WouldBlock(RuntimeError):
    """This thread must not stop; the message says what to use in place."""


def deadline(timeout: float | None) -> float:
    """When a time in seconds is over, on the monotonic clock."""
    return math.inf if timeout is None else time.monotonic() + timeout


def block(words: Any, place: int, value: int, end: float, instead: str) -> bool:  # noqa: ANN401
    """Stop this thread until it is notified, or the value is another one.

    Args:
        words: an Int32Array or BigInt64Array in shared memory.
        end: the deadline.
        instead: what to use where this is not possible, for the error.

    Returns:
        False: the time is over.

    Raises:
        WouldBlock: this is the page's main thread.
        KeyboardInterrupt: the worker is interrupted.
    """
    import pyodide_js  # noqa: PLC0415 - only there in the browser

    shared = javascript("shared")
    while (left := end - time.monotonic()) > 0:
        if not shared.canBlock():
            raise WouldBlock(
                f"This stops its thread, and the page's main thread must not stop: use `{instead}`."
            )
        if shared.wait(words, place, value, min(left, _STEP) * 1000):
            return True
        pyodide_js.checkInterrupt()
    return False


async def suspend(words: Any, place: int, value: int, end: float) -> bool:  # noqa: ANN401
    """Wait for the same in the event loop; cancelling ends it."""
    waiter = javascript("shared").waitAsync(words, place, value, max(end - time.monotonic(), 0) * 1000)
    try:
        return bool(await waiter.ended)
    finally:
        waiter.giveUp()
