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
