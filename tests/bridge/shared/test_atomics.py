"""Atomic operations on single elements."""

import pytest

from pyodide_app.testing import AppPage, PageError


@pytest.mark.pyodide_matrix
def test_each_returns_what_was_there(pyodide: AppPage) -> None:
    seen = pyodide.run("""
        from pyodide_app.bridge import SharedArray

        numbers = SharedArray((2, 2), "i")
        at, place, seen = numbers.atomics, (1, -1), []
        at.store(place, 12)
        changes = dict(add=5, sub=2, and_=13, or_=2, xor=6, exchange=100)
        for operation, value in changes.items():
            seen.append([getattr(at, operation)(place, value), numbers[place]])
        seen.append([at.compare_exchange(place, 7, 1), at.load(place)])
        seen.append([at.compare_exchange(place, 100, 1), at.load(place)])
        seen
    """)
    assert seen == [[12, 17], [17, 15], [15, 13], [13, 15], [15, 9], [9, 100], [100, 100], [100, 1]]


@pytest.mark.pyodide_matrix
@pytest.mark.parametrize(("letter", "bits"), [("q", 64), ("Q", 64), ("I", 32), ("b", 8)])
def test_integers_of_every_size_wrap_around(
    pyodide: AppPage, pyodide_version: str, letter: str, bits: int
) -> None:
    if bits == 64 and pyodide_version.startswith("0.26."):
        pytest.skip("Pyodide 0.26 cannot hold arrays of 64-bit integers; it says so, see below")
    most = 2 ** (bits - 1) - 1 if letter.islower() else 2**bits - 1
    least = most - 2**bits + 1
    seen = pyodide.run(
        """
        from pyodide_app.bridge import SharedArray

        numbers = SharedArray(1, letter)
        numbers.atomics.store(0, most)
        [numbers.atomics.add(0, 1), numbers.atomics.load(0), numbers[0]]
        """,
        letter=letter,
        most=most,
    )
    assert seen == [most, least, least]


@pytest.mark.pyodide_matrix
def test_integers_of_64_bits_are_kept_everywhere_and_atomic_where_they_can_be(
    pyodide: AppPage, pyodide_version: str
) -> None:
    seen = pyodide.run("""
        from pyodide_app.bridge import SharedArray

        numbers = SharedArray(2, "q")
        numbers[1] = 2**40
        try:
            told = numbers.atomics.add(1, 1)
        except TypeError as error:
            told = str(error)
        [numbers[1], told]
    """)
    if pyodide_version.startswith("0.26."):
        assert seen[0] == 2**40
        assert "take Pyodide 0.27 or newer, or integers of 32 bits" in seen[1]
    else:
        assert seen == [2**40 + 1, 2**40]


@pytest.mark.pyodide_matrix
def test_waiting_in_the_page_ends_by_a_notification_or_by_another_value(
    pyodide: AppPage, pyodide_version: str
) -> None:
    letters = "iI" if pyodide_version.startswith("0.26.") else "iIqQ"
    seen = pyodide.run(
        """
        import asyncio
        from pyodide_app.bridge import SharedArray

        seen = []
        for letter in letters:
            flags = SharedArray(2, letter)
            flags.atomics.store(1, 2**31 - 1)
            waiting = asyncio.ensure_future(flags.atomics.wait_async(1, 2**31 - 1))
            await asyncio.sleep(0)
            woken = flags.atomics.notify(1)
            other = await flags.atomics.wait_async(1, 0)
            late = await flags.atomics.wait_async(1, 2**31 - 1, timeout=0.001)
            seen.append([woken, await waiting, other, late])
        seen
        """,
        letters=letters,
    )
    assert seen == [[1, True, True, False]] * len(letters)


def test_large_unsigned_values_can_be_waited_for(pyodide: AppPage) -> None:
    seen = pyodide.run("""
        from pyodide_app.bridge import SharedArray

        seen = []
        for letter, most in ("I", 2**32 - 1), ("Q", 2**64 - 1):
            flags = SharedArray(1, letter)
            flags.atomics.store(0, most)
            seen.append(await flags.atomics.wait_async(0, most, timeout=0.001))
        seen
    """)
    assert seen == [False, False]


def test_who_gives_up_takes_no_notification_from_others(pyodide: AppPage) -> None:
    woken = pyodide.run("""
        import asyncio
        from pyodide_app.bridge import SharedArray

        flags = SharedArray(1, "i")
        first, second = (asyncio.ensure_future(flags.atomics.wait_async(0, 0)) for _ in range(2))
        await asyncio.sleep(0)
        first.cancel()
        await asyncio.wait([first])
        flags.atomics.notify(0, count=1)
        await second
    """)
    assert woken is True


@pytest.mark.pyodide_fresh
def test_without_the_browsers_own_waiting_it_looks_at_the_value(pyodide: AppPage) -> None:
    seen = pyodide.run("""
        import asyncio
        import js
        from pyodide_app.bridge import SharedArray

        js.Reflect.deleteProperty(js.Atomics, "waitAsync")
        flags = SharedArray(1, "i")
        late = await flags.atomics.wait_async(0, 0, timeout=0.001)
        waiting = asyncio.ensure_future(flags.atomics.wait_async(0, 0))
        await asyncio.sleep(0)
        flags.atomics.store(0, 1)
        [late, await waiting]
    """)
    assert seen == [False, True]


@pytest.mark.parametrize(
    ("letter", "code", "error", "message"),
    [
        ("d", "add(0, 1)", TypeError, "Atomics are for integers .* and this array is d"),
        ("?", "load(0)", TypeError, "Atomics are for integers"),
        ("i", "add(3, 1)", IndexError, "index 3 is out of range"),
        ("i", "add(..., 1)", TypeError, "takes one element"),
        ("i", "add(0, 1.5)", TypeError, "takes integers, not float 1.5"),
        ("I", "add(0, -1)", OverflowError, "-1 does not fit I, which goes from 0 to 4294967295"),
        ("i", "wait(0, 0)", PageError, "WouldBlock: .* must not stop: use `await atomics.wait_async"),
        ("h", "wait(0, 0)", TypeError, "needs integers of 32 or 64 bits, and this array is h"),
        ("h", "notify(0)", TypeError, "needs integers of 32 or 64 bits"),
    ],
)
def test_a_mistake_is_named(
    pyodide: AppPage, letter: str, code: str, error: type[Exception], message: str
) -> None:
    pyodide.run("from pyodide_app.bridge import SharedArray; array = SharedArray(3, letter)", letter=letter)
    with pytest.raises(error, match=message):
        pyodide.run(f"array.atomics.{code}")
