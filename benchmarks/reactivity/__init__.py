"""The reactive core on its own: graphs of many shapes, made with several libraries."""

from benchmarks.reactivity._measure import measure as measure
