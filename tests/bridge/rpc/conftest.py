"""Two ends of a connection in one interpreter: what crosses is the same as between threads."""

import pytest

from pyodide_app.testing import AppPage

ENDS = """
import asyncio
from js import MessageChannel
from pyodide_app.bridge.rpc import *

def ends(exports=None):
    channel = MessageChannel.new()
    near = Connection(channel.port1, peer="the far end")
    far = Connection(channel.port2, peer="the near end", exports=exports)
    return near, far

async def call(function, *args, timeout=None, **kwargs):
    return await near.call(None, function, args, kwargs, timeout=timeout)

async def by_name(name, *args, **kwargs):
    return await near.call(name, None, args, kwargs)
"""


@pytest.fixture
def page(pyodide: AppPage) -> AppPage:
    """A page with `ends`, and with `near`, `far`, `call` and `by_name` for a pair of them."""
    pyodide.run(ENDS)
    return pyodide
