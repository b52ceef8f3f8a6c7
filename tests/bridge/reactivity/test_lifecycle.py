"""Who lives how long: effects, what is made in them, scopes and cleanups."""

import pytest

from pyodide_app.bridge.reactivity import Scope, Signal, batch, computed, effect, on_cleanup


def test_a_disposed_effect_runs_no_more() -> None:
    """Preact signals: "should dispose of subscriptions". Vue reactivity: "stop"."""
    a = Signal(1)
    runs: list[int] = []
    watch = effect(lambda: runs.append(a.value))
    watch.dispose()
    watch.dispose()
    a.value = 2
    assert runs == [1]
    assert watch.disposed


def test_cleanups_run_before_the_next_run_and_at_the_end() -> None:
    """Preact signals: "should call the cleanup before the effect is rerun". Solid: onCleanup."""
    a = Signal(1)
    told: list[str] = []

    @effect
    def watch() -> object:
        value = a.value
        told.append(f"run {value}")
        on_cleanup(lambda: told.append(f"first {value}"))
        on_cleanup(lambda: told.append(f"second {value}"))
        return lambda: told.append(f"returned {value}")

    a.value = 2
    watch.dispose()
    ends = ["returned {}", "second {}", "first {}"]
    assert told == [
        "run 1",
        *(end.format(1) for end in ends),
        "run 2",
        *(end.format(2) for end in ends),
    ]


def test_what_a_cleanup_reads_is_no_dependency() -> None:
    """Preact signals: "should not subscribe to anything in the cleanup"."""
    a, b = Signal(1), Signal(1)
    runs: list[int] = []

    @effect
    def watch() -> object:
        runs.append(a.value)
        return lambda: b.value

    a.value = 2
    b.value = 2
    assert runs == [1, 2]


def test_an_effect_made_in_an_effect_ends_with_its_run() -> None:
    """Solid: nested effects. alien-signals: "should clear subscriptions of inner effects"."""
    outer, inner = Signal(0), Signal(0)
    runs: list[tuple[int, int]] = []

    @effect
    def watch() -> None:
        number = outer.value
        effect(lambda: runs.append((number, inner.value)))

    inner.value = 1
    outer.value = 1
    inner.value = 2
    watch.dispose()
    inner.value = 3
    assert runs == [(0, 0), (0, 1), (1, 1), (1, 2)]


def test_an_inner_effect_that_is_about_to_end_does_not_run() -> None:
    """alien-signals: "should not run inner effects before the outer". Solid: "parent before child"."""
    a = Signal(0)
    runs: list[str] = []

    @effect
    def watch() -> None:
        value = a.value
        runs.append(f"outer {value}")
        effect(lambda: runs.append(f"inner {value} {a.value}"))

    runs.clear()
    a.value = 1
    assert runs == ["outer 1", "inner 1 1"]


def test_an_inner_effect_runs_alone_when_only_its_sources_change() -> None:
    """Preact signals: "should allow nested effects". Vue reactivity: "should allow nested effects"."""
    a, b = Signal(0), Signal(0)
    runs: list[str] = []

    @effect
    def watch() -> None:
        runs.append(f"outer {a.value}")
        effect(lambda: runs.append(f"inner {b.value}"))

    b.value = 1
    assert runs == ["outer 0", "inner 0", "inner 1"]


def test_reads_of_an_inner_effect_are_not_those_of_the_outer() -> None:
    """Preact signals: "should not subscribe the outer effect to what the inner reads"."""
    a, b = Signal(0), Signal(0)
    runs = 0

    @effect
    def watch() -> None:
        nonlocal runs
        runs += 1
        a.value  # noqa: B018
        effect(lambda: b.value)

    b.value = 1
    assert runs == 1


def test_a_scope_disposes_of_what_was_made_in_it_last_first() -> None:
    """Solid: createRoot. Vue reactivity: effectScope, "should collect the effects", "nested scopes"."""
    a = Signal(0)
    told: list[str] = []
    with Scope() as scope:
        on_cleanup(lambda: told.append("first"))
        effect(lambda: told.append(f"effect {a.value}"))
        with Scope():
            on_cleanup(lambda: told.append("inner"))
        a.subscribe(lambda value: told.append(f"told {value}"))
        on_cleanup(lambda: told.append("last"))
    a.value = 1
    scope.dispose()
    scope.dispose()
    a.value = 2
    assert told == ["effect 0", "effect 1", "told 1", "last", "inner", "first"]
    assert scope.disposed


def test_a_scope_may_be_entered_again_until_it_is_disposed_of() -> None:
    """Vue reactivity: "should be able to run in a scope again", "able to warn when stopped"."""
    told: list[int] = []
    scope = Scope()
    for number in (1, 2):
        with scope:
            on_cleanup(lambda number=number: told.append(number))  # type: ignore[misc]
    scope.dispose()
    assert told == [2, 1]
    with pytest.raises(RuntimeError, match="disposed of"), scope:
        pass


def test_an_inner_scope_may_end_on_its_own() -> None:
    """Vue reactivity: "should remove itself from its parent when stopped"."""
    told: list[str] = []
    with Scope() as outer, Scope() as inner:
        on_cleanup(lambda: told.append("inner"))
    inner.dispose()
    outer.dispose()
    assert told == ["inner"]


def test_a_scope_left_by_an_exception_gives_the_ownership_back() -> None:
    """Vue reactivity: "should restore the current scope"."""
    scope = Scope()
    with pytest.raises(ZeroDivisionError), scope:
        raise ZeroDivisionError
    with pytest.raises(RuntimeError, match="outside"):
        on_cleanup(print)


def test_a_cleanup_outside_of_everything_is_refused() -> None:
    """Solid: "cleanups created outside a createRoot will never be run"."""
    with pytest.raises(RuntimeError, match="nobody would call it"):
        on_cleanup(print)


def test_failing_cleanups_keep_no_other_from_running() -> None:
    """Ours: all run, and what they raised comes in one group."""
    told: list[str] = []

    def fail() -> None:
        raise ValueError("cleanup")

    with Scope() as scope:
        on_cleanup(lambda: told.append("first"))
        on_cleanup(fail)
        on_cleanup(fail)
        on_cleanup(lambda: told.append("last"))
    with pytest.raises(ExceptionGroup) as raised:
        scope.dispose()
    assert told == ["last", "first"]
    assert len(raised.value.exceptions) == 2


def test_an_effect_may_dispose_of_itself() -> None:
    """Preact signals: "should allow disposing in the effect itself"."""
    a = Signal(0)
    runs: list[int] = []
    told: list[str] = []

    @effect
    def watch() -> object:
        runs.append(a.value)
        if a.value == 1:
            watch.dispose()
        return lambda: told.append("cleaned up")

    a.value = 1
    a.value = 2
    assert runs == [0, 1]
    assert told == ["cleaned up", "cleaned up"]


def test_an_effect_disposed_of_while_it_waits_does_not_run() -> None:
    """Preact signals: "should not run if disposed of in the same batch"."""
    a = Signal(0)
    runs: list[int] = []
    watch = effect(lambda: runs.append(a.value))
    with batch():
        a.value = 1
        watch.dispose()
    assert runs == [0]


def test_an_effect_may_dispose_of_one_that_comes_later() -> None:
    """alien-signals: "should not run an effect that was stopped by an earlier one"."""
    a = Signal(0)
    runs: list[int] = []

    @effect
    def first() -> None:
        if a.value:
            second.dispose()

    second = effect(lambda: runs.append(a.value))
    a.value = 1
    assert runs == [0]


def test_what_a_computed_makes_is_disposed_of_before_its_next_run() -> None:
    """Solid: "createMemo owns what is made in it"."""
    a = Signal(0)
    told: list[int] = []

    @computed
    def node() -> int:
        value = a.value
        on_cleanup(lambda: told.append(value))
        return value

    assert node.value == 0
    a.value = 1
    assert (node.value, told) == (1, [0])


def test_a_subscription_tells_each_new_value_until_it_is_closed() -> None:
    """Preact signals: signal.subscribe. TC39 signals: watcher."""
    a = Signal(1)
    double = computed(lambda: a.value * 2)
    got: list[int] = []
    with a.subscribe(got.append) as subscription, double.subscribe(got.append):
        a.value = 2
        a.value = 2
        with batch():
            a.value = 9
            a.value = 2
    a.value = 3
    subscription.close()
    assert got == [2, 4]


def test_what_a_subscriber_reads_is_no_dependency() -> None:
    """Preact signals: "should not track signals in subscribe's callback"."""
    a, b = Signal(1), Signal(1)
    got: list[int] = []
    subscription = a.subscribe(lambda value: got.append(value + b.value))
    a.value = 2
    b.value = 2
    assert got == [3]
    subscription.close()


def test_a_subscription_ends_with_the_scope_in_which_it_was_made() -> None:
    """Ours: subscriptions are owned like effects."""
    a = Signal(1)
    got: list[int] = []
    with Scope() as scope:
        a.subscribe(got.append)
    scope.dispose()
    a.value = 2
    assert got == []
