"""What `map` iterates over: results in the order of the items, or as they are ready.

Jobs are made as results are read, some ahead of the reader, so that neither items nor results pile up.
"""

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Iterator
from itertools import islice
from typing import Any

from pyodide_app.bridge.workers._job import Job
from pyodide_app.bridge.workers._waits import waiting_for


async def in_order(jobs: Iterator[Job], ahead: int) -> AsyncGenerator[Any, None]:
    """Results in the order of the jobs.

    Args:
        ahead: how many are begun and not read.
    """
    begun: deque[Job] = deque()
    try:
        begun.extend(islice(jobs, ahead))
        while begun:
            result = [await begun[0].answer()]
            begun.popleft()
            begun.extend(islice(jobs, 1))
            yield result.pop()  # which its reader alone has then
    finally:
        for job in begun:
            job.cancel()


async def as_ready(jobs: Iterator[Job], ahead: int) -> AsyncGenerator[Any, None]:
    """Results as they are ready."""
    ready: asyncio.Queue[Job] = asyncio.Queue()
    begun: set[Job] = set()

    def begin(count: int) -> None:
        for job in islice(jobs, count):
            begun.add(job)
            job.reply.add_done_callback(lambda _, job=job: ready.put_nowait(job))  # type: ignore[misc]

    try:
        begin(ahead)
        while begun:
            with waiting_for(*begun):
                job = await ready.get()
            begun.discard(job)
            begin(1)
            result = [job.reply.result()]
            del job
            yield result.pop()
    finally:
        for job in begun:
            job.cancel()
