"""Registers the plugin where the package is on the path but not installed, and pytest's own for plugins."""

pytest_plugins = ["pyodide_app.testing.plugin", "pytester"]
