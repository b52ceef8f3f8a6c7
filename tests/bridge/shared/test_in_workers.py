"""Shared memory between a page and a worker; one worker for most of these tests."""

from collections.abc import Iterator

import pytest

from pyodide_app.testing import AppPage
from pyodide_app.testing._session import Session
from pyodide_app.toolkit import runtimes

MAIN = """\
import asyncio
from array import array
import work
from pyodide_app.bridge import SharedArray, ring_buffer
from pyodide_app.bridge.workers import Worker

worker = Worker()
await worker.ready()
"""
WORK = """\
from array import array

def double(numbers):
    numbers[...] = array("i", [2 * number for number in numbers[...]])
    return numbers

def wait_for(flags, timeout=None):
    return flags.atomics.wait(0, 0, timeout)

def count(counter, times):
    for _ in range(times):
        counter.atomics.add(0, 1)

def produce(writer, count):
    with writer:
        for number in range(count):
            writer.write(array("i", [number] * (number % 8)))

def consume(reader):
    return [len(record) for record in reader]

def write_one(writer):
    writer.write(b"one")

def take_one(reader):
    return reader.read()

held = []

def hold(end):
    held.append(end)
    end._claim()
"""


@pytest.fixture(scope="module")
def app(_pyodide_session: Session, tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppPage]:
    folder = tmp_path_factory.mktemp("app")
    (folder / "main.py").write_text(MAIN)
    (folder / "work.py").write_text(WORK)
    with _pyodide_session.page(folder, pyodide=runtimes.DEFAULT, timeout=120) as app:
        app.wait_ready()
        yield app


def test_an_array_is_the_same_memory_there_and_when_it_comes_back(app: AppPage) -> None:
    seen = app.run("""
        numbers = SharedArray(3, "i")
        numbers[...] = array("i", [1, 2, 3])
        returned = await worker.run(work.double, numbers)
        returned[0] = 9
        [numbers[...].tolist(), numbers.copies.times, returned.copies.times]
    """)
    assert seen == [[9, 4, 6], 2, 1]


def test_a_worker_may_stop_until_it_is_notified(app: AppPage) -> None:
    seen = app.run("""
        flags = SharedArray(1, "i")
        waiting = asyncio.ensure_future(worker.run(work.wait_for, flags))
        while not flags.atomics.notify(0):  # it is not there yet
            await asyncio.sleep(0)
        woken = await waiting
        [woken, await worker.run(work.wait_for, flags, 0.001)]
    """)
    assert seen == [True, False]


def test_a_worker_that_stops_can_be_cancelled(app: AppPage) -> None:
    seen = app.run("""
        flags, other = SharedArray(1, "i"), SharedArray(1, "i")
        waiting = asyncio.ensure_future(worker.run(work.wait_for, flags))
        await asyncio.sleep(0)
        waiting.cancel()
        other[0] = 1
        [await worker.run(work.wait_for, other), worker.error is None]
    """)
    assert seen == [True, True]


def test_no_count_is_lost(app: AppPage) -> None:
    total = app.run("""
        counter = SharedArray(1, "i")
        counting = asyncio.ensure_future(worker.run(work.count, counter, 2000))
        while not counter.atomics.load(0):
            await asyncio.sleep(0)
        work.count(counter, 2000)
        await counting
        counter[0]
    """)
    assert total == 4000


def test_a_worker_writes_a_stream(app: AppPage) -> None:
    lengths = app.run("""
        writer, reader = ring_buffer(128)
        producing = asyncio.ensure_future(worker.run(work.produce, writer, 500))
        lengths = [len(record) async for record in reader]
        await producing
        lengths
    """)
    assert lengths == [4 * (number % 8) for number in range(500)]


def test_a_worker_reads_a_stream(app: AppPage) -> None:
    lengths = app.run("""
        writer, reader = ring_buffer(128)
        consuming = asyncio.ensure_future(worker.run(work.consume, reader))
        with writer:
            for number in range(500):
                await writer.write_async(bytes(number % 50))
        await consuming
    """)
    assert lengths == [number % 50 for number in range(500)]


def test_an_end_that_a_function_leaves_behind_is_broken_off(app: AppPage) -> None:
    app.run("""
        writer, reader = ring_buffer(128)
        await worker.run(work.write_one, writer)
    """)
    assert app.run("await reader.read_async()") == b"one"
    with pytest.raises(ConnectionResetError, match="ended without closing it"):
        app.run("await reader.read_async()")


@pytest.mark.parametrize(
    ("mine", "other", "wait", "error"),
    [
        ("reader", "writer", "reader.read_async()", ConnectionResetError),
        ("writer", "reader", "fill()", BrokenPipeError),
    ],
)
def test_a_worker_that_dies_leaves_nobody_waiting(
    app: AppPage, mine: str, other: str, wait: str, error: type[Exception]
) -> None:
    app.run(
        f"""
        writer, reader = ring_buffer(128)

        async def fill():
            while True:
                await writer.write_async(bytes(50))

        async with Worker() as doomed:
            await doomed.run(work.hold, {other})
            waiting = asyncio.ensure_future({wait})
            await asyncio.sleep(0)
        """
    )
    with pytest.raises(error, match=f"the {other} of this ring ended without closing it"):
        app.run("await waiting")
