"""The dev server: apps and the pattern book over HTTP, and the news of their changes."""

from pyodide_app.toolkit.server._server import Server as Server
