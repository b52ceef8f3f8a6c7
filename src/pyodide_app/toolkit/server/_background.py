"""Blocking work beside the server's event loop."""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

T = TypeVar("T")


async def in_background(work: Callable[[], T]) -> T:
    """Runs `work` in a thread of its own and waits for it.

    The thread is a daemon: Python waits for the threads of asyncio's and anyio's pools when it ends, so
    Ctrl-C during a download would seem to do nothing.
    """
    done: Future[T] = Future()

    def run() -> None:
        if not done.set_running_or_notify_cancel():
            return
        try:
            done.set_result(work())
        except BaseException as error:
            done.set_exception(error)

    threading.Thread(target=run, name="pyodide-app", daemon=True).start()
    return await asyncio.wrap_future(done)
