# /// script
# requires-python = ">=3.14"
# dependencies = ["observ==1.0.0", "reaktiv==0.24.2", "signified==0.2.6", "wybthon==0.39.0"]
#
# [tool.pyodide-app]
# title = "Reactivity"
# files = ["*.py"]
# ///
"""Runs the graphs in the page, with the library that its address names."""

from js import URLSearchParams, window
from pyodide.ffi import create_proxy
from runner import Runner

runner = Runner(URLSearchParams.new(window.location.search).get("library"))
window.run = create_proxy(runner.run)
