"""The row benchmark: a table made nine ways, and what each of nine operations costs."""

from benchmarks.rows._measure import measure as measure
