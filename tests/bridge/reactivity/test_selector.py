"""selector tells only the two keys that a change concerns. Answers Solid's createSelector cases."""

import gc
from collections.abc import Callable

import pytest

from pyodide_app.bridge.reactivity import Signal, batch, computed, effect, selector
from pyodide_app.bridge.reactivity._graph import Source

Kind = Callable[[Signal[int]], "Source[int] | Callable[[], int]"]
KINDS: list[Kind] = [
    lambda signal: signal,
    lambda signal: computed(lambda: signal.value),
    lambda signal: lambda: signal.value,
]
kinds = pytest.mark.parametrize("kind", KINDS, ids=["signal", "computed", "function"])


@kinds
def test_a_change_runs_only_the_effects_of_two_keys(kind: Kind) -> None:
    """Solid: "createSelector: simple selection"."""
    selected = Signal(0)
    is_selected = selector(kind(selected))
    runs: list[tuple[int, bool]] = []
    for key in range(1_000):
        effect(lambda key=key: runs.append((key, is_selected(key))))  # type: ignore[misc]
    runs.clear()
    selected.value = 500
    assert runs == [(0, False), (500, True)]


def test_the_work_of_a_change_does_not_grow_with_the_keys() -> None:
    """Counted: comparisons with the selected key."""

    class Key(int):
        compared = 0

        def __eq__(self, other: object) -> bool:
            Key.compared += 1
            return int(self) == other

        __hash__ = int.__hash__

    def comparisons(keys: int) -> int:
        selected = Signal(Key(0))
        is_selected = selector(selected)
        every = [Key(number) for number in range(keys)]
        for key in every:
            effect(lambda key=key: is_selected(key))  # type: ignore[misc]
        Key.compared = 0
        selected.value = every[3]
        return Key.compared

    assert comparisons(1_000) == comparisons(10)


@kinds
def test_a_read_in_a_batch_sees_its_writes(kind: Kind) -> None:
    selected = Signal(0)
    is_selected = selector(kind(selected))
    one = computed(lambda: is_selected(1))
    runs: list[bool] = []
    effect(lambda: runs.append(one.value))
    with batch():
        selected.value = 1
        assert (is_selected(0), is_selected(1), one.value) == (False, True, True)
    assert runs == [False, True]


@kinds
def test_a_batch_that_nets_to_nothing_runs_nothing(kind: Kind) -> None:
    selected = Signal(0)
    is_selected = selector(kind(selected))
    one = computed(lambda: is_selected(1))
    runs: list[tuple[bool, bool]] = []
    effect(lambda: runs.append((is_selected(0), one.value)))
    with batch():
        selected.value = 1
        assert one.value
        selected.value = 0
    assert runs == [(True, False)]
    assert not one.value


@kinds
def test_who_reads_the_source_too_sees_one_state_and_runs_once(kind: Kind) -> None:
    selected = Signal(0)
    is_selected = selector(kind(selected))
    one = computed(lambda: is_selected(1))
    seen: list[tuple[int, bool, bool]] = []
    effect(lambda: seen.append((selected.value, is_selected(1), one.value)))
    selected.value = 1
    selected.value = 2
    assert seen == [(0, False, False), (1, True, True), (2, False, False)]


@kinds
def test_an_effect_older_than_the_selector_sees_one_state_too(kind: Kind) -> None:
    selected = Signal(0)
    made: list[Callable[[int], bool]] = []
    seen: list[tuple[int, list[bool]]] = []
    go = Signal(0)

    @effect
    def older() -> None:
        go.value  # noqa: B018
        seen.append((selected.value, [is_selected(1) for is_selected in made]))

    made.append(selector(kind(selected)))
    go.value = 1
    selected.value = 1
    assert seen == [(0, []), (0, [False]), (1, [True])]


def test_a_computed_source_runs_once_for_a_batch_when_only_effects_ask() -> None:
    a, b = Signal(0), Signal(0)
    runs = 0

    @computed
    def total() -> int:
        nonlocal runs
        runs += 1
        return a.value + b.value

    is_selected = selector(total)
    seen: list[bool] = []
    effect(lambda: seen.append(is_selected(2)))
    with batch():
        a.value = 1
        b.value = 1
    assert (seen, runs) == ([False, True], 2)


def test_keys_that_nobody_watches_are_forgotten() -> None:
    selected = Signal(0)
    is_selected = selector(selected)
    watches = [effect(lambda key=key: is_selected(key)) for key in range(100)]  # type: ignore[misc]
    assert is_selected(7) is False
    assert len(list(is_selected._watched.keys())) == 100
    for watch in watches:
        watch.dispose()
    del watch, watches
    gc.collect()
    assert len(list(is_selected._watched.keys())) == 0


def test_the_effects_that_ask_live_without_a_reference() -> None:
    selected = Signal(0)
    seen: list[bool] = []

    def start() -> None:
        is_selected = selector(selected)
        effect(lambda: seen.append(is_selected(1)))

    start()
    gc.collect()
    selected.value = 1
    assert seen == [False, True]


def test_a_source_that_fails_fails_for_every_key_until_it_recovers() -> None:
    selected = Signal(1)
    is_selected = selector(lambda: 6 // selected.value)
    seen: list[object] = []

    @effect
    def watch() -> None:
        try:
            seen.append(is_selected(3))
        except ZeroDivisionError:
            seen.append("failed")

    selected.value = 0
    selected.value = 2
    assert seen == [False, "failed", True]


def test_after_its_owner_has_ended_it_still_answers() -> None:
    from pyodide_app.bridge.reactivity import Scope

    selected = Signal(0)
    with Scope() as scope:
        is_selected = selector(selected)
    scope.dispose()
    selected.value = 1
    assert is_selected(1)
    assert not is_selected(0)
