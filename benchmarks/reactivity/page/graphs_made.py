"""What making costs: signals, computeds with their first value, effects with their first run."""

from graphs_plain import expect
from spelling import get, put, read, write  # noqa: F401 - put and write belong to the spelling


def signals(lib):
    """10,000 signals."""
    made = []

    def work():
        made.extend([lib.signal(i) for i in range(10_000)])

    return work, lambda: expect(last=(read(made[-1]), 9999))


def computeds(lib):
    """2,000 computeds of a signal each, read once."""
    sources = [lib.signal(i) for i in range(2000)]
    made, values = [], []

    def work():
        for source in sources:
            node = _read_plus_one(lib, source)
            made.append(node)
            values.append(get(node))

    return work, lambda: expect(sum=(sum(values), sum(range(2001))))


def _read_plus_one(lib, source):
    return lib.computed(lambda: read(source) + 1, source)


def effects(lib):
    """2,000 effects on a signal each."""
    sources = [lib.signal(i) for i in range(2000)]
    made, seen = [], []

    def work():
        for source in sources:
            made.append(_collect(lib, seen, source))

    return work, lambda: expect(sum=(sum(seen), sum(range(2000))), made=(len(made), 2000))


def _collect(lib, seen, source):
    return lib.effect(lambda: seen.append(read(source)), source)


GRAPHS = {"create signals": signals, "create computeds": computeds, "create effects": effects}
