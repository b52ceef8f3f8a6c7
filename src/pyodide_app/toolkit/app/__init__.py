"""An app: its files, and what it says about itself."""

from pyodide_app.toolkit.app._app import App as App
from pyodide_app.toolkit.app._app import read_app as read_app
