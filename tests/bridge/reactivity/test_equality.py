"""When a new value counts as the same, and nothing happens."""

import pytest

from pyodide_app.bridge.reactivity import ReactiveList, Signal, computed, effect


@pytest.mark.parametrize(
    ("old", "new", "runs"),
    [
        (1, 1, 1),
        (1000, int("1000"), 1),
        ("a" * 9, "".join(["a"] * 9), 1),
        ([1], [1], 1),
        (float("nan"), float("nan"), 2),
        (1, 1.0, 2),
        (1, True, 2),
        (0, None, 2),
        ((), [], 2),
    ],
)
def test_the_default_asks_for_the_same_type_and_an_equal_value(old: object, new: object, runs: int) -> None:
    """Solid: default equality of signals. Vue reactivity: "should not trigger for the same value"."""
    source = Signal(old)
    seen: list[object] = []
    effect(lambda: seen.append(source.value))
    source.value = new
    assert len(seen) == runs


def test_the_very_same_object_is_the_same_even_if_it_denies_it() -> None:
    """Vue reactivity: "should not trigger when the value is NaN and stays NaN"."""
    nan = float("nan")
    source = Signal(nan)
    seen: list[float] = []
    effect(lambda: seen.append(source.value))
    source.value = nan
    assert len(seen) == 1


def test_an_equality_without_a_single_answer_counts_as_a_change() -> None:
    """Ours: arrays of numpy compare element by element."""

    class Array:
        def __eq__(self, other: object) -> bool:
            raise ValueError("ambiguous")

        __hash__ = None  # type: ignore[assignment]

    source = Signal(Array())
    seen: list[Array] = []
    effect(lambda: seen.append(source.value))
    source.value = Array()
    assert len(seen) == 2


def test_a_signal_may_have_an_equality_of_its_own() -> None:
    """Solid: "equals: custom function". Reactively: "custom equality"."""
    source = Signal(10, equal=lambda old, new: abs(old - new) < 5)
    seen: list[int] = []
    effect(lambda: seen.append(source.value))
    source.value = 12
    assert source.peek() == 10
    source.value = 15
    assert seen == [10, 15]


def test_an_equality_that_always_denies_makes_every_write_a_change() -> None:
    """Solid: "equals: false"."""
    source = Signal(1, equal=lambda old, new: False)
    seen: list[int] = []
    effect(lambda: seen.append(source.value))
    source.value = 1
    assert seen == [1, 1]


def test_a_computed_may_have_an_equality_of_its_own() -> None:
    """Solid: "createMemo with equals"."""
    source = Signal(1)
    parity = computed(lambda: source.value, equal=lambda old, new: old % 2 == new % 2)
    seen: list[int] = []
    effect(lambda: seen.append(parity.value))
    source.value = 3
    source.value = 4
    assert seen == [1, 4]
    assert parity.value == 4


def test_an_equality_function_that_fails_fails_the_write_and_changes_nothing() -> None:
    """TC39 signals: "throws from equals"."""

    def equal(old: int, new: int) -> bool:
        raise ZeroDivisionError

    source = Signal(1, equal=equal)
    with pytest.raises(ZeroDivisionError):
        source.value = 2
    assert source.value == 1


def test_what_can_change_inside_is_the_same_only_as_itself() -> None:
    """Ours: otherwise the signal would go on with a list that nobody changes any more."""
    first, second = ReactiveList([1]), ReactiveList([1])
    source = Signal(first)
    source.value = second
    assert source.value is second
