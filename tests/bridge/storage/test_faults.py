"""A full disk, what the browser has removed, and what is damaged."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pyodide_app.testing import AppPage, OpenApp

In = Callable[[AppPage], Callable[[str], Any]]

QUOTA = 3_000_000  # bytes
FILL = """
def fill(path):
    '''Write until there is no room; return the error, and how much was written.'''
    size = 0
    with open(path, "wb", buffering=0) as file:
        while size < 50_000_000:
            try:
                file.write(bytes(100_000))
            except OSError as error:
                return errno.errorcode[error.errno], size
            size += 100_000
"""


# Chromium does not hold synchronous handles to the quota that its tools set for a private window.
LIMIT = f"""
from pyodide.code import run_js
run_js('''(() => {{
  const {{ write }} = FileSystemSyncAccessHandle.prototype;
  FileSystemSyncAccessHandle.prototype.write = function (bytes, {{ at }}) {{
    if (at + bytes.length > {QUOTA}) throw new DOMException("No room.", "QuotaExceededError");
    return write.call(this, bytes, {{ at }});
  }};
}})()''')
"""


def test_a_full_disk_is_an_error_in_a_worker_and_what_was_there_stays(
    working: AppPage, in_worker_of: In
) -> None:
    do = in_worker_of(working)
    do(
        FILL
        + LIMIT
        + """
store = await mount("/full")
Path("/full/kept").write_text("kept")
await store.flush()
"""
    )
    error, fits = do(
        """
        outcome = fill("/full/large")
        assert os.stat("/full/large").st_size == outcome[1]
        outcome
        """
    )
    assert error == "ENOSPC"
    assert 0 < fits < QUOTA
    assert do(
        """
        os.unlink("/full/large")
        await store.flush()
        again = fill("/full/large")[1] > 0  # the blocks that were freed
        os.unlink("/full/large")
        Path("/full/kept").write_text("changed")
        await store.close()
        store = await mount("/full")
        found = again, os.listdir("/full"), Path("/full/kept").read_text()
        await store.close()
        found
        """
    ) == (True, ["kept"], "changed")


def test_a_transaction_of_sqlite_that_does_not_fit_is_rolled_back(working: AppPage, in_worker_of: In) -> None:
    do = in_worker_of(working)
    do(
        LIMIT
        + """
import sqlite3
store = await mount("/full")
connection = sqlite3.connect("/full/database")
connection.execute("CREATE TABLE texts (text)")
connection.execute("INSERT INTO texts VALUES ('kept')")
connection.commit()
"""
    )
    assert do(
        """
        try:
            for _ in range(100):
                connection.execute("INSERT INTO texts VALUES (?)", ("x" * 1_000_000,))
            connection.commit()
            told = ""
        except sqlite3.OperationalError as error:
            told = str(error)
        connection.rollback()
        connection.close()
        await store.close()
        store = await mount("/full")
        connection = sqlite3.connect("/full/database")
        check = connection.execute("PRAGMA integrity_check").fetchone()
        texts = connection.execute("SELECT text FROM texts").fetchall()
        connection.close()
        await store.close()
        told, check, texts
        """
    ) == ("database or disk is full", ("ok",), [("kept",)])


def test_a_full_disk_is_an_error_of_flush_in_a_page(open_app: OpenApp, tmp_path: Path) -> None:
    (tmp_path / "main.py").write_text(
        "import errno, os\nfrom pathlib import Path\nfrom pyodide_app.bridge.storage import mount\n"
    )
    app = open_app(tmp_path)
    tools = app.page.context.new_cdp_session(app.page)
    origin = app.url.rstrip("/")
    tools.send("Storage.overrideQuotaForOrigin", {"origin": origin, "quotaSize": QUOTA})
    app.run("store = await mount('/full')\nPath('/full/kept').write_text('kept')\nawait store.flush()")
    assert app.run(
        """
        number = None
        with open("/full/large", "wb", buffering=0) as file:
            while number is None and file.tell() < 50_000_000:
                file.write(os.urandom(1_000_000))
                try:
                    await store.flush()
                except OSError as error:
                    number = errno.errorcode[error.errno]
        number, store.status.value, store.problem.value != ""
        """
    ) == ("ENOSPC", "unsaved", True)
    tools.send("Storage.overrideQuotaForOrigin", {"origin": origin})  # there is room again
    assert app.run(
        """
        await store.close()
        unmounted = os.listdir("/full")
        store = await mount("/full")
        kept, size = Path("/full/kept").read_text(), os.stat("/full/large").st_size
        unmounted, size >= 2_000_000, kept, store.problem.value
        """
    ) == ([], True, "kept", "")


@pytest.mark.parametrize("place", ["worker", "page"])
def test_what_the_browser_has_removed_between_visits_is_an_empty_store(
    working: AppPage,
    in_worker_of: In,
    in_page_of: In,
    place: str,
) -> None:
    run = in_worker_of if place == "worker" else in_page_of
    run(working)("async with await mount('/evicted') as store:\n    Path('/evicted/file').touch()")
    tools = working.page.context.new_cdp_session(working.page)
    tools.send(
        "Storage.clearDataForOrigin",
        {"origin": working.url.rstrip("/"), "storageTypes": "file_systems,indexeddb"},
    )
    assert run(working)(
        """
            async with await mount("/evicted") as store:
                found = os.listdir("/evicted")
                Path("/evicted/new").touch()
            found, os.listdir("/evicted")
            """
    ) == ([], [])


WRITE = """
import js
from js import Object, Uint8Array
from pyodide.ffi import to_js

folder = await js.navigator.storage.getDirectory()
for name in ("pyodide_app", "%2Fdamaged"):
    folder = await folder.getDirectoryHandle(name)

async def overwrite(file, at, data):
    '''A byte of a file in the store, or many.'''
    handle = await (await folder.getFileHandle(file)).createSyncAccessHandle()
    handle.write(to_js(data), to_js({"at": at}, dict_converter=Object.fromEntries))
    handle.close()
"""


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        ("for log in ('log-0', 'log-1'): await overwrite(log, 0, b'garbage')", "is damaged"),
        ("await overwrite('log-1', 40, b'xxx')", "is damaged"),
        ("await overwrite('log-1', 0, NEWER)", "has layout 3"),
    ],
)
def test_what_is_damaged_or_newer_is_not_opened_and_not_overwritten(
    in_the_worker: Callable[[str], Any], damage: str, says: str
) -> None:
    in_the_worker(
        """
        store = await mount("/damaged")
        Path("/damaged/file").touch()
        await store.close()
        import struct, zlib
        NEWER = struct.pack(">III", 0x70794150, 3, 1) + bytes(16)
        NEWER += struct.pack(">I", zlib.crc32(NEWER))
        """
    )
    in_the_worker(WRITE + damage)
    first, second = in_the_worker("await told(mount('/damaged')), await told(mount('/damaged'))")
    in_the_worker("await folder.removeEntry('log-0')\nawait folder.removeEntry('log-1')")
    assert first == second
    assert says in first
