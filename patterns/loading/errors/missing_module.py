"""Imports what its metadata does not name."""

import humanize

print(humanize.intword(6_000_000))
