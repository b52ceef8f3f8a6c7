"""What a node depends on is what its last run has read, and nothing else."""

from pyodide_app.bridge.reactivity import Signal, batch, computed, effect


def test_a_branch_not_taken_is_no_dependency() -> None:
    """Preact signals: "should conditionally unsubscribe". Vue reactivity: "inactive branches"."""
    use, a, b = Signal(True), Signal("a"), Signal("b")
    runs: list[str] = []
    effect(lambda: runs.append(a.value if use.value else b.value))
    b.value = "B"
    assert runs == ["a"]
    use.value = False
    a.value = "A"
    assert runs == ["a", "B"]
    b.value = "again"
    assert runs == ["a", "B", "again"]


def test_a_computed_of_the_branch_not_taken_does_not_run() -> None:
    """Reactively: "dynamic sources recalculate correctly". Preact signals: "should not update if unused"."""
    use, a = Signal(True), Signal(1)
    runs = 0

    @computed
    def expensive() -> int:
        nonlocal runs
        runs += 1
        return a.value

    chosen = computed(lambda: expensive.value if use.value else 0)
    effect(lambda: chosen.value)
    with batch():
        use.value = False
        a.value = 2
    assert runs == 1
    a.value = 3
    assert runs == 1


def test_a_guard_that_changes_first_keeps_the_guarded_from_running() -> None:
    """Solid: "conditional memo does not run with an invalid state"."""
    items = Signal([1, 2, 3])
    some = computed(lambda: bool(items.value))
    largest = computed(lambda: max(items.value))  # raises for no items
    shown = computed(lambda: largest.value if some.value else None)
    seen: list[int | None] = []
    effect(lambda: seen.append(shown.value))
    items.value = []
    items.value = [7]
    assert seen == [3, None, 7]


def test_sources_may_be_read_in_another_order() -> None:
    """Reactively: "source order changes". alien-signals: dependency reuse by cursor."""
    flip, a, b = Signal(False), Signal(1), Signal(10)
    runs: list[int] = []
    effect(lambda: runs.append(a.value - b.value if flip.value else b.value - a.value))
    flip.value = True
    a.value = 2
    b.value = 20
    flip.value = False
    b.value = 30
    assert runs == [9, -9, -8, -18, 18, 28]


def test_reading_a_source_many_times_is_one_dependency() -> None:
    """Preact signals: "should not subscribe twice". Vue reactivity: "should avoid duplicate triggers"."""
    a = Signal(1)
    runs: list[int] = []
    effect(lambda: runs.append(a.value + a.value + a.value))
    a.value = 2
    assert runs == [3, 6]


def test_the_number_of_sources_may_grow_and_shrink() -> None:
    """milomg benchmark: dynamic graphs. Solid: "memo with a varying number of sources"."""
    count = Signal(0)
    sources = [Signal(1) for _ in range(10)]
    runs: list[int] = []
    effect(lambda: runs.append(sum(source.value for source in sources[: count.value])))
    for number in (3, 10, 1, 0, 2):
        count.value = number
    assert runs == [0, 3, 10, 1, 0, 2]
    sources[1].value = 5
    sources[2].value = 5
    assert runs == [0, 3, 10, 1, 0, 2, 6]


def test_a_computed_that_gains_and_loses_its_observers_stays_right() -> None:
    """Preact signals: "should keep graph consistent on resubscribe"."""
    a = Signal(1)
    runs = 0

    @computed
    def double() -> int:
        nonlocal runs
        runs += 1
        return a.value * 2

    first = effect(lambda: double.value)
    first.dispose()
    a.value = 2
    assert (double.value, runs) == (4, 2)
    seen: list[int] = []
    second = effect(lambda: seen.append(double.value))
    assert runs == 2
    a.value = 3
    second.dispose()
    a.value = 4
    assert (seen, double.value, runs) == ([4, 6], 8, 4)


def test_a_dependency_made_in_the_run_itself_counts() -> None:
    """Vue reactivity: "should observe computed made inside an effect"."""
    a = Signal(1)
    seen: list[int] = []

    @effect
    def watch() -> None:
        inner = computed(lambda: a.value * 10)
        seen.append(inner.value)

    a.value = 2
    assert seen == [10, 20]
    assert not watch.disposed
