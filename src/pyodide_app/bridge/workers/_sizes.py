"""How many: what a pool takes, and what the machine has."""


def at_least(least: int, what: str, number: int | None) -> None:
    """Check an argument.

    Raises:
        ValueError: it is less.
    """
    if number is not None and number < least:
        raise ValueError(f"{what} takes a number from {least} on, not {number!r}")


def cores() -> int:
    """How many threads the machine runs at once, as far as the browser tells."""
    from js import navigator  # noqa: PLC0415 - only there in the browser

    return max(1, int(getattr(navigator, "hardwareConcurrency", 0) or 0))
