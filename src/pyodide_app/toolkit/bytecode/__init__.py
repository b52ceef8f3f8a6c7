"""Bytecode for the standard library and for wheels, compiled by the very runtime that will load it.

Compiling the standard library is most of what a page does while Pyodide starts: its zip holds no bytecode.
Only a Python of the same version makes bytecode that this Python loads, so Pyodide itself does it, on Node.
"""

from pyodide_app.toolkit.bytecode._bytecode import Recipe as Recipe
from pyodide_app.toolkit.bytecode._bytecode import library_ready as library_ready
from pyodide_app.toolkit.bytecode._bytecode import make as make
from pyodide_app.toolkit.bytecode._bytecode import make_library as make_library
from pyodide_app.toolkit.bytecode._bytecode import ready as ready
