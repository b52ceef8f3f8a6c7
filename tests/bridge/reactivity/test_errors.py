"""Exceptions: a computed keeps them for its readers; a failing effect stops no other."""

import traceback

import pytest

from pyodide_app.bridge.reactivity import Signal, batch, computed, effect


def test_a_computed_raises_to_each_reader_and_runs_once() -> None:
    """Preact signals: "should keep the exception cached". TC39 signals: cached errors."""
    a = Signal(0)
    runs = 0

    @computed
    def node() -> float:
        nonlocal runs
        runs += 1
        return 1 / a.value

    for _ in range(3):
        with pytest.raises(ZeroDivisionError):
            node.value  # noqa: B018
    assert runs == 1
    a.value = 2
    assert (node.value, runs) == (0.5, 2)


def test_the_traceback_of_a_cached_exception_does_not_grow() -> None:
    """Ours: each reader gets the traceback that there was at first."""
    node = computed(lambda: 1 / 0)
    lengths = set()
    for _ in range(5):
        try:
            node.value  # noqa: B018
        except ZeroDivisionError as error:
            lengths.add(len(traceback.extract_tb(error.__traceback__)))
    assert len(lengths) == 1


def test_a_failure_passes_through_computeds_that_do_not_catch_it() -> None:
    """Reactively: errors propagate. TC39 signals: "errors propagate through computeds"."""
    a = Signal(0)
    failing = computed(lambda: 1 / a.value)
    middle = computed(lambda: failing.value + 1)
    seen: list[object] = []

    @effect
    def watch() -> None:
        try:
            seen.append(middle.value)
        except ZeroDivisionError:
            seen.append("failed")

    a.value = 1
    a.value = 0
    assert seen == ["failed", 2.0, "failed"]


def test_a_computed_that_failed_still_depends_on_what_it_had_read() -> None:
    """Preact signals: "should keep dependencies when the function throws"."""
    a, b = Signal(0), Signal(0)

    @computed
    def node() -> int:
        if a.value == 0:
            raise ValueError("zero")
        return b.value

    seen: list[object] = []

    @effect
    def watch() -> None:
        try:
            seen.append(node.value)
        except ValueError:
            seen.append("failed")

    b.value = 1
    a.value = 1
    b.value = 2
    assert seen == ["failed", 1, 2]


def test_an_effect_whose_first_run_fails_is_over() -> None:
    """Preact signals: "should throw and dispose on the first run"."""
    a = Signal(0)
    told: list[str] = []
    runs = 0

    def watch() -> object:
        nonlocal runs
        runs += 1
        told.append("cleanup to come")
        return 1 / a.value

    with pytest.raises(ZeroDivisionError):
        effect(watch)
    a.value = 1
    assert runs == 1


def test_a_failing_effect_stops_no_other_and_all_failures_come_in_one_group() -> None:
    """Preact signals: "should run all effects even if some throw"; ours: the group."""
    a = Signal(0)
    seen: list[int] = []
    for number in (1, 2):

        def fail(number: int = number) -> None:
            if a.value == 1:
                raise ValueError(number)

        effect(fail)
    effect(lambda: seen.append(a.value))
    with pytest.raises(ExceptionGroup) as raised:
        a.value = 1
    assert [error.args for error in raised.value.exceptions] == [(1,), (2,)]
    assert seen == [0, 1]
    a.value = 2
    assert seen == [0, 1, 2]


def test_an_effect_that_failed_runs_again_at_the_next_change() -> None:
    """Vue reactivity: "should keep working after an error"."""
    a = Signal(1)
    seen: list[float] = []
    effect(lambda: seen.append(1 / a.value))
    with pytest.raises(ExceptionGroup):
        a.value = 0
    a.value = 2
    assert seen == [1.0, 0.5]


def test_the_failures_of_a_batch_come_at_its_end() -> None:
    """Preact signals: "should throw the first error of effects at the end of the batch"; ours: all."""
    a = Signal(1)
    effect(lambda: 1 / a.value)
    with pytest.raises(ExceptionGroup), batch():
        a.value = 0
        a.value = 0


def test_an_effect_with_a_failing_dependency_fails_only_with_it() -> None:
    """alien-signals: "should not leave the graph in a wrong state after an error"."""
    a, b = Signal(1), Signal(1)
    inverse = computed(lambda: 1 / a.value)
    seen: list[float] = []
    effect(lambda: seen.append(b.value + inverse.value))
    with pytest.raises(ExceptionGroup):
        a.value = 0
    with pytest.raises(ExceptionGroup):
        b.value = 2
    a.value = 1
    assert seen == [2.0, 3.0]


def test_what_stops_the_program_stops_the_flush_but_loses_no_effect() -> None:
    """Ours: KeyboardInterrupt is no failure of an effect."""
    a, other = Signal(0), Signal(0)
    seen: list[int] = []

    @effect
    def interrupted() -> None:
        if a.value == 1:
            raise KeyboardInterrupt

    effect(lambda: seen.append(a.value))
    with pytest.raises(KeyboardInterrupt):
        a.value = 1
    other.value = 1
    a.value = 2
    assert seen[-1] == 2


def test_a_failing_cleanup_comes_with_the_run_that_it_precedes() -> None:
    """Preact signals: "should throw when the cleanup throws"."""
    a = Signal(0)

    @effect
    def watch() -> object:
        a.value  # noqa: B018

        def fail() -> None:
            raise ValueError("cleanup")

        return fail

    with pytest.raises(ExceptionGroup) as raised:
        a.value = 1
    assert raised.group_contains(ValueError, match="cleanup")
