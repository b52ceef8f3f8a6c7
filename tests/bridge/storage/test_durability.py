"""What `os.fsync`, SQLite's commit and `flush` promise, and what they do where they cannot."""

from collections.abc import Callable
from typing import Any

import pytest

from pyodide_app.testing import AppPage

Do = Callable[[str], Any]  # runs Python in the worker or in the page

COUNTED = """
from pyodide.code import run_js

flushed = run_js('''(() => {
  const counted = { times: 0 };
  const flush = FileSystemSyncAccessHandle.prototype.flush;
  FileSystemSyncAccessHandle.prototype.flush = function () { counted.times++; return flush.call(this); };
  return counted;
})()''')

def flushes(call, *args):
    before = flushed.times
    call(*args)
    return flushed.times - before
"""


def test_fsync_in_a_worker_flushes_what_is_new(in_the_worker: Do) -> None:
    assert in_the_worker(
        COUNTED
        + """
async with await mount("/fsync") as store:
    with open("/fsync/file", "wb") as file:
        file.write(b"x" * 10_000)
        file.flush()
        first = flushes(os.fsync, file.fileno()) > 0
        found = first, flushes(os.fsync, file.fileno()), store._store.volume.isChanged
found
"""
    ) == (True, 0, False)


@pytest.mark.parametrize("mode", ["DELETE", "TRUNCATE", "PERSIST"])
def test_a_commit_of_sqlite_is_durable_in_these_modes(in_the_worker: Do, mode: str) -> None:
    assert in_the_worker(
        COUNTED
        + f"""
import sqlite3
async with await mount("/{mode}") as store:
    connection = sqlite3.connect("/{mode}/database")
    connection.execute("PRAGMA journal_mode = {mode}")
    connection.execute("CREATE TABLE numbers (number)")
    connection.commit()
    connection.execute("INSERT INTO numbers VALUES (1)")
    found = flushes(connection.commit) > 0, store._store.volume.isChanged
    connection.close()
found
"""
    ) == (True, False)


@pytest.mark.parametrize("mode", ["MEMORY", "OFF"])
def test_a_commit_without_a_journal_is_refused_and_harms_nothing(
    in_the_worker: Do, app: AppPage, mode: str
) -> None:
    before = len(app.console)
    assert in_the_worker(
        f"""
        import sqlite3
        async with await mount("/{mode}") as store:
            connection = sqlite3.connect("/{mode}/database")
            connection.execute("CREATE TABLE numbers (number)")
            connection.commit()
            try:
                connection.execute("PRAGMA journal_mode = {mode}")
                connection.execute("INSERT INTO numbers VALUES (1)")
                connection.commit()
                told = ""
            except sqlite3.OperationalError as error:
                told = str(error)
            connection.close()
            connection = sqlite3.connect("/{mode}/database")
            count = connection.execute("SELECT count(*) FROM numbers").fetchone()
            check = connection.execute("PRAGMA integrity_check").fetchone()
            connection.execute("INSERT INTO numbers VALUES (2)")
            connection.commit()
            connection.close()
        told != "", count, check
        """
    ) == (True, (0,), ("ok",))
    assert reasons(app, before) == {
        "database is not changed: it is a SQLite database without its rollback journal, as in the journal "
        "modes MEMORY and OFF. Such databases are not durable here: use PRAGMA journal_mode = DELETE."
    }


def test_journal_mode_wal_is_refused_and_harms_nothing(in_the_worker: Do, app: AppPage) -> None:
    before = len(app.console)
    assert in_the_worker(
        """
        import sqlite3
        async with await mount("/WAL") as store:
            connection = sqlite3.connect("/WAL/database")
            connection.execute("CREATE TABLE numbers (number)")
            try:
                told = connection.execute("PRAGMA journal_mode = WAL").fetchone()
            except sqlite3.OperationalError as error:
                told = str(error)
            connection.execute("INSERT INTO numbers VALUES (1)")
            connection.commit()
            connection.close()
            connection = sqlite3.connect("/WAL/database")
            count = connection.execute("SELECT count(*) FROM numbers").fetchone()
            connection.close()
        told, count
        """
    ) == ("disk I/O error", (1,))
    assert reasons(app, before) == {
        "database is not written: it is a SQLite database in journal mode WAL. "
        "Such databases are not durable here: use PRAGMA journal_mode = DELETE."
    }


def reasons(app: AppPage, before: int) -> set[str]:
    return {line.text for line in app.console[before:] if line.kind == "error"}


def test_a_database_can_be_copied_into_a_store(in_the_worker: Do) -> None:
    assert in_the_worker(
        """
        import sqlite3
        with sqlite3.connect("/tmp/database") as connection:
            connection.execute("CREATE TABLE texts (text)")
            connection.execute("INSERT INTO texts VALUES (?)", ("x" * 300_000,))
        connection.close()
        async with await mount("/copied") as store:
            shutil.copy("/tmp/database", "/copied/database")
        async with await mount("/copied") as store:
            connection = sqlite3.connect("/copied/database")
            found = connection.execute("SELECT length(text) FROM texts").fetchone()
            connection.close()
        os.unlink("/tmp/database")
        found
        """
    ) == (300_000,)


def test_a_small_change_takes_one_flush(in_the_worker: Do) -> None:
    assert in_the_worker(
        COUNTED
        + """
import sqlite3
async with await mount("/flushes") as store:
    connection = sqlite3.connect("/flushes/database")
    connection.execute("CREATE TABLE numbers (number)")
    connection.execute("INSERT INTO numbers VALUES (1)")
    found = [flushes(connection.commit)]
    connection.execute("INSERT INTO numbers VALUES (2)")
    found.append(flushes(connection.rollback))
    connection.close()
    with open("/flushes/file", "wb") as file:
        for size in (4096, 4096, 400_000):
            file.write(b"x" * size)
            file.flush()
            found.append(flushes(os.fsync, file.fileno()))
found
"""
    ) == [1, 0, 1, 1, 2]


IN_A_PAGE = """
import sqlite3
from pyodide.code import run_js
from pyodide.ffi import create_once_callable
from pyodide_app.bridge.rpc._blocking import can_run_sync

def at_once(call):
    # Where nothing can wait.
    outcomes = []
    run_js("(call) => call()")(create_once_callable(lambda: outcomes.append(outcome_of(call))))
    return outcomes[0]

def outcome_of(call):
    try:
        return call()
    except Exception as error:
        return f"{type(error).__name__}: {error}"

def numbers(connection):
    return [number for number, in connection.execute("SELECT number FROM numbers")]
"""


@pytest.mark.parametrize("mode", ["DELETE", "TRUNCATE", "PERSIST"])
def test_a_commit_of_sqlite_in_a_page_waits_or_is_refused(in_the_page: Do, mode: str) -> None:
    in_the_page(IN_A_PAGE)
    can, *found = in_the_page(
        f"""
        store = await mount("/in-page-{mode}")
        connection = sqlite3.connect(store.path + "/database")
        connection.execute("PRAGMA journal_mode = {mode}")
        created = outcome_of(lambda: connection.execute("CREATE TABLE numbers (number)") and None)
        can_run_sync(), created, store._store.volume.isChanged
        """
    )
    if not can:
        assert found[0] == "OperationalError: disk I/O error"
        in_the_page("connection.close()\nawait store.close()")
        return
    assert found == [None, False]
    assert in_the_page(
        """
        insert = "INSERT INTO numbers VALUES (?)"
        cursor = connection.cursor()
        cursor.execute(insert, (1,))
        connection.commit()
        found = [store._store.volume.isChanged]
        with connection:
            connection.executemany(insert, [(2,), (3,)])
        found.append(store._store.volume.isChanged)
        connection.executescript("INSERT INTO numbers VALUES (4); INSERT INTO numbers VALUES (5)")
        found.append(store._store.volume.isChanged)
        connection.execute(insert, (6,))
        found.append(at_once(connection.commit))
        connection.close()
        connection = sqlite3.connect(store.path + "/database")
        connection.execute(insert, (7,))
        found.append(at_once(connection.rollback))
        found.append(numbers(connection))
        connection.close()
        await store.close()
        store = await mount(store.path)
        connection = sqlite3.connect(store.path + "/database")
        found.append(numbers(connection))
        connection.close()
        await store.close()
        found
        """
    ) == [False, False, False, "OperationalError: disk I/O error", None, [1, 2, 3, 4, 5], [1, 2, 3, 4, 5]]


def test_a_commit_in_a_page_that_cannot_be_saved_says_so(in_the_page: Do) -> None:
    in_the_page(IN_A_PAGE)
    said = in_the_page(
        """
        store = await mount("/unsaved")
        connection = sqlite3.connect("/unsaved/database")
        said = "no JSPI"
        if can_run_sync():
            connection.execute("CREATE TABLE numbers (number)")
            device = store._store.device
            commit = device.commit
            device.commit = run_js("async () => { throw new DOMException('full', 'QuotaExceededError'); }")
            connection.execute("INSERT INTO numbers VALUES (1)")
            said = outcome_of(connection.commit)
            device.commit = commit
            await store.flush()
            assert numbers(connection) == [1]
        connection.close()
        await store.close()
        said
        """
    )
    if said != "no JSPI":
        assert said.startswith("OperationalError: the transaction is not durable yet: ")
        assert said.endswith("full")


def test_fsync_in_the_page_waits_or_says_that_it_cannot(in_the_page: Do) -> None:
    outcome, is_changed, can = in_the_page(
        """
        from pyodide_app.bridge.rpc._blocking import can_run_sync
        store = await mount("/page")
        with open("/page/file", "wb") as file:
            file.write(b"x" * 10_000)
            file.flush()
            try:
                os.fsync(file.fileno())
                outcome = "durable"
            except OSError as error:
                outcome = errno.errorcode[error.errno]
            is_changed = store._store.volume.isChanged
        await store.close()
        outcome, is_changed, can_run_sync()
        """
    )
    assert (outcome, is_changed) == (("durable", False) if can else ("ENOTSUP", True))
