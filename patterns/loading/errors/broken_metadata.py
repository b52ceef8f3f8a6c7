# /// script
# dependencies = ["humanize"
# ///
"""Has a bracket open in its metadata."""
