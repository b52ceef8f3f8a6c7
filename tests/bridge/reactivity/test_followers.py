"""A computed that no effect watches, and that is read again, is told of changes without being held."""

import gc
import weakref

import pytest

from pyodide_app.bridge.reactivity import Computed, Signal, _graph, computed, effect


def chain(signal: Signal[int], length: int) -> Computed[int]:
    """A chain that has been read twice, with a change in between."""
    last = computed(lambda: signal.value)
    for _ in range(length - 1):
        last = computed(lambda before=last: before.value + 1)  # type: ignore[misc]  # mypy knows no such lambda
    assert last.value == signal.value + length - 1
    signal.value += 1
    assert last.value == signal.value + length - 1
    return last


def test_a_change_elsewhere_costs_it_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    here, elsewhere = Signal(0), Signal(0)
    last = chain(here, 10)
    asked: list[Computed[int]] = []
    update = _graph._update

    def ask(node: Computed[int]) -> None:
        asked.append(node)
        update(node)

    monkeypatch.setattr(_graph, "_update", ask)
    elsewhere.value += 1
    assert last.value == here.value + 9
    assert asked == []
    here.value += 1
    assert last.value == here.value + 9
    assert len(asked) == 1


def test_it_is_not_held_by_what_it_reads() -> None:
    signal = Signal(0)
    last = chain(signal, 10)
    gone = weakref.ref(last)
    del last
    gc.collect()
    assert gone() is None
    assert not signal._followers


def test_it_follows_what_it_reads_now() -> None:
    which, one, other = Signal(True), Signal(1), Signal(2)
    chosen = computed(lambda: one.value if which.value else other.value)
    assert chosen.value == 1
    which.value = False
    assert chosen.value == 2
    which.value = True
    assert chosen.value == 1
    assert not other._followers
    one.value = 3
    assert chosen.value == 3


def test_an_effect_may_come_and_go() -> None:
    signal = Signal(0)
    last = chain(signal, 3)
    seen: list[int] = []
    watching = effect(lambda: seen.append(last.value))
    signal.value = 5
    watching.dispose()
    signal.value = 6
    assert last.value == 8
    signal.value = 7
    assert last.value == 9
    assert seen == [3, 7]


def test_one_that_is_observed_tells_one_that_is_not() -> None:
    signal = Signal(1)
    middle = computed(lambda: signal.value * 10)
    last = computed(lambda: middle.value + 1)
    watching = effect(lambda: middle.value)
    assert last.value == 11
    signal.value = 2
    assert last.value == 21
    signal.value = 3
    assert last.value == 31
    watching.dispose()
    signal.value = 4
    assert last.value == 41
