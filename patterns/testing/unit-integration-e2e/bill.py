"""Splits a bill. Knows nothing of browsers, so a unit test needs none."""


def split(cents: int, people: int) -> list[int]:
    """Return what each of some people pays, in cents, as evenly as it can be.

    Raises:
        ValueError: there is nobody to pay, or the amount is negative.
    """
    if people < 1:
        raise ValueError("Somebody must pay")
    if cents < 0:
        raise ValueError("The amount must not be negative")
    share, rest = divmod(cents, people)
    return [share + (person < rest) for person in range(people)]
