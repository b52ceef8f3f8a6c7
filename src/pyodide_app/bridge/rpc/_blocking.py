"""Waiting for an answer without `await`: which way is open, and when.

can_run_sync()                     JSPI: this stack is put aside, the event loop goes on
the port has `take`                shared memory: the thread sleeps until the answer is in it
neither                            an error that says what is missing
"""

from collections.abc import Callable
from typing import Any

from pyodide_app.bridge._javascript import Js
from pyodide_app.bridge.rpc._errors import BlockingUnavailable
from pyodide_app.bridge.rpc._reply import Reply
from pyodide_app.bridge.rpc._serving import blocked

_STEP = 50  # milliseconds of sleep between looks for an interrupt


def wait(start: Callable[..., Reply], call: tuple[Any, ...], name: str, port: Js) -> Any:  # noqa: ANN401 - the answer
    """Make a call and block until it is answered.

    Args:
        start: makes it, given what it takes and the names of the ends that are blocked meanwhile.
        name: of this end.

    Raises:
        BlockingUnavailable: nothing can block here.
    """
    if can_run_sync():
        from pyodide.ffi import run_sync  # noqa: PLC0415 - only there in the browser

        return run_sync(_answer(start(*call, blocked.get())))
    if not hasattr(port, "take"):
        raise BlockingUnavailable(
            "nothing can block here: there is no JavaScript Promise Integration (JSPI), or Python was "
            "entered by a synchronous call, and without cross-origin isolation there is no shared memory; "
            "await the function in place of wait(), or serve the page isolated"
        )
    from pyodide_js import checkInterrupt  # noqa: PLC0415

    reply = start(*call, (*blocked.get(), name))
    try:
        while not reply.done():
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
