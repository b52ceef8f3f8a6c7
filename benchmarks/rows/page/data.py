"""The rows' data, for the contestants in Python; data.js makes the same."""

from itertools import count

SIZES = ["tiny", "small", "short", "slim", "long", "wide", "tall", "broad", "big", "huge", "vast"]
COLOURS = ["red", "amber", "yellow", "lime", "green", "teal", "cyan"]
COLOURS += ["blue", "indigo", "violet", "pink", "grey", "black"]
THINGS = ["boat", "bridge", "canoe", "ferry", "harbour", "island", "kayak", "lock", "mill", "pier"]
THINGS += ["quay", "raft", "river", "sail", "tide", "wharf", "yacht"]

_numbers = count(1)


def build(size: int) -> list[tuple[int, str]]:
    """Makes the next rows: id and label of each."""
    made = []
    for _ in range(size):
        n = next(_numbers)
        made.append((n, f"{SIZES[n % 11]} {COLOURS[n % 13]} {THINGS[n % 17]}"))
    return made
