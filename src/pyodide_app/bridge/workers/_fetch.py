"""Packages that Pyodide's lock has, loaded where the author did not ask for them."""

import importlib
from importlib.util import find_spec


async def fetch(name: str) -> bool:
    """Load a package if this Python's lock has it; return whether it can be imported now."""
    import pyodide_js  # noqa: PLC0415 - only there in the browser

    if find_spec(name) is None and hasattr(pyodide_js._api.lockfile_packages, name):
        await pyodide_js.loadPackage(name)
        importlib.invalidate_caches()
    return find_spec(name) is not None
