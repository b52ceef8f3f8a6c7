"""Durable files: a folder whose files outlive the page, with one writer over all tabs."""

from pyodide_app.bridge.storage._archive import ArchiveError
from pyodide_app.bridge.storage._mount import mount
from pyodide_app.bridge.storage._store import Change, StorageError, Store

__all__ = ["ArchiveError", "Change", "StorageError", "Store", "mount"]
