"""Effects that are async functions."""

import asyncio
import contextvars
import gc

import pytest

from pyodide_app.bridge.reactivity import Signal, computed, effect, on_cleanup

pytestmark = pytest.mark.asyncio


async def settle() -> None:
    """Let the loop do all that is ready."""
    for _ in range(10):
        await asyncio.sleep(0)


async def test_what_is_read_after_an_await_counts_too() -> None:
    """Ours (Solid 2 and Vue track only what comes before)."""
    a, b = Signal(1), Signal(10)
    seen: list[int] = []

    @effect
    async def watch() -> None:
        first = a.value
        await asyncio.sleep(0)
        seen.append(first + b.value)

    assert seen == []
    await settle()
    b.value = 20
    await settle()
    a.value = 2
    await settle()
    assert seen == [11, 21, 22]
    watch.dispose()


async def test_a_source_of_the_first_piece_still_counts_after_the_later_ones() -> None:
    a, b, c = Signal(1), Signal(1), Signal(1)
    runs = 0

    @effect
    async def watch() -> None:
        nonlocal runs
        runs += 1
        for signal in (a, b, c, b, a):
            signal.value  # noqa: B018
            await asyncio.sleep(0)

    await settle()
    for signal in (a, b, c):
        signal.value += 1
        await settle()
    assert runs == 4
    watch.dispose()
    assert not (a._observers or b._observers or c._observers)


async def test_a_branch_not_taken_any_more_is_no_dependency() -> None:
    use, a = Signal(True), Signal(1)
    runs = 0

    @effect
    async def watch() -> None:
        nonlocal runs
        runs += 1
        await asyncio.sleep(0)
        if use.value:
            a.value  # noqa: B018

    await settle()
    use.value = False
    await settle()
    a.value = 2
    await settle()
    assert runs == 2
    watch.dispose()


async def test_the_first_piece_runs_at_once_and_as_a_task() -> None:
    told: list[object] = []
    outer = asyncio.current_task()

    @effect
    async def watch() -> None:
        told.append(asyncio.current_task())
        async with asyncio.timeout(60):
            await asyncio.sleep(0)
        told.append(asyncio.current_task())

    assert len(told) == 1
    assert asyncio.current_task() is outer
    await settle()
    assert told[0] is told[1]
    assert told[0] not in (None, outer)


async def test_context_variables_last_from_piece_to_piece_and_stay_inside() -> None:
    variable = contextvars.ContextVar("variable", default=0)
    seen: list[int] = []

    @effect
    async def watch() -> None:
        variable.set(5)
        await asyncio.sleep(0)
        seen.append(variable.get())

    await settle()
    assert (seen, variable.get()) == ([5], 0)


async def test_a_run_that_is_overtaken_is_cancelled() -> None:
    a = Signal(1)
    told: list[str] = []
    never = asyncio.Event()

    @effect
    async def watch() -> None:
        number = a.value
        on_cleanup(lambda: told.append(f"cleanup {number}"))
        try:
            await never.wait()
        except asyncio.CancelledError:
            told.append(f"cancelled {number}")
            a.value  # noqa: B018 - on the way out: nobody's dependency
            raise

    a.value = 2
    await settle()
    watch.dispose()
    await settle()
    assert told == ["cleanup 1", "cancelled 1", "cleanup 2", "cancelled 2"]
    a.value = 3
    await settle()
    assert len(told) == 4


async def test_what_an_overtaken_run_still_reads_is_no_dependency() -> None:
    a, late = Signal(1), Signal(1)
    runs = 0
    stubborn = asyncio.Event()

    @effect
    async def watch() -> None:
        nonlocal runs
        runs += 1
        if a.value == 1:
            try:
                await stubborn.wait()
            except asyncio.CancelledError:
                await asyncio.sleep(0)
                late.value  # noqa: B018

    a.value = 2
    await settle()
    late.value = 2
    await settle()
    assert runs == 2
    watch.dispose()


async def test_the_function_that_it_returns_is_called_at_the_end() -> None:
    a = Signal(1)
    told: list[int] = []

    @effect
    async def watch() -> object:
        number = a.value
        await asyncio.sleep(0)
        return lambda: told.append(number)

    await settle()
    a.value = 2
    assert told == [1]
    await settle()
    watch.dispose()
    assert told == [1, 2]


async def test_effects_made_after_an_await_belong_to_the_run() -> None:
    a, b = Signal(1), Signal(1)
    seen: list[tuple[int, int]] = []

    @effect
    async def watch() -> None:
        number = a.value
        await asyncio.sleep(0)
        effect(lambda: seen.append((number, b.value)))

    await settle()
    a.value = 2
    await settle()
    b.value = 2
    watch.dispose()
    b.value = 3
    assert seen == [(1, 1), (2, 1), (2, 2)]


@pytest.mark.parametrize("awaits", [0, 1])
async def test_an_exception_reaches_the_loop_and_the_effect_lives_on(awaits: int) -> None:
    told: list[BaseException] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: told.append(context["exception"]))
    a = Signal(0)
    seen: list[float] = []
    gc.disable()  # it is told without waiting for the garbage collector
    try:

        @effect
        async def watch() -> None:
            number = a.value
            for _ in range(awaits):
                await asyncio.sleep(0)
            seen.append(1 / number)

        await settle()
        assert [type(error) for error in told] == [ZeroDivisionError]
        a.value = 2
        await settle()
        assert seen == [0.5]
        watch.dispose()
    finally:
        gc.enable()


async def test_a_write_after_an_await_is_an_ordinary_write() -> None:
    a, b = Signal(1), Signal(0)
    double = computed(lambda: b.value * 2)
    seen: list[int] = []
    effect(lambda: seen.append(double.value))

    @effect
    async def watch() -> None:
        number = a.value
        await asyncio.sleep(0)
        b.value = number
        assert double.peek() == 2 * number
        await asyncio.sleep(0)
        b.value = number * 10

    await settle()
    assert seen == [0, 2, 20]
    watch.dispose()


async def test_writing_what_it_reads_runs_it_again_until_it_settles() -> None:
    a = Signal(3)
    runs = 0

    @effect
    async def watch() -> None:
        nonlocal runs
        runs += 1
        await asyncio.sleep(0)
        if a.value:
            a.value -= 1

    await settle()
    assert (a.value, runs) == (0, 4)
    watch.dispose()


async def test_the_failures_of_effects_that_a_piece_sets_off_reach_the_loop() -> None:
    told: list[object] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: told.append(context["exception"]))
    a = Signal(1)
    effect(lambda: 1 / a.value)
    went_on = False

    @effect
    async def watch() -> None:
        nonlocal went_on
        await asyncio.sleep(0)
        a.value = 0
        await asyncio.sleep(0)
        went_on = True

    await settle()
    assert went_on
    assert isinstance(told[0], ExceptionGroup)


async def test_an_effect_without_awaits_and_with_awaits_of_others() -> None:
    """What it awaits is part of it: coroutines, gathered tasks' results, futures."""
    a = Signal(1)
    seen: list[int] = []

    async def inner() -> int:
        await asyncio.sleep(0)
        return a.value

    @effect
    async def watch() -> None:
        future = asyncio.get_running_loop().create_future()
        future.set_result(100)
        seen.append(await inner() + await future + await asyncio.create_task(asyncio.sleep(0, 1000)))

    await settle()
    a.value = 2
    await settle()
    assert seen == [1101, 1102]
    watch.dispose()


async def test_an_eager_task_factory_changes_nothing() -> None:
    """Python 3.12's loops may run a task's first piece as soon as it is made."""
    factory = getattr(asyncio, "eager_task_factory", None)
    if factory is None:
        pytest.skip("there is none before Python 3.12")
    asyncio.get_running_loop().set_task_factory(factory)
    a, b = Signal(1), Signal(10)
    seen: list[int] = []

    @effect
    async def watch() -> None:
        number = a.value
        seen.append(number)
        if number != 3:
            await asyncio.sleep(0)
            seen.append(number + b.value)

    assert seen == [1]
    await settle()
    b.value = 20
    a.value = 2
    await settle()
    a.value = 3
    await settle()
    assert seen == [1, 11, 1, 2, 22, 3]
    watch.dispose()
