"""A connection on one's own port hears of the end of the thread at its other end."""

import pytest

from pyodide_app.testing import AppPage

OWN = """
import asyncio, js
from js import MessageChannel
from pyodide_app.bridge.rpc import *

async def death(call):
    try:
        await call
    except WorkerDied as error:
        return error.reason, str(error)

def call(name, *args):
    return near.call(name, None, args, {})

own = js.Worker.new("own.js", type="module")
near = Connection(own, peer="my worker", javascript=True)
rest = call("rest")
assert await call("add", 1, 2) == 3
"""
DIED = ("crashed", "my worker is no more: its thread has ended")


def test_locks_are_held_and_waited_for_until_it_is_closed(app: AppPage) -> None:
    code = """
    async def locks():
        found = await js.navigator.locks.query()
        return len(found.held) - others[0], len(found.pending) - others[1]
    others = 0, 0
    others = await locks()
    near = Connection(js.Worker.new("own.js", type="module"), peer="my worker", javascript=True)
    while await locks() != (2, 2):  # one of each end, for which the other one waits
        await asyncio.sleep(0)
    near.close("enough")
    while await locks() != (0, 0):
        await asyncio.sleep(0)
    """
    app.run("import asyncio, js; from pyodide_app.bridge.rpc import Connection")
    app.run(code)


@pytest.mark.parametrize("end", ["near.notify('vanish', None, (), {})", "own.terminate()"])
def test_a_call_is_rejected_when_the_other_thread_ends(app: AppPage, end: str) -> None:
    app.run(OWN)
    app.run(end)
    assert app.run("await death(rest)") == DIED
    assert (
        app.run("try:\n    await call('add', 1, 2)\nexcept WorkerDied as error:\n    r = str(error)\nr")
        == DIED[1]
    )


def test_one_that_closes_in_order_is_no_death(app: AppPage) -> None:
    app.run(OWN)
    app.run("near.notify('leave', None, (), {})")
    assert app.run("await death(rest)") == ("done", "my worker has closed the connection")


def test_two_workers_that_talk_to_each_other_hear_of_each_others_end(app: AppPage) -> None:
    code = """
    channel = MessageChannel.new()
    async with Worker("work") as other:
        await other.call("listen", transfer(channel.port1))
        asks = asyncio.create_task(worker.call("rest_at", transfer(channel.port2)))
        await other.call("asked")
    try:
        await asks
    except WorkerDied as error:
        told = error.reason
    told
    """
    app.run(OWN)
    assert app.run(code) == "crashed"
