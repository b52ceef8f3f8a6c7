"""Shared memory between a page and a worker; one worker for all of these tests."""

from collections.abc import Iterator

import pytest

from pyodide_app.testing import AppPage
from pyodide_app.testing._session import Session
from pyodide_app.toolkit import runtimes

MAIN = """\
import asyncio
import work
from pyodide_app.bridge import SharedArray, ring_buffer
from pyodide_app.bridge.workers import Worker

worker = Worker()
await worker.ready()
"""
WORK = """\
import os
import signal
import time

def double(numbers):
    numbers[...] = numbers.js.map(lambda number, *_: number * 2).to_py() if False else memoryview(
        __import__("array").array("i", [2 * number for number in numbers[...]]))
    return tuple(numbers.copies)
"""


@pytest.fixture(scope="module")
def app(_pyodide_session: Session, tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppPage]:
    folder = tmp_path_factory.mktemp("app")
    (folder / "main.py").write_text(MAIN)
    (folder / "work.py").write_text(WORK)
    with _pyodide_session.page(folder, pyodide=runtimes.DEFAULT, timeout=120) as app:
        app.wait_ready()
        yield app
