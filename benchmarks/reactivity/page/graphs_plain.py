"""Graphs whose shape stays: chains, fans, diamonds, cellx, many effects, mux.

A graph is a function: it builds, and returns the work to be timed and a function that says what is wrong.
"""

from spelling import get, put, read, write


def expect(runs=None, **pairs):
    """What is wrong, and what was run in vain, given (found, expected) by name."""
    wrong = [f"{name} is {found}, not {wanted}" for name, (found, wanted) in pairs.items() if found != wanted]
    if runs and runs[0] < runs[1]:
        wrong.append(f"{runs[0]} runs, not {runs[1]}")
    wasted = f"{runs[0]} runs, not {runs[1]}" if runs and runs[0] > runs[1] else ""
    return {"problem": "; ".join(wrong)[:200], "wasted": wasted}


# Functions are closures, without defaults: some libraries give a value to each parameter that they find.
def plus(lib, source, amount):
    return lib.computed(lambda: get(source) + amount, source)


def read_plus(lib, source, amount):
    return lib.computed(lambda: read(source) + amount, source)


def collect(lib, seen, node):
    return lib.effect(lambda: seen.append(get(node)), node)


def sum_of(lib, nodes):
    return lib.computed(lambda: sum([get(node) for node in nodes]), *nodes)


def _chain(lib, length, writes):
    head = lib.signal(0)
    nodes = [read_plus(lib, head, 1)]
    for _ in range(length - 1):
        nodes.append(plus(lib, nodes[-1], 1))
    seen = []
    keep = collect(lib, seen, nodes[-1])

    def work():
        for i in range(1, writes + 1):
            write(head, i)

    return work, lambda: expect(
        (len(seen), writes + 1), value=(seen[-1], writes + length), kept=(bool(keep), True)
    )


def chain(lib):
    """100 computeds one behind the other; 100 writes."""
    return _chain(lib, 100, 100)


def deep_chain(lib):
    """2,000 computeds one behind the other; 5 writes."""
    return _chain(lib, 2000, 5)


def fan_out(lib):
    """A signal, 300 computeds of it, an effect on each; 20 writes."""
    head, seen = lib.signal(0), []
    nodes = [read_plus(lib, head, i) for i in range(300)]
    keep = [collect(lib, seen, node) for node in nodes]

    def work():
        for i in range(1, 21):
            write(head, i)

    return work, lambda: expect(
        (len(seen), 300 * 21), sum=(sum(seen[-300:]), sum(range(20, 320))), kept=(len(keep), 300)
    )


def fan_in(lib):
    """300 signals, one sum of them, an effect; 50 writes."""
    sources = [lib.signal(i) for i in range(300)]
    total = lib.computed(lambda: sum([read(source) for source in sources]), *sources)
    seen = []
    keep = collect(lib, seen, total)

    def work():
        for i in range(50):
            write(sources[i], i + 1)

    return work, lambda: expect(
        (len(seen), 51), sum=(seen[-1], sum(range(300)) + 50), kept=(bool(keep), True)
    )


def diamond(lib):
    """A signal, 50 computeds of it, one sum of them, an effect; 100 writes, no glitch."""
    head = lib.signal(0)
    total = sum_of(lib, [read_plus(lib, head, i) for i in range(50)])
    seen = []
    keep = collect(lib, seen, total)

    def work():
        for i in range(1, 101):
            write(head, i)

    return work, lambda: expect(
        (len(seen), 101), sum=(seen[-1], 50 * 100 + sum(range(50))), kept=(bool(keep), True)
    )


def avoidable(lib):
    """A change that a computed swallows must not reach the 50 behind it; 500 writes."""
    head, runs = lib.signal(0), []
    same = lib.computed(lambda: read(head) * 0, head)
    nodes = [lib.computed(lambda: runs.append(1) or get(same) + 1, same) for _ in range(50)]
    seen = []
    keep = [collect(lib, seen, node) for node in nodes]

    def work():
        for i in range(1, 501):
            write(head, i)

    return work, lambda: expect((len(runs), 50), seen=(seen[-1], 1), kept=(len(keep), 50))


def cellx(lib):
    """50 layers of four computeds that cross over, an effect on each of the last; 20 batches."""
    heads = [lib.signal(i) for i in (1, 2, 3, 4)]
    layer = [read_plus(lib, head, 0) for head in heads]
    keep = list(layer)
    for _ in range(50):
        layer = _crossed(lib, *layer)
        keep += layer
    seen = [[] for _ in layer]
    keep += [collect(lib, values, node) for values, node in zip(seen, layer, strict=True)]

    def work():
        for i in range(1, 21):
            with lib.batch():
                for place, head in enumerate(heads):
                    put(head, (4 - place) * i)

    values = [80, 60, 40, 20]
    for _ in range(50):
        a, b, c, d = values
        values = [b, a - c, b + d, c]
    return work, lambda: expect(values=([some[-1] for some in seen], values), kept=(len(keep), 208))


def _crossed(lib, a, b, c, d):
    return [
        lib.computed(lambda: get(b), b),
        lib.computed(lambda: get(a) - get(c), a, c),
        lib.computed(lambda: get(b) + get(d), b, d),
        lib.computed(lambda: get(c), c),
    ]


def many_effects(lib):
    """4 signals, 48 computeds of each, 192 effects that each read one of them and a signal; 20 batches."""
    sources = [lib.signal(0) for _ in range(4)]
    seen = {}

    def effect_on(i, node, other):
        return lib.effect(lambda: seen.update({i: get(node) - read(other)}), node, other)

    nodes = [read_plus(lib, sources[i % 4], i) for i in range(192)]
    keep = [effect_on(i, node, sources[(i + 1) % 4]) for i, node in enumerate(nodes)]

    def work():
        for i in range(1, 21):
            with lib.batch():
                for source in sources:
                    put(source, i)

    return work, lambda: expect(sum=(sum(seen.values()), sum(range(192))), kept=(len(keep), 192))


def mux(lib):
    """100 signals joined into one tuple, taken apart by 100 computeds, an effect on each; 10 writes."""
    sources = [lib.signal(0) for _ in range(100)]
    joined = lib.computed(lambda: tuple([read(source) for source in sources]), *sources)

    def part(i):
        return lib.computed(lambda: get(joined)[i], joined)

    seen = []
    nodes = [part(i) for i in range(100)]
    keep = [collect(lib, seen, node) for node in nodes]

    def work():
        for i in range(10):
            write(sources[i], i + 1)

    return work, lambda: expect((len(seen), 110), most=(max(seen), 10), kept=(len(keep), 100))


def many_signals(lib):
    """1,000 writes in one batch, seen by one effect; 5 batches."""
    sources = [lib.signal(0) for _ in range(1000)]
    seen = []
    keep = lib.effect(lambda: seen.append(sum([read(source) for source in sources])), *sources)

    def work():
        for i in range(1, 6):
            with lib.batch():
                for source in sources:
                    put(source, i)

    return work, lambda: expect((len(seen), 6), sum=(seen[-1], 5000), kept=(bool(keep), True))


GRAPHS = {
    "chain": chain,
    "deep chain": deep_chain,
    "fan-out": fan_out,
    "fan-in": fan_in,
    "diamond": diamond,
    "avoidable": avoidable,
    "cellx": cellx,
    "192 effects": many_effects,
    "mux": mux,
    "batch": many_signals,
}
