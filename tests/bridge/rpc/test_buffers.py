"""Large buffers go beside the pickle, in ArrayBuffers that are used again."""

import pytest

from pyodide_app.testing import AppPage

pytestmark = pytest.mark.pyodide_matrix

COUNT = """
from pyodide.code import run_js
made = run_js('''
    const Original = ArrayBuffer, made = [];
    globalThis.ArrayBuffer = new Proxy(Original, {
        construct: (target, [size]) => (made.push(size), new target(size)),
    });
    globalThis.idle = [];
    const later = setTimeout;
    globalThis.setTimeout = (run, wait, ...args) => {
        if (wait !== 5000) return later(run, wait, ...args);
        idle.push(run);
    };
    made
''')
MIB = 1024 * 1024

async def given_back():
    await call(max, 1, 2)  # messages are in order
"""


@pytest.fixture
def counted(page: AppPage) -> AppPage:
    """A page with a pair of ends, and `made`, the sizes of the ArrayBuffers that were made."""
    page.run(COUNT)
    page.run("near, far = ends({'give': lambda size: memoryview(bytes(size))})")
    return page


def test_a_stream_of_buffers_one_way_needs_one_that_comes_back(counted: AppPage) -> None:
    code = """
    for number in range(10):
        assert await call(len, memoryview(bytes(MIB))) == MIB
        await given_back()
    list(made)
    """
    assert counted.run(code) == [1024 * 1024]


def test_answers_need_one_that_comes_back_too(counted: AppPage) -> None:
    code = """
    for number in range(10):
        assert len(await by_name("give", MIB)) == MIB
        await given_back()
    list(made)
    """
    assert counted.run(code) == [1024 * 1024]


def test_what_was_sent_is_what_is_there_whatever_is_sent_after(counted: AppPage) -> None:
    code = """
    kept = []
    near, far = ends({"keep": lambda data: kept.append(data)})
    for number in range(4):
        await by_name("keep", memoryview(bytes([number]) * MIB))
        await given_back()
    [(len(data), set(data)) for data in kept]
    """
    assert counted.run(code) == [(1024 * 1024, {number}) for number in range(4)]


def test_a_small_one_is_not_worth_a_message(counted: AppPage) -> None:
    code = """
    for number in range(3):
        await call(len, memoryview(bytes(5000)))
        await given_back()
    list(made)
    """
    assert counted.run(code) == [5000] * 3


def test_only_so_many_bytes_are_kept(counted: AppPage) -> None:
    code = """
    for number in range(2):
        await call(len, [memoryview(bytes(24 * MIB)) for _ in range(3)])
        await given_back()
    len(made)
    """
    assert counted.run(code) == 4  # two of three are below 64 MiB


def test_none_is_kept_when_none_was_needed_for_some_seconds(counted: AppPage) -> None:
    code = """
    from js import idle
    for number in range(2):
        await call(len, memoryview(bytes(MIB)))
        await given_back()
        idle.pop()()
    len(made)
    """
    assert counted.run(code) == 2
