"""What a table of rows takes, and what stays of it."""

from benchmarks.memory._measure import measure as measure
