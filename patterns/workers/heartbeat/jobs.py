"""Four ways for a worker not to answer; the last three never end by themselves."""

import asyncio

import js


async def wait() -> None:
    """Its message loop turns meanwhile."""
    await asyncio.sleep(4)


def compute() -> None:
    """Python runs, and looks for signals as it does."""
    while True:
        pass


def hang() -> None:
    """One step, in which Python looks for nothing: as in a regular expression that has lost its way."""
    sum(range(10**11))


async def crash() -> None:
    """The thread is gone, without a word."""
    js.close()
    await asyncio.sleep(3600)
