"""An app's lock: from requirements to exact files, with their hashes."""

from pyodide_app.toolkit.lock._file import Lock as Lock
from pyodide_app.toolkit.lock._file import LockedPackage as LockedPackage
from pyodide_app.toolkit.lock._lock import ensure_lock as ensure_lock
from pyodide_app.toolkit.lock._lock import load_lock as load_lock
from pyodide_app.toolkit.lock._lock import lock as lock
from pyodide_app.toolkit.lock._lock import lock_path as lock_path
