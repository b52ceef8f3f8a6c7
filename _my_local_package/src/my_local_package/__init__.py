"""Says sizes and lists the way people say them."""

from collections.abc import Sequence

import humanize

__all__ = ["describe"]


def describe(name: str, sizes: Sequence[int]) -> str:
    """Return one sentence on a named collection of files of the given sizes in bytes."""
    total = humanize.naturalsize(sum(sizes))
    return f"{name}: {humanize.apnumber(len(sizes))} files, {total}"
