"""Tabs that write through another one, which has the store."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from pyodide_app.testing import AppPage, OpenApp

Do = Callable[[str], Any]  # runs Python in the worker or in the page

COUNT = """
import errno
from pathlib import Path
from pyodide_app.bridge.storage import mount

async def count(name):
    async with await mount("/count", if_taken="route") as store:
        for _ in range(10):
            while True:
                path = Path("/count/number")
                number = int(path.read_text()) if path.exists() else 0
                path.write_text(str(number + 1))
                try:
                    await store.flush()
                    break
                except OSError as error:
                    if error.errno != errno.EBUSY:
                        raise
        Path("/count", name).write_text(name)
        await store.flush()
"""
NO_ROOM = """
from pyodide.code import run_js
device = store._store.device
commit = device.commit
device.commit = run_js("() => { throw new DOMException('No room.', 'QuotaExceededError'); }")
"""
COUNTING = Path(__file__).with_name("counting.js").read_text()
RUN = "code => document.querySelector('pyodide-app').pyodide.runPythonAsync(code)"


@pytest.fixture
def routed(in_the_worker: Do, in_its_page: Do, request: pytest.FixtureRequest) -> Iterator[str]:
    """A store that the worker has and the page writes through it; both know it as `store`."""
    path = f"/{request.node.originalname}"
    in_the_worker(
        f"""
        store = await mount("{path}")
        Path("{path}/old").write_text("old")
        Path("{path}/folder").mkdir()
        Path("{path}/folder/inner").write_text("inner")
        """
    )
    in_its_page(f"store = await mount('{path}', if_taken='route')")
    yield path
    in_its_page("await store.close()")
    in_the_worker("await store.close()")


LOOK = """
def tree(path):
    found = Path(path).rglob("*")
    return {str(each.relative_to(path)): each.is_file() and each.read_text() for each in found}
"""


def test_what_is_written_there_is_saved_here(routed: str, in_the_worker: Do, in_its_page: Do) -> None:
    kind, is_read_only, status, seen = in_its_page(
        LOOK
        + f"""
path = Path("{routed}")
(path / "new").write_text("new")
with open(path / "old", "a") as file:
    file.write(" and new")
(path / "folder").rename(path / "moved")
(path / "made" / "deep").mkdir(parents=True)
(path / "made" / "deep" / "large").write_text("x" * 100_000)
(path / "gone").touch()
(path / "gone").unlink()
await store.flush()
found = tree(path)
found["made/deep/large"] = len(found["made/deep/large"])
store.kind, store.read_only, store.status.value, found
"""
    )
    wanted = {
        "new": "new",
        "old": "old and new",
        "moved": False,
        "moved/inner": "inner",
        "made": False,
        "made/deep": False,
        "made/deep/large": 100_000,
    }
    assert (kind, is_read_only, status, seen) == ("router", False, "saved", wanted)
    found, changed, is_unsaved = in_the_worker(
        LOOK
        + f"""
found = tree("{routed}")
found["made/deep/large"] = len(found["made/deep/large"])
found, store.change.value.paths, store._store.volume.isChanged
"""
    )
    assert (found, is_unsaved) == (wanted, False)
    assert f"{routed}/new" in changed
    in_its_page(f"os.unlink('{routed}/moved/inner')\nos.rmdir('{routed}/moved')\nawait store.flush()")
    again = in_the_worker(
        f"""
        await store.close()
        store = await mount("{routed}")
        sorted(os.listdir("{routed}")), Path("{routed}/old").read_text()
        """
    )
    assert again == (["made", "new", "old"], "old and new")


def test_a_file_stays_open_while_it_is_saved(routed: str, in_the_worker: Do, in_its_page: Do) -> None:
    in_its_page(
        f"""
        with open("{routed}/log", "w", buffering=1) as file:
            for number in range(5):
                file.write(f"{{number}}\\n")
                await store.flush()
        """
    )
    assert in_the_worker(f"Path('{routed}/log').read_text()") == "0\n1\n2\n3\n4\n"


def test_both_see_what_the_other_does(routed: str, in_the_worker: Do, in_its_page: Do) -> None:
    in_its_page(f"Path('{routed}/shared').write_text('page')\nawait store.flush()")
    in_the_worker(
        f"""
        with open("{routed}/shared", "a") as file:
            file.write(", worker")
        await store.flush()
        """
    )
    in_its_page(
        f"""
        while Path("{routed}/shared").read_text() != "page, worker":
            await asyncio.sleep(0)
        with open("{routed}/shared", "a") as file:
            file.write(", page")
        await store.flush()
        """
    )
    assert in_the_worker(f"Path('{routed}/shared').read_text()") == "page, worker, page"


def test_what_both_have_changed_is_an_error_and_stays(
    routed: str, in_the_worker: Do, in_its_page: Do
) -> None:
    said, before, after = in_its_page(
        f"""
        store._store.hold()
        Path("{routed}/old").write_text("page")
        Path("{routed}/other").write_text("page")
        await worker.run(work.do, "Path('{routed}/old').write_text('worker')\\nawait store.flush()")
        store._store.resume()
        said = await told(store.flush())
        before = Path("{routed}/old").read_text(), store.status.value
        await store.flush()
        said, before, (Path("{routed}/other").read_text(), store.status.value)
        """
    )
    assert said.startswith("OSError: [Errno")
    assert "Another tab has changed old meanwhile." in said
    assert (before, after) == (("worker", "unsaved"), ("page", "saved"))
    assert in_the_worker(f"Path('{routed}/old').read_text(), Path('{routed}/other').read_text()") == (
        "worker",
        "page",
    )


def test_what_the_writer_has_open_waits(routed: str, in_the_worker: Do, in_its_page: Do) -> None:
    in_the_worker(f"opened = open('{routed}/old')")
    said = in_its_page(f"Path('{routed}/old').write_text('page')\nawait told(store.flush())")
    assert "has old open" in said
    in_the_worker("opened.close()")
    in_its_page("await store.flush()")
    assert in_the_worker(f"Path('{routed}/old').read_text()") == "page"


def test_sqlite_commits_through_it(routed: str, in_the_worker: Do, in_its_page: Do) -> None:
    can = in_its_page(
        f"""
        import sqlite3
        from pyodide_app.bridge.rpc._blocking import can_run_sync
        if can_run_sync():
            connection = sqlite3.connect("{routed}/database")
            connection.execute("CREATE TABLE numbers (number)")
            with connection:
                connection.execute("INSERT INTO numbers VALUES (1)")
            assert not store._store.volume.isChanged
            connection.close()
        can_run_sync()
        """
    )
    if can:
        assert in_the_worker(
            f"""
            import sqlite3
            connection = sqlite3.connect("{routed}/database")
            found = connection.execute("SELECT number FROM numbers").fetchall()
            connection.close()
            found
            """
        ) == [(1,)]


def test_a_change_of_all_and_its_taking_back(routed: str, in_the_worker: Do, in_its_page: Do) -> None:
    said, names = in_its_page(
        f"""
        archive = await store.export_state()
        await store.reset()
        empty = os.listdir("{routed}")
        await store.import_state(archive)
        (await told(store.erase())).partition(":")[2], (empty, sorted(os.listdir("{routed}")))
        """
    )
    assert "Read-only file system" in said
    assert names == ([], ["folder", "old"])
    assert in_the_worker(f"sorted(os.listdir('{routed}'))") == ["folder", "old"]


def test_without_a_writer_nothing_is_said_to_be_saved(in_the_worker: Do, in_its_page: Do) -> None:
    in_the_worker("store = await mount('/left-alone')")
    in_its_page("store = await mount('/left-alone', if_taken='route')")
    in_the_worker("await store.close()")
    said, status = in_its_page(
        """
        Path("/left-alone/file").write_text("text")
        await told(store.flush()), store.status.value
        """
    )
    assert "No tab that can write the store has answered." in said
    assert status == "unsaved"
    in_the_worker("store = await mount('/left-alone')")
    in_its_page("await store.close()")
    assert in_the_worker("Path('/left-alone/file').read_text()") == "text"
    in_the_worker("await store.close()")


def others_of(app: AppPage, count: int) -> list[Page]:
    pages = [app.page.context.new_page() for _ in range(count)]
    for page in pages:
        page.goto(app.url)
    for page in pages:
        page.locator("pyodide-app[state=ready]").wait_for(state="attached", timeout=60_000)
    return pages


def test_a_writer_that_cannot_save_says_so_to_those_who_ask(
    routed: str, in_the_worker: Do, in_its_page: Do
) -> None:
    in_its_page("await store.close()")
    in_the_worker(f"{NO_ROOM}\nPath({routed!r}, 'more').write_text('more')")
    for how in ("read", "route"):
        said = in_its_page(f"await told(mount({routed!r}, if_taken={how!r}))")
        told = "The tab that writes the store cannot save what it has: QuotaExceededError: No room."
        assert said == f"StorageError: {told}"
    in_the_worker("device.commit = commit")
    assert (
        in_its_page(
            f"""
        store = await mount({routed!r}, if_taken="route")
        Path({routed!r}, "more").read_text()
        """
        )
        == "more"
    )


def test_what_is_sent_while_writers_come_and_go_is_taken_once(other_app: AppPage) -> None:
    found = other_app.page.evaluate(COUNTING, ["/_pyodide_app/runtime/", 5, 40])
    assert found["found"] == found["times"] == 200
    assert found["refused"] > 0


def test_five_tabs_count_and_none_is_lost(open_app: OpenApp, tmp_path: Path) -> None:
    (tmp_path / "main.py").write_text(COUNT)
    app = open_app(tmp_path)
    others = others_of(app, 4)
    for number, page in enumerate(others):
        page.evaluate("code => { globalThis.counting = (" + RUN + ")(code); }", f"await count('{number}')")
    app.run("await count('first')")
    for page in others:
        page.evaluate("counting")
    assert app.run(
        """
        async with await mount("/count"):
            found = Path("/count/number").read_text(), sorted(path.name for path in Path("/count").iterdir())
        found
        """
    ) == ("50", ["0", "1", "2", "3", "first", "number"])


def test_the_next_tab_writes_when_the_writer_is_gone(open_app: OpenApp, tmp_path: Path) -> None:
    (tmp_path / "main.py").write_text(COUNT)
    app = open_app(tmp_path)
    writer, other = others_of(app, 2)
    mount = "store = await mount('/inherited', if_taken='route')\n"
    writer.evaluate(RUN, mount + "Path('/inherited/first').write_text('1')\nawait store.flush()\nNone")
    app.run(mount + "Path('/inherited/second').write_text('2')\nawait store.flush()")
    other.evaluate(RUN, mount + "None")
    assert app.run("store.kind") == "router"
    writer.close()
    app.run("Path('/inherited/third').write_text('3')\nawait store.flush()")
    other.evaluate(RUN, "Path('/inherited/fourth').write_text('4')\nawait store.flush()\nNone")
    # Whoever has it now, the last one closes it for all.
    other.evaluate(RUN, "await store.close()\nNone")
    assert app.run(
        """
        await store.close()
        async with await mount("/inherited") as store:
            found = {path.name: path.read_text() for path in Path("/inherited").iterdir()}
        store.kind, found
        """
    ) == ("indexeddb", {"first": "1", "second": "2", "third": "3", "fourth": "4"})
