"""What runs in the worker: five jobs that never end by themselves, and know nothing of being stopped."""

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np

RUNS = "runs"


@contextmanager
def witness() -> Iterator[None]:
    """Tell that the job runs, how it ends, and that its `finally` runs."""
    print(RUNS)
    try:
        yield
    except BaseException as error:
        print(type(error).__name__)
        raise
    finally:
        print("finally")


def loop() -> None:
    with witness():
        while True:
            pass


def sleep() -> None:
    with witness():
        time.sleep(3600)


async def rest() -> None:
    with witness():
        await asyncio.sleep(3600)


def sort() -> None:
    numbers = np.random.default_rng(1).random(5_000)  # an import, too: an interrupt can be lost there
    with witness():
        while True:
            np.sort(numbers)


def insist() -> None:
    with witness():
        while True:
            try:
                while True:
                    pass
            except KeyboardInterrupt:
                print("KeyboardInterrupt, which it ignores")
