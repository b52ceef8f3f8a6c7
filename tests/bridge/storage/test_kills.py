"""The browser is killed while a program writes; all that was said to be durable is there afterwards.

Each start checks what the last one left and then goes on, so a run is one long life with many deaths.
STORAGE_KILLS in the environment says how many; the suite makes do with few.
"""

import asyncio
import json
import os
import random
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import ConsoleMessage, async_playwright

from pyodide_app.testing._loop import LoopThread
from pyodide_app.testing.browser import find_browser, launch_options
from pyodide_app.toolkit.runtimes import DEFAULT
from pyodide_app.toolkit.server import Server
from pyodide_app.toolkit.store import Store

KILLS = int(os.environ.get("STORAGE_KILLS", "4"))
FOLDER = Path(__file__).parent / "killed"
PATIENCE = 60  # seconds for a start, and for what is waited for in it


class Life:
    """What a page says from its start until the browser is killed."""

    def __init__(self) -> None:
        self.found: dict[str, int] | None = None
        self.kept: list[tuple[str, int]] = []
        self.others: list[str] = []
        self.has_stopped = False
        self._news = asyncio.Event()

    def hear(self, message: ConsoleMessage) -> None:
        kind, _, text = message.text.partition(" ")
        if kind == "found":
            self.found = json.loads(text)
        elif kind == "kept":
            way, number = json.loads(text)
            self.kept.append((way, number))
        elif kind == "stopped":
            self.has_stopped = True
        elif message.type == "error":
            self.others.append(message.text)
        self._news.set()

    async def until(self, *, writes: int) -> None:
        """Wait until so many writes are durable, or it has stopped at its point."""
        while len(self.kept) < writes and not self.has_stopped:
            assert self.others == []
            self._news.clear()
            await asyncio.wait_for(self._news.wait(), PATIENCE)


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with Server(FOLDER, store=Store(quiet=True)) as server:
        yield server.url


async def live(profile: Path, address: str, *, writes: int, delay: float = 0) -> Life:
    """Start a browser, let it write, and kill it with all its processes.

    Args:
        writes: how many must be durable before.
        delay: seconds after them.
    """
    life = Life()
    async with async_playwright() as playwright:
        options: dict[str, Any] = launch_options(find_browser())
        context = await playwright.chromium.launch_persistent_context(profile, **options)
        context.on("console", life.hear)
        context.on("weberror", lambda error: life.others.append(str(error.error)))
        try:
            await context.pages[0].goto(address)
            await life.until(writes=writes)
            await asyncio.sleep(delay)  # not for anything to happen: to be killed anywhere
        finally:
            kill(profile)
    return life


def kill(profile: Path) -> None:
    listed = subprocess.run(["ps", "-eo", "pgid=,args="], capture_output=True, text=True, check=True).stdout
    for group in {
        int(line.split()[0]) for line in listed.splitlines() if f"--user-data-dir={profile}" in line
    }:
        os.killpg(group, signal.SIGKILL)


def check(kept: dict[str, int], life: Life) -> dict[str, int]:
    """Compare what was found with what had been kept; return what must be found the next time."""
    assert life.others == []
    assert life.found is not None
    lost = {way: number for way, number in kept.items() if life.found[way] < number}
    assert lost == {}
    return life.found | dict(life.kept)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["opfs", "indexeddb"])
def test_nothing_is_lost_when_the_browser_is_killed_at_random(url: str, tmp_path: Path, kind: str) -> None:
    chance = random.Random(5)
    kept: dict[str, int] = {}
    with LoopThread() as loop:
        for seed in range(KILLS):
            address = f"{url}?pyodide={DEFAULT}&seed={seed}&kind={kind}"
            writes, delay = chance.randrange(12), chance.uniform(0, 0.03)
            life = loop.run(live(tmp_path, address, writes=writes, delay=delay))
            if life.found is not None:  # else it was killed at its start
                kept = check(kept, life)
        last = loop.run(live(tmp_path, f"{url}?pyodide={DEFAULT}&seed=0&kind={kind}", writes=1))
    check(kept, last)
    assert sum(kept.values()) > KILLS


@pytest.mark.slow
def test_nothing_is_lost_when_it_is_killed_within_an_operation(url: str, tmp_path: Path) -> None:
    kept: dict[str, int] = {}
    with LoopThread() as loop:
        for stop in range(1, KILLS + 1):
            address = f"{url}?pyodide={DEFAULT}&seed={stop}&stop={stop}"
            life = loop.run(live(tmp_path, address, writes=1000))
            assert life.has_stopped
            kept = check(kept, life)
        last = loop.run(live(tmp_path, f"{url}?pyodide={DEFAULT}&seed=0", writes=1))
    check(kept, last)
