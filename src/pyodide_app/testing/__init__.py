"""The pytest plugin: apps under test in a real browser."""
