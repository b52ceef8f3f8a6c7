"""A page with one worker for all tests of a module: a worker costs seconds to start."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pyodide_app.testing import AppPage
from pyodide_app.testing._session import Session

WORK = '''
"""A module of the app, which the worker imports too."""

import asyncio
import sys
import time

def double(x):
    return 2 * x

def fail():
    raise LookupError("nothing there")

def spin(seconds=3600):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        pass
    return "spun"

def sleep(seconds=3600):
    time.sleep(seconds)

async def rest(seconds=3600):
    await asyncio.sleep(seconds)

def count(n):
    yield from range(n)

def say(*lines):
    for line in lines:
        print(line)
    print("complaint", file=sys.stderr)
    return "said"

def vanish():
    import js
    js.close()

def stubborn():
    while True:
        try:
            spin()
        except KeyboardInterrupt:
            pass

class Guarded:
    def __del__(self):
        spin()  # what is raised here is lost

def guard():
    Guarded()
    spin()

async def aspin():
    spin()

def ask_len(question):
    return len(question.wait("what?"))

def hang():
    return sum(range(10**10))  # one long step, in which Python does not look for signals

def ask_input(prompt):
    return input(prompt)

def ask(question):
    return question.wait("how many?") + 1

def listen(port):
    from pyodide_app.bridge.rpc import Connection
    global near, begun
    begun = asyncio.Event()
    near = Connection(port, peer="another worker", exports={"rest": rest_there})

async def rest_there():
    begun.set()
    await rest()

async def asked():
    await begun.wait()

async def rest_at(port):
    listen(port)
    await near.call("rest", None, (), {})
'''
JOBS = '''
"""Functions for a pool."""

import asyncio
import uuid

ME = uuid.uuid4().hex  # another one in each worker

def square(x):
    return x * x

def add(x, y=0):
    return x + y

def fail(text):
    raise LookupError(text)

def whoami():
    return ME

def spin():
    while True:
        pass

def stubborn(begun):
    while True:
        try:
            if begun:
                begun.send()
                begun = None
            spin()
        except KeyboardInterrupt:
            pass

async def vanish():
    import js
    js.close()
    await asyncio.sleep(3600)  # its answer would still go out

async def vanish_at_first(count, name):
    if await count(name) == 1:
        await vanish()
    return name

async def work_of_all_kinds(count, x):
    """A call that computes, waits, or fails."""
    count.send(x)
    if x % 3 == 0:
        sum(range(50_000))
    elif x % 3 == 1:
        await asyncio.sleep(0.005)
    elif x % 30 == 2:
        raise LookupError(x)
    return x

async def hold(gate, x=None):
    """Ends when the page lets it."""
    await gate()
    return x

async def ask(question, x):
    return await question(x)

def ask_blocked(question, x):
    return question.wait(x)

async def flaky(tries):
    """Fails until it is tried for the third time."""
    if await tries() < 3:
        raise OSError("not yet")
    return "done"

def keywords(**words):
    return words

class Falsey(Exception):
    def __bool__(self):
        return False

def fail_falsely():
    raise Falsey("yet it is one")

def leave():
    raise SystemExit(3)

class Fragile:
    """Cannot be rebuilt on another side."""

    def __reduce__(self):
        return rebuild, (ME,)

def rebuild(home):
    if home != ME:
        raise LookupError("not from there")
    return Fragile()

class Rooted:
    """Cannot be pickled."""

    def __reduce__(self):
        raise LookupError("not from here")

class Plain:
    pass

def same(x):
    return x

async def told(begun, gate):
    try:
        begun.send("begun")
        await gate()
    finally:
        begun.send("cleaned up")
'''
FILES = {
    "work.py": WORK,
    "jobs.py": JOBS,
    "breaks.py": "1 / 0",
    "page.html": "<!doctype html><title>Welcome</title>",
    "broken.js": "this is no JavaScript",
    "adder.js": """
import { serve } from "/_pyodide_app/runtime/remote.js";
serve({ add: (a, b) => a + b });
""",
    "own.js": """
import { connect } from "/_pyodide_app/runtime/remote.js";
const connection = connect(self, {
    rest: () => new Promise(() => {}),
    vanish: () => close(),
    leave: () => void connection.close("done"),
    add: (a, b) => a + b,
});
""",
    "throws.js": "throw new Error('no such thing')",
}
POOLS = """
import asyncio, itertools, jobs
from pyodide_app.bridge.rpc import *
from pyodide_app.bridge.workers import *

async def until(condition):
    while not condition():
        await asyncio.sleep(0.005)

async def told(awaitable):
    try:
        return await awaitable
    except Exception as error:
        return f"{type(error).__name__}: {error}"

pool = WorkerPool(2, name="pool")
await pool.run(jobs.square, 1)
"""
MAIN = "from pyodide_app.bridge.workers import Worker, WorkerDied\nimport asyncio, work\n"


@pytest.fixture(scope="module")
def app(_pyodide_session: Session, tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppPage]:
    """The app's page, with `worker` running."""
    folder = tmp_path_factory.mktemp("app")
    write_app(folder)
    with _pyodide_session.page(folder, pyodide=None, timeout=120) as app:
        app.wait_ready()
        app.run("worker = await Worker('work', name='worker').ready()")
        yield app


@pytest.fixture(scope="module")
def pooled(_pyodide_session: Session, tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppPage]:
    """The app's page, with `pool`, two workers of which the first has started."""
    folder = tmp_path_factory.mktemp("app")
    write_app(folder)
    with _pyodide_session.page(folder, pyodide=None, timeout=120) as app:
        app.wait_ready()
        app.run(POOLS)
        yield app


def write_app(folder: Path) -> None:
    """An app with a module of its own."""
    for name, text in FILES.items():
        (folder / name).write_text(text)
    (folder / "main.py").write_text(MAIN)
