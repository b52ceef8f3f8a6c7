"""On each Pyodide: files last over a reload, in a worker, in the page itself, and through the worker."""

import pytest

from pyodide_app.testing import AppPage

WRITE = """
store = await mount("/{place}")
Path("/{place}/folder").mkdir()
with open("/{place}/folder/file", "wb", buffering=0) as file:
    file.write(b"x" * 10_000)
    file.seek(5000)
    file.write(b"yyy")
    file.truncate(9000)
Path("/{place}/folder/file").rename("/{place}/moved")
os.utime("/{place}/moved", (1_000_000, 1_000_000))
await store.flush()
"""
READ = """
store = await mount("/{place}")
data = Path("/{place}/moved").read_bytes()
sorted(os.listdir("/{place}")), data == b"x" * 5000 + b"yyy" + b"x" * 3997, os.stat("/{place}/moved").st_mtime
"""

# The page writes what its worker has.
THROUGH = """
store_of_worker = await mount("/worker", if_taken="route")
Path("/worker/moved").write_bytes(b"from the page")
Path("/worker/folder/new").write_text("new")
await store_of_worker.flush()
store_of_worker.kind
"""
READ_THERE = "Path('/worker/moved').read_text(), os.listdir('/worker/folder')"


@pytest.mark.pyodide_matrix
def test_files_last(working: AppPage) -> None:
    begin = "import os\nfrom pathlib import Path\nfrom pyodide_app.bridge.storage import mount\n"
    for code, expected in [(WRITE, None), (READ, (["folder", "moved"], True, 1_000_000))]:
        in_worker, in_page = begin + code.format(place="worker"), begin + code.format(place="page")
        assert working.run("await worker.run(work.do, code)", code=in_worker) == expected
        assert working.run(in_page) == expected
        if code == WRITE:
            working.page.reload()
            working.wait_ready()
    assert working.run(begin + THROUGH) == "router"
    there = working.run("await worker.run(work.do, code)", code=READ_THERE)
    assert there == ("from the page", ["new"])
