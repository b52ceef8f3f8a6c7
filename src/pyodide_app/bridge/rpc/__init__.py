"""Calls between threads: one protocol, whoever is at the other end."""

from pyodide_app.bridge.rpc._callbacks import Callback, RemoteFunction, callback
from pyodide_app.bridge.rpc._connection import Connection
from pyodide_app.bridge.rpc._errors import (
    BlockingUnavailable,
    CrossingError,
    DeadlineExceeded,
    DeadlockError,
    ReleasedError,
    RemoteError,
    WorkerDied,
)
from pyodide_app.bridge.rpc._pickling import Attachment, transfer
from pyodide_app.bridge.rpc._streams import RemoteIterator

__all__ = [
    "Attachment",
    "BlockingUnavailable",
    "Callback",
    "Connection",
    "CrossingError",
    "DeadlineExceeded",
    "DeadlockError",
    "ReleasedError",
    "RemoteError",
    "RemoteFunction",
    "RemoteIterator",
    "WorkerDied",
    "callback",
    "transfer",
]
