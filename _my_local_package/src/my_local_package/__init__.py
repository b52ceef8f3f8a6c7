"""Says numbers the way people say them."""

from collections.abc import Sequence

import humanize

__all__ = ["describe"]


def describe(name: str, counts: Sequence[int]) -> str:
    """Return one sentence on some counts: how many, their sum and the greatest.

    Raises:
        ValueError: there are no counts.
    """
    if not counts:
        raise ValueError(f"{name}: nothing to describe")
    total, rows = humanize.intcomma(sum(counts)), humanize.apnumber(len(counts))
    return f"{name}: {total} in {rows} rows, at most {max(counts)}"
