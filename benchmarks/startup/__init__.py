"""How long pages take to start: first visits and later ones, beside stock Pyodide."""

from benchmarks.startup._measure import measure as measure
