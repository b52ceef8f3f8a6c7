"""What an app imports. Pure Python, no dependencies; works in any Pyodide."""

from pyodide_app.bridge import packages
from pyodide_app.bridge.core import IS_EMSCRIPTEN, Kept, keep_alive, live_count

__all__ = ["IS_EMSCRIPTEN", "Kept", "keep_alive", "live_count", "packages"]
