"""What the workers do; work.js is the same in JavaScript."""

import asyncio
import ctypes
import time

import js


def add(a, b):
    return a + b


def same(array):
    return array


def spin(turns):
    """Keeps a core busy."""
    x = 1
    for _ in range(turns):
        x = x * 48271 % 2147483647
    return x


# --- what is to be stopped: each tells that it has begun ---


def loop(begun):
    begun.send()
    while True:
        pass


def sleep(begun):
    begun.send()
    time.sleep(3600)


async def wait(begun):
    begun.send()
    await asyncio.sleep(3600)


# --- what ends its worker: each tells when ---


def now():
    """Milliseconds on a clock that page and workers share."""
    return js.performance.timeOrigin + js.performance.now()


def vanish(dying):
    """The thread ends."""
    dying.send(now())
    js.close()


def crash(dying):
    """WebAssembly traps: an address beyond its memory is read."""
    dying.send(now())
    ctypes.string_at(2**32 - 16)
