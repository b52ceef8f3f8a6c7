"""The ring of records, with both ends in one thread; between threads: test_in_workers.py."""

import pytest

from pyodide_app.testing import AppPage, PageError

BEGIN = """
import asyncio
from pyodide_app.bridge import ring_buffer

writer, reader = ring_buffer(64)
"""


@pytest.fixture
def page(pyodide: AppPage) -> AppPage:
    pyodide.run(BEGIN)
    return pyodide


@pytest.mark.pyodide_matrix
def test_records_come_out_whole_and_in_order(page: AppPage) -> None:
    seen = page.run("""
        records = [bytes(range(i % 29)) for i in range(300)]  # of every length that the ring takes

        async def write():
            with writer:
                for record in records:
                    await writer.write_async(record)

        writing = asyncio.ensure_future(write())
        seen = [record async for record in reader]
        await writing
        seen == records
    """)
    assert seen is True


def test_counts_go_on_after_four_gibibytes(page: AppPage) -> None:
    seen = page.run("""
        for place in (0, 1):  # as if so much had gone through
            reader._ring.words[place] = -64
        seen = []
        for number in range(40):
            writer.write(bytes([number]) * 9)
            seen.append(reader.read() == bytes([number]) * 9)
        [all(seen), reader._ring.words[0] > 0]
    """)
    assert seen == [True, True]


def test_records_may_be_any_numbers(page: AppPage) -> None:
    seen = page.run("""
        from array import array

        writer.write(array("h", [1, 2, 3]))
        writer.write(memoryview(array("h", [1, 2, 3, 4]))[::2])  # which do not lie in one piece
        writer.write(b"")
        [array("h", reader.read()).tolist(), array("h", reader.read()).tolist(), reader.read()]
    """)
    assert seen == [[1, 2, 3], [1, 3], b""]


def test_one_may_look_without_waiting(page: AppPage) -> None:
    seen = page.run("""
        try:
            reader.read(timeout=0)
        except TimeoutError as error:
            seen = str(error)
        writer.write(b"one")
        [seen, reader.read(timeout=0)]
    """)
    assert seen == ["the other side of the ring did nothing in the time that its reader had", b"one"]


def test_a_reader_gets_what_is_left_and_then_the_end(page: AppPage) -> None:
    seen = page.run("""
        writer.write(b"one")
        writer.write(b"two")
        writer.close()
        [[record async for record in reader], [record for record in reader]]
    """)
    assert seen == [[b"one", b"two"], []]
    with pytest.raises(EOFError, match="the writer of this ring is closed"):
        page.run("reader.read()")


def test_a_reader_that_waits_sees_the_end(page: AppPage) -> None:
    ended = page.run("""
        waiting = asyncio.ensure_future(reader.read_async())
        await asyncio.sleep(0)
        writer.close()
        try:
            await waiting
        except EOFError:
            ended = True
        ended
    """)
    assert ended is True


def test_a_writer_that_waits_for_room_sees_the_end(page: AppPage) -> None:
    ended = page.run("""
        writer.write(bytes(28))
        writer.write(bytes(28))
        waiting = asyncio.ensure_future(writer.write_async(b"more"))
        await asyncio.sleep(0)
        reader.read()
        await waiting
        writer.write(bytes(20))
        waiting = asyncio.ensure_future(writer.write_async(b"more"))
        await asyncio.sleep(0)
        reader.close()
        try:
            await waiting
        except BrokenPipeError as error:
            ended = str(error)
        ended
    """)
    assert ended == "the reader of this ring is closed"


def test_who_closes_its_own_end_waits_no_longer(page: AppPage) -> None:
    ended = page.run("""
        waiting = asyncio.ensure_future(reader.read_async())
        await asyncio.sleep(0)
        reader.close()
        try:
            await waiting
        except ValueError as error:
            ended = str(error)
        ended
    """)
    assert ended == "the reader of this ring is closed"


@pytest.mark.parametrize(
    "end", ["with_failing_block()", "drop()"], ids=["its block raises", "it is dropped without being closed"]
)
def test_a_writer_that_breaks_off_is_no_clean_end(page: AppPage, end: str) -> None:
    page.run("""
        import gc

        def with_failing_block():
            try:
                with writer:
                    1 / 0
            except ZeroDivisionError:
                pass

        def drop():
            global writer
            del writer
            gc.collect()

        writer.write(b"one")
    """)
    page.run(end)
    assert page.run("reader.read()") == b"one"
    with pytest.raises(ConnectionResetError, match="ended without closing it"):
        page.run("await reader.read_async()")


def test_an_end_that_nobody_has_used_may_be_dropped(page: AppPage) -> None:
    seen = page.run("""
        import gc
        from pyodide_app.bridge.shared import RingWriter

        unused = RingWriter._import(writer._common.memory, 5)
        del unused
        gc.collect()
        writer.write(b"one")
        reader.read()
    """)
    assert seen == b"one"


def test_a_ring_has_one_writer(page: AppPage) -> None:
    page.run("""
        from pyodide_app.bridge.shared import RingWriter

        other = RingWriter._import(writer._common.memory, 5)
        writer.write(b"one")
    """)
    with pytest.raises(RuntimeError, match="has another writer: the first that used this end"):
        page.run("other.write(b'two')")


@pytest.mark.parametrize(
    ("code", "error", "message"),
    [
        ("writer.write(bytes(29))", ValueError, "29 bytes is too large for this ring, which takes up to 28"),
        ("writer.write('text')", TypeError, "takes arrays and numbers, not str"),
        ("reader.read()", PageError, r"WouldBlock: .* must not stop: use `await reader.read_async\(\)`"),
        ("for _ in range(3): writer.write(bytes(28))", PageError, "WouldBlock: .*write_async"),
        ("writer.close(); writer.write(b'')", ValueError, "the writer of this ring is closed"),
        ("reader.close(); reader.read()", ValueError, "the reader of this ring is closed"),
        ("ring_buffer(0)", ValueError, "not for 0"),
        ("type(writer)()", TypeError, r"ring_buffer\(\) makes the ends"),
    ],
)
def test_a_mistake_is_named(page: AppPage, code: str, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        page.run(code)
