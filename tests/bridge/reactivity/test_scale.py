"""Large graphs: no recursion, no work for what does not change, nothing kept that nobody needs."""

import gc
import weakref

from pyodide_app.bridge.reactivity import Computed, Effect, Signal, computed, effect

MANY = 100_000


def chain(source: Signal[int], length: int) -> Computed[int]:
    node: Signal[int] | Computed[int] = source
    for _ in range(length):
        node = Computed(lambda below=node: below.value + 1)  # type: ignore[misc]
    assert isinstance(node, Computed)
    return node


def test_a_chain_of_100_000_is_read_and_updated() -> None:
    """milomg benchmark: deep propagation. johnsoncodehk's suite: deep chains without stack overflow."""
    source = Signal(0)
    tip = chain(source, MANY)
    assert tip.value == MANY
    seen: list[int] = []
    watch = effect(lambda: seen.append(tip.value))
    source.value = 1
    assert seen == [MANY, MANY + 1]
    watch.dispose()
    source.value = 2
    assert tip.value == MANY + 2


def test_a_long_chain_that_is_let_go_of_needs_no_recursion_either() -> None:
    """Ours: disposal and garbage collection go the same way back."""
    source = Signal(0)

    def come_and_go() -> None:
        tip = chain(source, MANY)
        effect(lambda: tip.value).dispose()

    come_and_go()
    gc.collect()
    assert not source._observers


def test_a_fan_of_100_000_is_updated() -> None:
    """milomg benchmark: broad propagation."""
    source = Signal(1)
    fan = [computed(lambda number=number: source.value * number) for number in range(MANY)]  # type: ignore[misc]
    seen: list[int] = []
    effect(lambda: seen.append(sum(node.value for node in fan)))
    source.value = 2
    assert seen == [sum(range(MANY)), 2 * sum(range(MANY))]


def test_100_000_effects_on_one_signal() -> None:
    """milomg benchmark: many observers of one source."""
    source = Signal(0)
    runs = 0

    def count() -> None:
        nonlocal runs
        runs += 1
        source.value  # noqa: B018

    watches = [effect(count) for _ in range(MANY)]
    source.value = 1
    assert runs == 2 * MANY
    for watch in watches:
        watch.dispose()
    assert not source._observers


def test_a_computed_that_nobody_observes_can_be_collected() -> None:
    """Preact signals: garbage collection, "should be collected when nobody holds it". TC39 signals: GC."""
    source = Signal(1)
    node = computed(lambda: source.value)
    assert node.value == 1
    gone = weakref.ref(node)
    del node
    gc.collect()
    assert gone() is None


def test_a_computed_whose_effect_has_ended_can_be_collected() -> None:
    """Preact signals: "should be collected after its last subscription ended"."""
    source = Signal(1)

    def come_and_go() -> "weakref.ref[Computed[int]]":
        node = computed(lambda: source.value)
        effect(lambda: node.value).dispose()
        return weakref.ref(node)

    gone = come_and_go()
    gc.collect()
    assert gone() is None
    assert not source._observers


def test_a_disposed_effect_holds_nothing_that_it_has_read() -> None:
    """alien-signals: "should release its dependencies"."""
    computeds = [computed(lambda: 1)]
    watch = effect(lambda: [node.value for node in computeds])
    gone = weakref.ref(computeds[0])
    watch.dispose()
    computeds.clear()
    gc.collect()
    assert gone() is None


def test_an_effect_lives_without_a_reference() -> None:
    """Ours: what it watches holds it, not luck."""
    source = Signal(1)
    seen: list[int] = []
    effect(lambda: seen.append(source.value))
    gc.collect()
    source.value = 2
    assert seen == [1, 2]


def test_a_signal_and_its_effect_go_together() -> None:
    """Preact signals: "should be collectable as a cycle"."""

    def make() -> "weakref.ref[Effect]":
        source = Signal(1)
        return weakref.ref(effect(lambda: source.value))

    gone = make()
    gc.collect()
    assert gone() is None


def test_a_computed_that_comes_upon_a_long_chain_when_an_effect_needs_it() -> None:
    """milomg benchmark: dynamic graphs, deep. The chain is first read in the middle of a flush."""
    go = Signal(False)
    tip = chain(Signal(0), 5_000)
    node = computed(lambda: tip.value if go.value else 0)
    seen: list[int] = []
    effect(lambda: seen.append(node.value))
    go.value = True
    assert seen == [0, 5_000]
