"""On each Pyodide, files last over a reload of the page, in a worker and in the page itself."""

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


@pytest.mark.pyodide_matrix
def test_files_last(working: AppPage) -> None:
    begin = "import os\nfrom pathlib import Path\nfrom pyodide_app.bridge.storage import mount\n"
    for code, expected in [(WRITE, None), (READ, (["folder", "moved"], True, 1_000_000))]:
        in_worker, in_page = begin + code.format(place="worker"), begin + code.format(place="page")
        assert working.run("await worker.run(work.do, code)", code=in_worker) == expected
        assert working.run(in_page) == expected
        working.page.reload()
        working.wait_ready()
