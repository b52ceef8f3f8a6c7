"""The runtime store: Pyodide's files and an app's packages on this machine, each trusted by its hash."""

from pyodide_app.toolkit.store._store import Store as Store
from pyodide_app.toolkit.store._wanted import IndexFile as IndexFile
from pyodide_app.toolkit.store._wanted import RuntimeFile as RuntimeFile
from pyodide_app.toolkit.store._wanted import Unavailable as Unavailable
from pyodide_app.toolkit.store._wanted import Wanted as Wanted
