# /// script
# [tool.pyodide-app]
# title = "Errors"
# ///
"""The app that the broken downloads never get to run."""

print("Everything arrived, and Python runs.")
