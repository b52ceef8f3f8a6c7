"""A change reaches what depends on it, once, and in a consistent state.

Here and in the other files a test's docstring names the public suites whose cases it answers to.
"""

from collections.abc import Callable

import pytest

from pyodide_app.bridge.reactivity import Computed, Signal, batch, computed, effect


class Counted:
    """A function that counts its calls."""

    def __init__(self, fn: Callable[[], int]) -> None:
        self.fn = fn
        self.calls = 0

    def __call__(self) -> int:
        self.calls += 1
        return self.fn()


def test_a_computed_does_not_run_before_it_is_read() -> None:
    """Preact signals: computed, "should compute value lazily". Reactively: lazy evaluation."""
    source = Signal(1)
    double = Counted(lambda: source.value * 2)
    node = computed(double)
    source.value = 2
    assert double.calls == 0
    assert (node.value, node.value, double.calls) == (4, 4, 1)


def test_an_unobserved_computed_runs_again_only_after_a_change() -> None:
    """Preact signals: "should not recompute when nothing changed". TC39 signals: laziness."""
    source, other = Signal(1), Signal(1)
    double = Counted(lambda: source.value * 2)
    node = computed(double)
    assert node.value == 2
    other.value = 5  # the clock ticks, and nothing of this changes
    assert (node.value, double.calls) == (2, 1)
    source.value = 3
    assert (node.value, double.calls) == (6, 2)


def test_nothing_runs_when_a_write_changes_nothing() -> None:
    """Preact signals: "should not notify when the value is the same". Solid: equality of signals."""
    source = Signal(1)
    runs: list[int] = []
    effect(lambda: runs.append(source.value))
    source.value = 1
    assert runs == [1]


def test_the_tip_of_a_diamond_runs_once() -> None:
    """Preact signals: "should only update every signal once (diamond graph)". Reactively: diamond."""
    a = Signal("a")
    b = computed(lambda: a.value)
    c = computed(lambda: a.value)
    seen: list[str] = []
    effect(lambda: seen.append(b.value + c.value))
    a.value = "x"
    assert seen == ["aa", "xx"]


def test_a_tail_after_a_diamond_runs_once() -> None:
    """Preact signals: "should only update every signal once (diamond graph + tail)"."""
    a = Signal(1)
    b, c = computed(lambda: a.value), computed(lambda: a.value)
    d = Counted(lambda: b.value + c.value)
    tip = computed(d)
    e = Counted(lambda: tip.value)
    tail = computed(e)
    assert tail.value == 2
    a.value = 2
    assert (tail.value, d.calls, e.calls) == (4, 2, 2)


def test_a_diamond_with_a_long_arm_runs_its_tip_once() -> None:
    """Preact signals: "should drop A->B->A updates". Reactively: jagged diamond."""
    a = Signal(2)
    minus = computed(lambda: a.value - 1)
    total = Counted(lambda: a.value + minus.value)
    both = computed(total)
    seen: list[str] = []
    effect(lambda: seen.append(f"d: {both.value}"))
    a.value = 4
    assert seen == ["d: 3", "d: 7"]
    assert total.calls == 2


def test_a_jagged_diamond_shows_its_last_effect_one_state_only() -> None:
    """Preact signals: "should support a jagged diamond with tails"."""
    a = Signal(1)
    b, c = computed(lambda: a.value), computed(lambda: a.value)
    d = computed(lambda: c.value)
    e = computed(lambda: b.value * 10 + d.value)
    seen: list[tuple[int, int, int]] = []
    effect(lambda: seen.append((e.value, e.value + 1, e.value + 2)))
    a.value = 2
    assert seen == [(11, 12, 13), (22, 23, 24)]


def test_a_computed_that_stays_equal_stops_the_wave() -> None:
    """Preact signals: "should bail out if result is the same". Reactively: "bail out on equal computed"."""
    a = Signal(1)
    constant = Counted(lambda: a.value * 0)
    b = computed(constant)
    after = Counted(lambda: b.value + 1)
    c = computed(after)
    runs: list[int] = []
    effect(lambda: runs.append(c.value))
    a.value = 2
    assert (constant.calls, after.calls, runs) == (2, 1, [1])


def test_one_arm_that_changes_is_enough() -> None:
    """Preact signals: "should ensure subs update even if one dep unmarks it"."""
    a = Signal(1)
    same = computed(lambda: a.value * 0)
    other = computed(lambda: a.value)
    both = Counted(lambda: same.value + other.value)
    node = computed(both)
    assert node.value == 1
    a.value = 2
    assert (node.value, both.calls) == (2, 2)


def test_all_arms_that_stay_equal_stop_the_wave() -> None:
    """Preact signals: "should not update a sub if all deps unmark it"."""
    a = Signal(1)
    arms = [computed(lambda: a.value * 0) for _ in range(3)]
    tip = Counted(lambda: sum(arm.value for arm in arms))
    node = computed(tip)
    effect(lambda: node.value)
    a.value = 2
    assert tip.calls == 1


def test_effects_run_in_the_order_in_which_they_were_made() -> None:
    """Vue reactivity: effect order. alien-signals: "should run effects in creation order"."""
    a, b = Signal(0), Signal(0)
    order: list[str] = []
    for name in "abc":
        effect(lambda name=name: order.append(f"{name}{a.value}{b.value}"))  # type: ignore[misc]
    order.clear()
    with batch():
        b.value = 1
        a.value = 1
    assert order == ["a11", "b11", "c11"]


@pytest.mark.parametrize("width", [1, 5, 50])
def test_each_node_of_a_layered_graph_runs_once_for_each_change(width: int) -> None:
    """milomg benchmark: cellx and "wide dense" layers, as counts."""
    source = Signal(1)
    layer: list[Signal[int] | Computed[int]] = [source]
    counters: list[Counted] = []
    for _ in range(4):
        below = layer
        new = [Counted(lambda below=below: sum(node.value for node in below) % 1000) for _ in range(width)]  # type: ignore[misc]
        counters += new
        layer = [computed(each) for each in new]
    last = layer
    effect(lambda: [node.value for node in last])
    source.value = 2
    assert {counter.calls for counter in counters} == {2}


def test_computeds_are_up_to_date_before_an_effect_that_reads_an_older_one() -> None:
    """Solid: "effect sees a consistent state when sources are at different depths"."""
    a = Signal(1)
    deep: Computed[int] = computed(lambda: a.value)
    for _ in range(5):
        deep = computed(lambda below=deep: below.value + 1)  # type: ignore[misc]
    seen: list[tuple[int, int]] = []
    effect(lambda: seen.append((a.value, deep.value)))
    a.value = 10
    assert seen == [(1, 6), (10, 15)]


def test_a_writable_computed_writes_what_it_is_computed_from() -> None:
    """Vue reactivity: "should support setter"."""
    plus_one_source = Signal(1)

    def put(value: int) -> None:
        plus_one_source.value = value - 1

    plus_one = computed(lambda: plus_one_source.value + 1, set=put)
    seen: list[int] = []
    effect(lambda: seen.append(plus_one.value))
    plus_one.value = 5
    assert (plus_one_source.value, seen) == (4, [2, 5])


def test_setting_a_computed_without_a_setter_says_how_to_make_one() -> None:
    """Vue reactivity: "should warn if trying to set it"."""
    node = computed(lambda: 1)
    with pytest.raises(AttributeError, match=r"is computed; to set it, make it with computed\(…, set=…\)"):
        node.value = 2
