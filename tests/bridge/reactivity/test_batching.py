"""Batches, at whose end the effects run; and reads that don't count."""

import pytest

from pyodide_app.bridge.reactivity import Signal, batch, computed, effect, untracked


def test_effects_wait_for_the_end_of_the_outermost_batch() -> None:
    """Preact signals: "should delay writes", "should delay until the outermost batch is complete"."""
    a, b = Signal("a"), Signal("b")
    seen: list[str] = []
    effect(lambda: seen.append(a.value + b.value))
    with batch():
        with batch():
            a.value = "A"
        assert seen == ["ab"]
        b.value = "B"
    assert seen == ["ab", "AB"]


def test_a_batch_returns_what_its_function_returns() -> None:
    """Preact signals: "should return the value from the callback"."""
    assert batch(lambda: 5) == 5


def test_the_exception_of_a_batch_comes_through_and_its_effects_run() -> None:
    """Preact signals: "should throw errors thrown from the callback"."""
    a = Signal(1)
    seen: list[int] = []
    effect(lambda: seen.append(a.value))
    with pytest.raises(ZeroDivisionError), batch():
        a.value = 2
        raise ZeroDivisionError
    assert seen == [1, 2]


def test_reads_in_a_batch_see_its_writes() -> None:
    """Preact signals: "should read computed signals with updated source signals"."""
    a = Signal(1)
    double = computed(lambda: a.value * 2)
    with batch():
        a.value = 2
        assert (a.value, double.value) == (2, 4)
    assert double.value == 4


def test_a_computed_runs_once_for_many_writes() -> None:
    """milomg benchmark: batched writes. Solid: batch."""
    sources = [Signal(0) for _ in range(10)]
    runs = 0

    @computed
    def total() -> int:
        nonlocal runs
        runs += 1
        return sum(source.value for source in sources)

    effect(lambda: total.value)
    with batch():
        for source in sources:
            source.value = 1
    assert (total.value, runs) == (10, 2)


def test_a_batch_that_nets_to_nothing_runs_nothing() -> None:
    """Ours, and what Preact signals leaves open: neither computeds nor effects run."""
    a = Signal([1])
    runs: list[str] = []

    @computed
    def node() -> list[int]:
        runs.append("computed")
        return a.value

    effect(lambda: runs.append(f"effect {node.value}"))
    runs.clear()
    with batch():
        a.value = [2]
        a.value = [3]
        a.value = [1]
    assert runs == []
    a.value = [4]
    assert runs == ["computed", "effect [4]"]


def test_a_batch_that_nets_to_nothing_repairs_what_was_read_in_between() -> None:
    """Ours: the computed runs for its readers in the batch, and the effect, which saw nothing, does not."""
    a = Signal(1)
    runs: list[str] = []

    @computed
    def node() -> int:
        runs.append("computed")
        return a.value * 10

    effect(lambda: runs.append(f"effect {node.value}"))
    runs.clear()
    with batch():
        a.value = 2
        assert node.value == 20
        a.value = 1
        assert node.value == 10
    assert node.value == 10
    assert runs == ["computed", "computed"]


def test_a_computed_that_nobody_reads_again_is_repaired_too() -> None:
    """Ours: it was read in between, and the batch ended as it began."""
    a = Signal(1)
    node = computed(lambda: a.value * 10)
    seen: list[int] = []
    effect(lambda: seen.append(node.value))
    with batch():
        a.value = 2
        assert node.value == 20
        a.value = 1
    assert (node.value, seen) == (10, [10])


def test_an_effect_made_in_a_batch_that_saw_what_was_in_between_runs_again() -> None:
    """johnsoncodehk's suite: effect created inside a batch."""
    a = Signal(0)
    early: list[int] = []
    between: list[int] = []
    with batch():
        effect(lambda: early.append(a.value))
        a.value = 1
        effect(lambda: between.append(a.value))
        a.value = 0
    assert (early, between) == ([0], [1, 0])


def test_a_batch_in_an_effect_is_part_of_its_run() -> None:
    """Preact signals: "should not lead to stale signals with .value in batch"."""
    a, b = Signal(0), Signal(0)
    order: list[str] = []

    @effect
    def first() -> None:
        with batch():
            b.value = a.value
        order.append(f"first {a.value}")

    effect(lambda: order.append(f"second {b.value}"))
    a.value = 1
    assert order == ["first 0", "second 0", "first 1", "second 1"]


def test_untracked_reads_are_no_dependencies() -> None:
    """Preact signals: untracked. Solid: untrack. TC39 signals: untrack."""
    a, b = Signal(1), Signal(1)
    runs: list[int] = []

    @effect
    def watch() -> None:
        with untracked():
            hidden = b.value
        runs.append(a.value + hidden + untracked(lambda: b.value) + b.peek())

    b.value = 2
    assert runs == [4]
    a.value = 2
    assert runs == [4, 8]


def test_a_computed_read_untracked_still_tracks_its_own() -> None:
    """Solid: "untrack does not reach into memos"."""
    a = Signal(1)
    double = computed(lambda: a.value * 2)
    outer = computed(lambda: untracked(lambda: double.value))
    assert outer.value == 2
    a.value = 2
    assert (outer.value, double.value) == (2, 4)


def test_tracking_goes_on_after_an_untracked_block_that_failed() -> None:
    """Preact signals: "should restore the context when untracked throws"."""
    a = Signal(1)
    runs: list[int] = []

    @effect
    def watch() -> None:
        with pytest.raises(ZeroDivisionError), untracked():
            raise ZeroDivisionError
        runs.append(a.value)

    a.value = 2
    assert runs == [1, 2]


def test_a_write_in_an_untracked_block_is_an_ordinary_write() -> None:
    """Preact signals: "should not read-subscribe when writing in untracked"."""
    a, b = Signal(0), Signal(0)
    seen: list[int] = []
    effect(lambda: seen.append(b.value))

    @effect
    def count() -> None:
        a.value  # noqa: B018
        with untracked():
            b.value += 1

    a.value = 1
    assert seen == [0, 1, 2]


def test_update_reads_without_depending() -> None:
    """Ours: count.update(fn) in an effect does not set the effect off again."""
    a, count = Signal(0), Signal(0)

    @effect
    def watch() -> None:
        a.value  # noqa: B018
        count.update(lambda number: number + 1)

    a.value = 1
    assert count.value == 2
