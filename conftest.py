"""Registers the plugin also where the package is on the path but not installed."""

pytest_plugins = ["pyodide_app.testing.plugin"]
