"""Layered graphs in the manner of js-reactivity-benchmark: some nodes change what they read, and only some of
the last layer is looked at.

Each node of a layer sums some neighbours in the layer before. A dynamic node leaves one of them out whenever
the first is odd. Each step writes one source and reads the watched leaves: directly, or an effect does.
"""

from random import Random

from graphs_plain import expect
from spelling import get, put, read, write  # noqa: F401 - put belongs to the spelling


def _shape(width, layers, reads, fixed):
    """Which places of the layer before each node reads, and whether it always does: by layer and place."""
    random = Random(7)
    return [
        [
            ([(place + step) % width for step in range(reads)], random.random() < fixed)
            for place in range(width)
        ]
        for _ in range(layers)
    ]


def _plain(shape, values):
    """The last layer's values, computed without any library."""
    for layer in shape:
        values = [_summed([values[place] for place in places], fixed) for places, fixed in layer]
    return values


def _summed(values, fixed):
    if fixed or not values[0] & 1:
        return sum(values) % 1_000_003
    return (sum(values) - values[len(values) // 2]) % 1_000_003


def _node(lib, sources, fixed, first):
    if first:  # the sources are signals
        if fixed:
            return lib.computed(lambda: sum([read(source) for source in sources]) % 1_000_003, *sources)

        def chosen():
            total = read(sources[0])
            left_out = sources[len(sources) // 2] if total & 1 else None
            for source in sources[1:]:
                if source is not left_out:
                    total += read(source)
            return total % 1_000_003

        return lib.computed(chosen, *sources)
    if fixed:
        return lib.computed(lambda: sum([get(source) for source in sources]) % 1_000_003, *sources)

    def chosen_computed():
        total = get(sources[0])
        left_out = sources[len(sources) // 2] if total & 1 else None
        for source in sources[1:]:
            if source is not left_out:
                total += get(source)
        return total % 1_000_003

    return lib.computed(chosen_computed, *sources)


def layered(lib, *, width, layers, reads, fixed, watched, steps, effects=False):
    shape = _shape(width, layers - 1, reads, fixed)
    sources = [lib.signal(i) for i in range(width)]
    nodes, keep = sources, []
    for depth, layer in enumerate(shape):
        nodes = [_node(lib, [nodes[place] for place in places], fixed, depth == 0) for places, fixed in layer]
        keep.append(nodes)
    places = sorted(Random(3).sample(range(width), max(1, round(width * watched))))
    leaves = [nodes[place] for place in places]
    values = list(range(width))
    found = {}

    def look(place, leaf):
        found[place] = get(leaf)

    def effect_on(place, leaf):
        return lib.effect(lambda: look(place, leaf), leaf)

    if effects:
        keep += [effect_on(place, leaf) for place, leaf in enumerate(leaves)]

    def work():
        for i in range(steps):
            write(sources[i % width], i + i % width)
            if not effects:
                for place, leaf in enumerate(leaves):
                    found[place] = get(leaf)

    for i in range(steps):
        values[i % width] = i + i % width
    last = _plain(shape, values)
    return work, lambda: expect(
        sum=(sum(found.values()), sum(last[place] for place in places)), kept=(bool(keep), True)
    )


def graph(**parameters):
    return lambda lib: layered(lib, **parameters)


GRAPHS = {
    "simple component": graph(width=10, layers=5, reads=2, fixed=1, watched=0.2, steps=2000),
    "dynamic component": graph(width=10, layers=10, reads=6, fixed=0.75, watched=0.2, steps=200),
    "large web app": graph(width=500, layers=12, reads=4, fixed=0.95, watched=1, steps=15),
    "large web app, effects": graph(
        width=500, layers=12, reads=4, fixed=0.95, watched=1, steps=15, effects=True
    ),
    "wide dense": graph(width=500, layers=5, reads=25, fixed=1, watched=1, steps=5),
    "deep": graph(width=5, layers=300, reads=3, fixed=1, watched=1, steps=10),
    "very dynamic": graph(width=100, layers=15, reads=6, fixed=0.5, watched=1, steps=20),
}
