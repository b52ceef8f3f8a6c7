"""Durable writes: ours, Emscripten's IDBFS, and a file system in memory as the floor."""

from benchmarks.storage._measure import measure as measure
