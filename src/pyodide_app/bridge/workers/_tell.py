"""Signals that tell what workers do."""

import asyncio
from typing import TypeVar

from pyodide_app.bridge.reactivity import Signal

T = TypeVar("T")


def tell(signal: Signal[T], value: T) -> None:
    """Set a signal. What an effect raises is reported, and keeps no call from being settled."""
    try:
        signal.value = value
    except Exception as error:
        context = {"message": "An effect failed that follows a worker or a pool", "exception": error}
        asyncio.get_running_loop().call_exception_handler(context)
