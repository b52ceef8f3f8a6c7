"""Applications in Python that run in the browser: see `pyodide_app.bridge`."""
