"""The reactive core on its own: graphs of many shapes, made with several libraries, in CPython and Pyodide."""

from benchmarks.reactivity._measure import measure as measure
