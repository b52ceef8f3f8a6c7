"""Writes inside effects and computeds; cycles."""

import pytest

from pyodide_app.bridge.reactivity import Computed, CycleError, Signal, computed, effect


def test_an_effect_may_write_what_another_reads() -> None:
    """Preact signals: "should allow writing in effects". Solid: "effect sets another signal"."""
    a, b = Signal(1), Signal(0)
    seen: list[int] = []

    @effect
    def copy() -> None:
        b.value = a.value * 10

    effect(lambda: seen.append(b.value))
    a.value = 2
    assert seen == [10, 20]


def test_an_effect_that_others_write_before_it_runs_once() -> None:
    """Solid: "effects settle in one flush"."""
    a, b, c = Signal(1), Signal(0), Signal(0)
    seen: list[tuple[int, int]] = []
    effect(lambda: setattr(b, "value", a.value + 1))
    effect(lambda: setattr(c, "value", a.value + 2))
    effect(lambda: seen.append((b.value, c.value)))
    a.value = 2
    assert seen == [(2, 3), (3, 4)]


def test_an_effect_that_writes_what_it_reads_runs_until_it_settles() -> None:
    """Preact signals: "should rerun if a dependency changes in the run"."""
    a = Signal(5)
    runs = 0

    @effect
    def decrease() -> None:
        nonlocal runs
        runs += 1
        if a.value > 0:
            a.value -= 1

    assert (a.value, runs) == (0, 6)
    a.value = 2
    assert (a.value, runs) == (0, 9)


def test_a_write_before_the_read_is_no_reason_to_run_again() -> None:
    """Ours: the run has seen its own write."""
    a, go = Signal(0), Signal(1)
    seen: list[int] = []

    @effect
    def watch() -> None:
        a.value = go.value * 2
        seen.append(a.value)

    go.value = 2
    assert seen == [2, 4]


def test_a_read_after_a_write_in_an_effect_sees_it_through_computeds() -> None:
    """Preact signals: "computed is up to date inside an effect that has just written"."""
    a = Signal(1)
    double = computed(lambda: a.value * 2)
    seen: list[int] = []
    go = Signal(0)

    @effect
    def watch() -> None:
        a.value = go.value
        seen.append(double.peek())

    go.value = 4
    assert seen == [0, 8]


def test_a_computed_may_write_a_signal() -> None:
    """Vue reactivity: "should be possible to write in a computed (not recommended)"."""
    a, count = Signal(1), Signal(0)

    @computed
    def node() -> int:
        count.value = count.peek() + 1
        return a.value

    seen: list[int] = []
    effect(lambda: seen.append(count.value))
    assert node.value == 1
    a.value = 2
    assert node.value == 2
    assert seen == [0, 1, 2]


def test_effects_that_set_each_other_off_for_ever_are_stopped_and_named() -> None:
    """Preact signals: "should throw on indirect cycles". Vue reactivity: "should avoid infinite loops"."""
    a, b = Signal(0), Signal(0)

    def ping() -> None:
        b.value = a.value + 1

    def pong() -> None:
        a.value = b.value + 1

    effect(ping)
    with pytest.raises(ExceptionGroup) as raised:
        effect(pong)
    [error] = {type(each): each for each in raised.value.exceptions}.values()
    assert isinstance(error, CycleError)
    assert "ping" in str(raised.value.exceptions) or "pong" in str(raised.value.exceptions)


def test_others_still_work_after_a_cycle_was_stopped() -> None:
    """johnsoncodehk's suite: recovery after an endless effect."""
    a, stop = Signal(0), Signal(False)

    def endless() -> None:
        if not stop.value:
            a.value += 1

    with pytest.raises(ExceptionGroup):
        effect(endless)
    stop.value = True
    seen: list[int] = []
    other = Signal(1)
    effect(lambda: seen.append(other.value))
    other.value = 2
    assert seen == [1, 2]


def test_a_computed_that_needs_itself_is_named() -> None:
    """Preact signals: "should throw when a computed depends on itself". TC39 signals: self-cycle."""

    def narcissus() -> int:
        return node.value + 1

    node: Computed[int] = computed(narcissus)
    with pytest.raises(CycleError, match=r"narcissus.* → .*narcissus"):
        node.value  # noqa: B018


def test_a_cycle_through_several_names_them_all_in_order() -> None:
    """Preact signals: "should detect deep cycles". TC39 signals: cycle through several."""

    def one() -> int:
        return nodes[1].value

    def two() -> int:
        return nodes[2].value

    def three() -> int:
        return nodes[0].value

    nodes: list[Computed[int]] = [computed(one), computed(two), computed(three)]
    with pytest.raises(CycleError) as raised:
        nodes[0].value  # noqa: B018
    names = [
        part.split(" ")[0].rsplit(".", 1)[-1] for part in str(raised.value).split(": ", 1)[1].split(" → ")
    ]
    assert names == ["one", "two", "three", "one"]
    assert repr(raised.value) == f"CycleError({str(raised.value)!r})"


def test_a_cycle_that_opens_again_computes_again() -> None:
    """Preact signals: "should recover when the cycle is gone"."""
    closed = Signal(True)
    a: Computed[int] = computed(lambda: b.value + 1 if closed.value else 1)
    b: Computed[int] = computed(lambda: a.value + 1)
    with pytest.raises(CycleError):
        b.value  # noqa: B018
    closed.value = False
    assert (a.value, b.value) == (1, 2)


def test_a_cycle_of_many_is_found_without_recursion() -> None:
    """Ours: 5,000 computeds in a ring."""
    ring: list[Computed[int]] = []
    for number in range(5_000):
        ring.append(computed(lambda number=number: ring[number - 1].value))  # type: ignore[misc]
    with pytest.raises(CycleError):
        ring[0].value  # noqa: B018


def test_what_a_cleanup_writes_is_no_change_after_the_read_of_the_next_run() -> None:
    """Ours: the cleanup comes before the run."""
    a = Signal(0)
    seen: list[int] = []

    @effect
    def watch() -> object:
        seen.append(a.value)
        return lambda: a.update(lambda number: number + 1)

    a.value = 10
    assert seen == [0, 11]
