"""`python -m pyodide_app.toolkit` is `pyodide-app`."""

from pyodide_app.toolkit.cli import main

main()
