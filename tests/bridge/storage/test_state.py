"""The whole state of a store: exported, imported, reset, erased, migrated."""

from collections.abc import Callable
from typing import Any

import pytest

Do = Callable[[str], Any]  # runs Python in the worker or in the page

MADE = """
def tree(path):
    return {{str(file): file.read_text() for file in Path(path).rglob("*") if file.is_file()}}

store = await mount("/{name}")
Path("/{name}/folder/empty").mkdir(parents=True, exist_ok=True)
Path("/{name}/folder/file").write_text("first" * 3000)
archive = await store.export_state()
Path("/{name}/folder/file").write_text("second")
Path("/{name}/other").write_text("other")
"""


def test_what_was_exported_can_be_imported(do: Do) -> None:
    assert do(
        MADE.format(name="import")
        + """
await store.import_state(archive)
await store.close()
store = await mount("/import")
found = {name: len(text) for name, text in tree("/import").items()}, os.listdir("/import/folder/empty")
await store.close()
found
"""
    ) == ({"/import/folder/file": 15_000}, [])


GARBAGE = {
    "nothing": "b''",
    "text": "b'Once upon a time'",
    "truncated": "archive[:-10]",
    "cut in the middle": "archive[: len(archive) // 2]",
    "one byte": "bytes(byte ^ (at == 100) for at, byte in enumerate(archive))",
    "another zip": "changed(lambda name, data: None if name == 'manifest.json' else data)",
    "a file missing": "changed(lambda name, data: None if name.startswith('files/') else data)",
    "a file changed": "changed(lambda name, data: data + b'x' if name.startswith('files/') else data)",
    "out of the folder": "changed(lambda name, data: data.replace(b'folder/file', b'../file'), rename=True)",
    "another format": """changed(lambda name, data: data.replace(b'"format": 1', b'"format": 9'))""",
}
CHANGED = """
import io, zipfile

def changed(change, rename=False):
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            data = change(name, before.read(name))
            if data is not None:
                after.writestr(name.replace("folder/file", "../file") if rename else name, data)
    return out.getvalue()
"""


@pytest.mark.parametrize("kind", GARBAGE)
def test_garbage_is_refused_and_leaves_all_as_it_was(in_the_worker: Do, kind: str) -> None:
    told, is_equal, files = in_the_worker(
        MADE.format(name="garbage")
        + CHANGED
        + f"""
before = tree("/garbage")
told = await told_of(store.import_state({GARBAGE[kind]}))
found = told, tree("/garbage") == before, len(before)
await store.close()
found
"""
    )
    assert told == "ArchiveError"
    assert (is_equal, files) == (True, 2)


def test_an_import_that_fails_half_way_leaves_all_as_it_was(do: Do) -> None:
    assert do(
        MADE.format(name="half")
        + """
from pyodide_app.bridge.storage import _archive
bad = _archive.pack(_archive.Contents(1, [], {"a": b"a", "b-wal": b"b"}))  # the second can't be made
before = tree("/half")
told = await told_of(store.import_state(bad))
after = tree("/half")
await store.close()
store = await mount("/half")
again = tree("/half")
await store.close()
told, after == before, again == before
"""
    ) == ("PermissionError", True, True)


def test_an_import_waits_for_no_open_file(do: Do) -> None:
    assert do(
        MADE.format(name="open")
        + """
with open("/open/other") as file:
    told = await told_of(store.import_state(archive)), await told_of(store.reset())
await store.close()
told
"""
    ) == ("OSError", "OSError")


def test_reset_leaves_an_empty_store(do: Do) -> None:
    assert do(
        MADE.format(name="reset")
        + """
await store.reset()
now = os.listdir("/reset")
await store.close()
store = await mount("/reset")
later = os.listdir("/reset")
await store.close()
now, later
"""
    ) == ([], [])


def test_erase_leaves_nothing_in_the_browser(do: Do) -> None:
    assert do(
        MADE.format(name="erase")
        + """
import js
await store.erase()
names = [database.name for database in await js.indexedDB.databases()]
try:
    folder = await (await js.navigator.storage.getDirectory()).getDirectoryHandle("pyodide_app")
    names += [name async for name in folder.keys()]
except Exception:
    pass  # there is no such folder
store = await mount("/erase")
found = [name for name in names if "erase" in name], os.listdir("/erase")
await store.close()
found
"""
    ) == ([], [])


def test_an_older_version_is_migrated_at_once_or_not_at_all(do: Do) -> None:
    assert do(
        """
        seen = []

        def fail(path, before):
            Path(path, "file").write_text("half")
            raise LookupError("no")

        async def upgrade(path, before):
            seen.append((path, before))
            await asyncio.sleep(0)
            text = Path(path, "file").read_text()
            Path(path, "file").write_text(text + f" from {before}")

        async with await mount("/version") as store:
            Path("/version/file").write_text("old")
            archive = await store.export_state()
        failed = await told(mount("/version", version=3, migrate=fail))
        async with await mount("/version", version=1):
            kept = Path("/version/file").read_text()
        async with await mount("/version", version=3, migrate=upgrade) as store:
            first = Path("/version/file").read_text()
            await store.import_state(archive)
            imported = Path("/version/file").read_text()
        older = (await told(mount("/version", version=2))).partition(":")[0]
        failed, kept, first, imported, older, seen
        """
    ) == ("LookupError: no", "old", "old from 1", "old from 1", "StorageError", [("/version", 1)] * 2)
