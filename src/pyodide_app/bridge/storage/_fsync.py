"""`os.fsync` for files in IndexedDB, where to be durable takes waiting.

The file system cannot wait, so it refuses: ENOTSUP. Python can, where its stack can be put aside (JSPI).
"""

import errno
import os
from collections.abc import Callable
from functools import cache
from typing import Any


@cache
def patch(flush: Callable[[], Any]) -> None:
    """Let `os.fsync` wait for `flush`, a coroutine function, where the file system refuses and Python can."""
    refusing = os.fsync

    def fsync(fd: Any) -> None:  # noqa: ANN401 - as os has it: a number, or an object with fileno()
        from pyodide_app.bridge.rpc._blocking import can_run_sync  # noqa: PLC0415 - rarely needed

        try:
            refusing(fd)
        except OSError as error:
            if error.errno != errno.ENOTSUP or not can_run_sync():
                raise
            from pyodide.ffi import run_sync  # noqa: PLC0415 - only there in the browser

            run_sync(flush())

    os.fsync = fsync
