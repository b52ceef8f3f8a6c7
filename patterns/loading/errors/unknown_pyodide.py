# /// script
# [tool.pyodide-app]
# pyodide = "0.1"
# ///
"""Asks for a runtime that is not on the list."""
