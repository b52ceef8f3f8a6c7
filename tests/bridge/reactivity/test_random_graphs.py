"""Random graphs and random programs, against an oracle that computes everything anew after each step.

The oracle knows no graph: it evaluates a node by evaluating what it reads. An effect has to run at the end of
an operation if, and only if, something that it read has another value than it had then.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

from hypothesis import given, settings
from hypothesis import strategies as st

from pyodide_app.bridge.reactivity import Computed, Effect, Signal, batch

SIGNALS = 4


@dataclass(frozen=True)
class Spec:
    """What a computed or an effect does: it reads `switch`, and then the one list or the other."""

    switch: int
    odd: tuple[int, ...]
    even: tuple[int, ...]
    modulo: int  # a small one: values are often the same after a change

    def reads(self, switch: int) -> tuple[int, ...]:
        return self.odd if switch % 2 else self.even


@dataclass
class Watcher:
    """An effect of the program, and what it saw in its last run, now and before the operation."""

    effect: Effect
    seen: dict[int, int]
    before: dict[int, int]
    runs: int = 0


class World:
    def __init__(self, specs: list[Spec]) -> None:
        self.specs = specs
        self.truth = [0] * SIGNALS
        self.nodes: list[Signal[int] | Computed[int]] = [Signal(0) for _ in range(SIGNALS)]
        self.last_seen: list[dict[int, int]] = [{} for _ in specs]
        self.may_run = [True for _ in specs]
        self.watchers: list[Watcher] = []
        for number, spec in enumerate(specs):
            self.nodes.append(Computed(partial(self.compute, number, spec)))

    # The functions of the nodes

    def read(self, spec: Spec, seen: dict[int, int]) -> int:
        switch = seen[spec.switch] = self.nodes[spec.switch].value
        total = switch
        for source in spec.reads(switch):
            seen[source] = self.nodes[source].value
            total += seen[source]
        return total % spec.modulo

    def compute(self, number: int, spec: Spec) -> int:
        assert self.may_run[number], f"computed {number} ran though nothing had changed for it"
        self.may_run[number] = False
        self.last_seen[number] = {}
        return self.read(spec, self.last_seen[number])

    # The oracle

    def value(self, node: int) -> int:
        if node < SIGNALS:
            return self.truth[node]
        spec = self.specs[node - SIGNALS]
        switch = self.value(spec.switch)
        return (switch + sum(map(self.value, spec.reads(switch)))) % spec.modulo

    def after_a_write(self) -> None:
        for number, seen in enumerate(self.last_seen):
            if any(self.value(source) != value for source, value in seen.items()):
                self.may_run[number] = True

    @contextmanager
    def expecting(self) -> Iterator[None]:
        """The effects that have to run in this block do, once, and no others."""
        for watcher in self.watchers:
            watcher.before, watcher.runs = dict(watcher.seen), 0
        yield
        for watcher in self.watchers:
            changed = any(self.value(source) != value for source, value in watcher.before.items())
            assert watcher.runs == changed
            assert all(self.value(source) == value for source, value in watcher.seen.items())

    # The operations

    def do(self, operation: tuple[object, ...]) -> None:
        match operation:
            case "write", int(signal), int(value):
                self.truth[signal] = value
                self.after_a_write()
                self.nodes[signal].value = value
            case "read", int(node):
                node %= len(self.nodes)
                assert self.nodes[node].value == self.value(node)
            case "watch", Spec() as spec:
                self.watch(spec)
            case "dispose", int(which):
                if self.watchers:
                    self.watchers.pop(which % len(self.watchers)).effect.dispose()
            case "batch", list(operations):
                with batch():
                    for each in operations:
                        self.do(each)

    def watch(self, spec: Spec) -> None:
        seen: dict[int, int] = {}

        def run() -> None:
            seen.clear()
            self.read(spec, seen)
            watcher.runs += 1

        effect = Effect(run)
        watcher = Watcher(effect, seen, {})
        effect.start()
        watcher.before, watcher.runs = dict(seen), 0
        self.watchers.append(watcher)


def specs_over(nodes: int) -> st.SearchStrategy[Spec]:
    node = st.integers(0, nodes - 1)
    some = st.lists(node, max_size=3).map(tuple)
    return st.builds(Spec, node, some, some, st.sampled_from([2, 3, 100]))


@st.composite
def worlds(draw: st.DrawFn) -> tuple[list[Spec], list[tuple[object, ...]]]:
    computeds = draw(st.integers(1, 8))
    specs = [draw(specs_over(SIGNALS + number)) for number in range(computeds)]
    every = SIGNALS + computeds
    write = st.tuples(st.just("write"), st.integers(0, SIGNALS - 1), st.integers(0, 3))
    read = st.tuples(st.just("read"), st.integers(0, every - 1))
    watch = st.tuples(st.just("watch"), specs_over(every))
    dispose = st.tuples(st.just("dispose"), st.integers(0, 9))
    single = st.one_of(write, write, read, watch, dispose)
    together = st.tuples(st.just("batch"), st.lists(single, max_size=6))
    return specs, draw(st.lists(st.one_of(single, together), max_size=25))


@settings(max_examples=150, deadline=None)
@given(worlds())
def test_values_and_runs_are_those_of_the_oracle(world: tuple[list[Spec], list[tuple[object, ...]]]) -> None:
    specs, operations = world
    made = World(specs)
    for operation in operations:
        with made.expecting():
            made.do(operation)
    for node in range(len(made.nodes)):
        made.do(("read", node))
