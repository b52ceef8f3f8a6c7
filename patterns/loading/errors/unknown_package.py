# /// script
# dependencies = ["this-package-does-not-exist-anywhere"]
# ///
"""Needs a package that nobody has published."""
