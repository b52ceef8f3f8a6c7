"""Several tabs and workers with one store: one writes, the others wait or read."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pyodide_app.testing import AppPage, OpenApp

Do = Callable[[str], Any]  # runs Python in the worker or in the page

COUNT = """
from pathlib import Path
from pyodide_app.bridge.storage import mount

async def count():
    for _ in range(10):
        async with await mount("/count") as store:
            path = Path("/count/number")
            number = int(path.read_text()) if path.exists() else 0
            path.write_text(str(number + 1))
    return number + 1
"""
RUN = "code => document.querySelector('pyodide-app').pyodide.runPythonAsync(code)"


@pytest.mark.parametrize("tabs", [2, 5])
def test_tabs_that_write_at_the_same_time_lose_nothing(open_app: OpenApp, tmp_path: Path, tabs: int) -> None:
    (tmp_path / "main.py").write_text(COUNT)
    app = open_app(tmp_path)
    others = [app.page.context.new_page() for _ in range(tabs - 1)]
    for page in others:
        page.goto(app.url)
    for page in others:
        page.locator("pyodide-app[state=ready]").wait_for(state="attached", timeout=60_000)
    for page in others:
        page.evaluate("code => { globalThis.counting = (" + RUN + ")(code); }", "await count()")
    counts = [app.run("await count()")] + [page.evaluate("counting") for page in others]
    assert max(counts) == 10 * tabs


def test_waiting_for_the_writer_can_be_given_up(in_the_worker: Do, in_its_page: Do) -> None:
    in_the_worker("store = await mount('/given-up')")
    assert in_its_page("await told(asyncio.wait_for(mount('/given-up'), 0.1))") == "TimeoutError: "
    assert "was made in a worker" in in_its_page(
        """
        waiting = asyncio.ensure_future(told(mount("/given-up")))
        await worker.run(work.do, "await store.close()")
        await waiting
        """
    )


def test_a_reader_sees_what_the_writer_saves_and_cannot_write(in_the_worker: Do, in_its_page: Do) -> None:
    in_the_worker(
        """
        store = await mount("/read")
        Path("/read/kept").write_text("kept")
        Path("/read/folder").mkdir()
        Path("/read/folder/old").write_text("old")
        """
    )
    assert in_its_page(
        """
        reader = await mount("/read", if_taken="read")
        def number(call, *args):
            try:
                call(*args)
            except OSError as error:
                return errno.errorcode[error.errno]
        errors = [
            number(open, "/read/new", "w"),
            number(open, "/read/kept", "a"),
            number(os.unlink, "/read/kept"),
            number(os.mkdir, "/read/new"),
            number(os.rename, "/read/kept", "/read/new"),
        ]
        text = Path("/read/folder/old").read_text()
        reader.read_only, reader.kind, text, errors, await told(reader.erase())
        """
    ) == (
        True,
        "reader",
        "old",
        ["EROFS"] * 5,
        "OSError: [Errno 69] Read-only file system: another tab writes",
    )
    in_the_worker(
        """
        Path("/read/folder/old").rename("/read/folder/moved")
        Path("/read/kept").write_text("x" * 100_000)
        Path("/read/new").write_text("new")
        await store.flush()
        """
    )
    assert in_its_page(
        """
        while not reader.change.value.number:
            await asyncio.sleep(0)
        texts = [Path("/read", name).read_text()[:3] for name in ("kept", "new", "folder/moved")]
        size, names = os.stat("/read/kept").st_size, os.listdir("/read/folder")
        texts, size, names, sorted(reader.change.value.paths)
        """
    ) == (
        ["xxx", "new", "old"],
        100_000,
        ["moved"],
        ["/read/folder/moved", "/read/kept", "/read/new"],
    )
    in_the_worker(
        """
        await store.close()
        store = await mount("/read")
        Path("/read/kept").unlink()
        await store.flush()
        """
    )
    assert (
        in_its_page(
            """
        while os.path.exists("/read/kept"):
            await asyncio.sleep(0)
        await reader.close()
        os.listdir("/read")
        """
        )
        == []
    )
    in_the_worker("await store.close()")


def test_who_asks_to_read_writes_when_nobody_else_does(do: Do) -> None:
    assert (
        do(
            """
        async with await mount("/alone", if_taken="read") as store:
            Path("/alone/file").touch()
        store.read_only
        """
        )
        is False
    )


def test_a_worker_that_ends_leaves_the_store_to_the_next(working: AppPage) -> None:
    code = """
import os
from pathlib import Path
from pyodide_app.bridge.storage import mount
store = await mount("/left")
found = os.listdir("/left")
with open("/left/file", "w") as file:
    os.fsync(file.fileno())
found
"""
    assert working.run("await worker.run(work.do, code)", code=code) == []
    working.run("worker.terminate()\nworker = Worker()")
    assert working.run("await worker.run(work.do, code)", code=code) == ["file"]


def test_the_wheel_alone_brings_the_javascript(in_the_page: Do) -> None:
    assert (
        in_the_page(
            """
        import sys
        import _pyodide_app_storage as given
        sys.modules["_pyodide_app_storage"] = None
        try:
            async with await mount("/wheel") as store:
                Path("/wheel/file").write_text("text")
            async with await mount("/wheel") as store:
                found = Path("/wheel/file").read_text()
        finally:
            sys.modules["_pyodide_app_storage"] = given
        found
        """
        )
        == "text"
    )
