"""Memory that the page, its workers, JavaScript and the GPU see at the same time."""

from pyodide_app.bridge.shared._array import Copies, SharedArray
from pyodide_app.bridge.shared._atomics import Atomics
from pyodide_app.bridge.shared._memory import IsolationRequired
from pyodide_app.bridge.shared._ring import RingReader, RingWriter, ring_buffer
from pyodide_app.bridge.shared._waiting import WouldBlock

__all__ = [
    "Atomics",
    "Copies",
    "IsolationRequired",
    "RingReader",
    "RingWriter",
    "SharedArray",
    "WouldBlock",
    "ring_buffer",
]
