"""What type checkers say about what workers return: this file is checked, not run."""

import math
from collections.abc import AsyncIterator, Iterator
from typing import Any, assert_type

from pyodide_app.bridge import Worker, WorkerPool
from pyodide_app.bridge.workers import PoolFuture


class Model:
    def __init__(self, size: int) -> None: ...
    def __call__(self, x: float) -> bytes:
        return b""

    async def fit(self) -> float:
        return 0.0


def plain(x: int) -> str:
    return str(x)


async def waits(x: int, *, y: int = 0) -> list[int]:
    return [x, y]


def count(n: int) -> Iterator[int]:
    yield from range(n)


async def ticks() -> AsyncIterator[float]:
    yield 0.5


async def calls(pool: WorkerPool, worker: Worker) -> None:
    for runs in (pool, worker):
        assert_type(await runs.run(plain, 1), str)
        assert_type(await runs.run(waits, 1, y=2, timeout=5), list[int])
        assert_type(await runs.run(math.comb, 4, 2), int)
        assert_type(await runs.run(Model, 3), Model)
        assert_type(await runs.run(Model(3), 0.5), bytes)
        assert_type(await runs.run(Model(3).fit), float)
        assert_type(await runs.run(lambda: 1.5), float)
    print((await pool.run(plain, 1, retries=2)).real)  # type: ignore[attr-defined]
    await pool.run("plain", 1)  # type: ignore[call-overload]
    assert_type(await worker.call("plain", 1), Any)


async def futures(pool: WorkerPool) -> None:
    future = pool.submit(waits, 1)
    assert_type(future, PoolFuture[list[int]])
    assert_type(await future, list[int])
    assert_type(future.result(), list[int])
    assert_type(pool.submit(plain, 1).result(), str)


async def iterators(pool: WorkerPool, worker: Worker) -> None:
    assert_type([each async for each in pool.map(plain, [1, 2])], list[str])
    assert_type([each async for each in pool.map(waits, [1, 2], ordered=False)], list[list[int]])
    assert_type([each async for each in worker.stream(count, 3)], list[int])
    assert_type([each async for each in worker.stream(ticks)], list[float])
    assert_type([each async for each in worker.stream("count", 3)], list[Any])
