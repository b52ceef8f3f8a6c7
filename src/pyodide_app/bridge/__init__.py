"""What an app imports. Pure Python, no dependencies; works in any Pyodide."""
