# /// script
# requires-python = ">=3.14"
# dependencies = ["wybthon==0.39.0", "puepy==0.6.5"]
#
# [tool.pyodide-app]
# title = "Rows"
# files = ["*.py"]
# ///
"""Starts the contestant that the page's address names, and gives its operations to the page."""

import gc
from importlib import import_module

from js import Object, URLSearchParams, document, window
from pyodide.ffi import create_proxy

OPERATIONS = ("create", "append", "update", "select", "swap", "remove", "clear")

name = URLSearchParams.new(window.location.search).get("contestant")
if name == "wybthon":
    import wybthon  # noqa: F401 - first, because it compiles the modules that are imported after it

contestant = import_module(f"with_{name}").start(document.getElementById("app"))

operations = Object.new()
for operation in OPERATIONS:
    setattr(operations, operation, create_proxy(getattr(contestant, operation)))
operations.collect = create_proxy(lambda: [gc.collect() for _ in range(3)] and None)
window.contestant = operations
