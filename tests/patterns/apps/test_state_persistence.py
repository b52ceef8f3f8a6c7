"""A session is worked in, left in every way, taken along, and goes on."""

import importlib
import json
import os
import signal
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from playwright import async_api
from playwright.async_api import Playwright, async_playwright
from playwright.sync_api import Page

from pyodide_app.testing import AppPage, OpenApp, expect
from pyodide_app.testing._loop import LoopThread
from pyodide_app.testing._sync import wrap
from pyodide_app.testing.browser import find_browser, launch_options
from pyodide_app.toolkit.runtimes import DEFAULT
from pyodide_app.toolkit.server import Server
from pyodide_app.toolkit.store import Store

START = 120_000  # milliseconds for a worker to start
INSERT = """\
db.execute("CREATE TABLE IF NOT EXISTS notes (text)")
db.execute("INSERT INTO notes VALUES ('one <b>')")
state["count"] = state.get("count", 0) + 1
print("count", state["count"])
"""


def said(page: Page, text: str, timeout: int = 30_000) -> None:
    expect(page.locator("output")).to_contain_text(text, timeout=timeout)


def opened(open_app: OpenApp) -> AppPage:
    app = open_app()
    said(app.page, "The session is open.", START)
    return app


def start(page: Page, code: str) -> None:
    page.locator("textarea").fill(code)
    page.locator("textarea").press("Control+Enter")


def run(page: Page, code: str, outcome: str = "Done after") -> None:
    start(page, code)
    said(page, outcome)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).press("Enter")


def saved(page: Page, button: str, folder: Path) -> Path:
    with page.expect_download() as download:
        press(page, button)
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


# --- the record and the sheets, in CPython ---


@pytest.fixture
def modules(app_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SimpleNamespace]:
    monkeypatch.syspath_prepend(app_path)
    names = ("record", "tables", "sheets")
    yield SimpleNamespace(**{name: importlib.import_module(name) for name in names})
    for name in names:
        del sys.modules[name]


def test_a_record_is_the_same_after_writing_and_reading(modules: SimpleNamespace) -> None:
    record = modules.record.Record(draft="1 + 1", values={"a": [1, None]})
    record.end(record.begin("1 / 0"), "error", 0.5)
    assert modules.record.Record.read(record.write()) == record
    assert record.counters == {"runs": 1, "error": 1}


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": 2}'])
def test_what_is_no_record_is_refused(modules: SimpleNamespace, text: str) -> None:
    with pytest.raises(ValueError):
        modules.record.Record.read(text)


def test_a_run_that_ended_everything_is_found(modules: SimpleNamespace) -> None:
    record = modules.record.Record()
    record.begin("os.abort()")
    found = modules.record.Record.read(record.write())
    assert found.find_lost().code == "os.abort()"
    assert found.find_lost() is None


def test_a_sheet_has_types_and_comes_out_as_it_went_in(modules: SimpleNamespace, tmp_path: Path) -> None:
    path = tmp_path / "data.db"
    data = '\ufeffid;code;"a ""price"""\r\n1;007;1.5\r\n2;"x;y";\r\n'.encode()
    assert modules.sheets.add_csv(path, "my list.csv", data) == "my_list"
    assert modules.sheets.add_csv(path, "My list.csv", b"a\n1\n") == "My_list_2"
    assert json.loads(modules.sheets.to_json(path, "my_list")) == [
        {"id": 1, "code": "007", 'a "price"': 1.5},
        {"id": 2, "code": "x;y", 'a "price"': None},
    ]
    assert modules.sheets.to_csv(path, "my_list") == b'id,code,"a ""price"""\r\n1,007,1.5\r\n2,x;y,\r\n'


@pytest.mark.parametrize("data", [b"", b"\n\n", b"a,a\n", b"a,\n1,2\n", b"a,b\n1\n", b"\xff\xfe"])
def test_what_is_no_sheet_is_refused_and_makes_no_table(
    modules: SimpleNamespace, tmp_path: Path, data: bytes
) -> None:
    with pytest.raises(ValueError):
        modules.sheets.add_csv(tmp_path / "data.db", "list.csv", data)
    assert modules.tables.tables(tmp_path / "data.db") == []


# --- the app ---


def test_work_and_what_is_being_written_outlive_a_reload(open_app: OpenApp) -> None:
    page = opened(open_app).page
    run(page, INSERT)
    expect(page.get_by_role("log")).to_have_text("count 1")
    page.locator("textarea").fill("# half a prog")
    expect(page.locator(".kept")).to_have_text("Saved")
    page.reload()
    said(page, "The session is open.", START)
    expect(page.locator("textarea")).to_have_value("# half a prog")
    press(page, "notes (1)")
    expect(page.locator("td")).to_have_text(["one <b>"])
    run(page, INSERT)
    expect(page.get_by_role("log")).to_have_text("count 2")
    expect(page.locator("td")).to_have_text(["one <b>", "one <b>"])


def test_what_fails_is_stopped_or_crashes_leaves_what_was_kept(open_app: OpenApp) -> None:
    page = opened(open_app).page
    run(page, INSERT)
    change = "db.execute('DELETE FROM notes')\nstate['count'] = 7\n"
    run(page, change + "1 / 0", "An error after")
    expect(page.get_by_role("log")).to_contain_text('File "<your program>", line 3')
    run(page, change + "state['x'] = {1}", "An error after")
    expect(page.get_by_role("log")).to_contain_text("set is not JSON serializable")
    start(page, change + "print('begins')\nwhile True: pass")
    expect(page.get_by_role("log")).to_contain_text("begins")
    press(page, "Stop")
    said(page, "Stopped after")
    start(page, change + "import asyncio, js\njs.close()\nawait asyncio.sleep(3600)")
    said(page, "The last run did not come to its end.", START)
    run(page, "print(state, db.execute('SELECT count(*) FROM notes').fetchone())")
    expect(page.get_by_role("log")).to_have_text("{'count': 1} (1,)")
    expect(page.locator(".history .outcome")).to_have_text(
        ["done", "did not end", "stopped", "error", "error", "done"]
    )


def test_numpy_and_pandas_come_when_a_program_imports_them(open_app: OpenApp) -> None:
    page = opened(open_app).page
    start(
        page, INSERT + "import pandas\ntable = pandas.read_sql('SELECT * FROM notes', db)\nprint(table.shape)"
    )
    said(page, "Done after", START)
    expect(page.get_by_role("log")).to_contain_text("(1, 1)")
    run(page, "import numpy\nprint(numpy.arange(4).sum())")
    expect(page.get_by_role("log")).to_have_text("6")


def test_a_state_file_brings_all_back_and_a_wrong_one_changes_nothing(
    open_app: OpenApp, tmp_path: Path
) -> None:
    page = opened(open_app).page
    page.on("dialog", lambda dialog: dialog.accept())
    run(page, INSERT)
    whole = saved(page, "Download state", tmp_path)
    cut = tmp_path / "cut.zip"
    cut.write_bytes(whole.read_bytes()[:-20])
    other = tmp_path / "other.zip"
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("manifest.json", '{"format": 1, "version": 1, "folders": [], "files": {}}')
    press(page, "Clear session")
    said(page, "The session is cleared.")
    expect(page.get_by_role("button", name="notes")).to_have_count(0)
    run(page, "state['mine'] = 1")
    for wrong in (cut, other):
        page.get_by_label("Upload state").set_input_files(wrong)
        said(page, "Not done, and nothing has changed.")
        run(page, "print(state)")
        expect(page.get_by_role("log")).to_have_text("{'mine': 1}")
    page.get_by_label("Upload state").set_input_files(whole)
    said(page, "The state is that of session.zip now.")
    expect(page.locator("textarea")).to_have_value(INSERT)
    expect(page.get_by_role("button", name="notes (1)")).to_be_visible()


def test_sheets_become_tables_and_tables_sheets(open_app: OpenApp, tmp_path: Path) -> None:
    page = opened(open_app).page
    (tmp_path / "rivers.csv").write_text("name,km\n" + "".join(f"=R{n},{n}\n" for n in range(30)))
    page.get_by_label("Add a CSV file").set_input_files(tmp_path / "rivers.csv")
    said(page, "rivers.csv is the table rivers now.")
    expect(page.locator(".shown small")).to_have_text("Rows 1 to 20 of 30")
    press(page, "Next")
    expect(page.locator("tbody tr").last).to_have_text("=R2929")
    assert len(json.loads(saved(page, "Export JSON", tmp_path).read_text())) == 30
    assert saved(page, "Export CSV", tmp_path).read_text().splitlines()[-1] == "=R29,29"
    run(page, "import openpyxl; print(openpyxl.__name__)")  # loaded because it is imported
    book = zipfile.ZipFile(saved(page, "Export Excel", tmp_path))
    sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert sheet.count("<row") == 31
    (tmp_path / "broken.csv").write_text("a,b\n1\n")
    page.get_by_label("Add a CSV file").set_input_files(tmp_path / "broken.csv")
    said(page, "Row 1 has 1 values, and there are 2 columns.")


def test_without_sqlite_it_says_so_and_the_rest_works(open_app: OpenApp) -> None:
    app = open_app(pyodide="0.29.0")
    said(app.page, "The session is open.", START)
    expect(app.page.locator(".problem")).to_contain_text("This runtime has no sqlite3")
    run(app.page, "state['a'] = 1; print(state)")
    expect(app.page.get_by_role("log")).to_have_text("{'a': 1}")


@pytest.mark.slow
def test_one_goes_on_after_the_browser_was_killed(app_path: Path, tmp_path: Path) -> None:
    with Server(app_path, store=Store(quiet=True)) as server:
        for count in (1, 2):
            with killed_at_the_end(tmp_path) as page:
                page.goto(f"{server.url}?pyodide={DEFAULT}")
                said(page, "The session is open.", START)
                run(page, INSERT)
                expect(page.get_by_role("log")).to_have_text(f"count {count}")
                expect(page.get_by_role("button", name=f"notes ({count})")).to_be_visible()


@contextmanager
def killed_at_the_end(profile: Path) -> Iterator[Page]:
    """A page of a browser that keeps its data in a folder, and is killed with all its processes."""
    options: dict[str, Any] = launch_options(find_browser())

    async def begin() -> tuple[Playwright, async_api.Page]:
        playwright = await async_playwright().start()
        context = await playwright.chromium.launch_persistent_context(profile, **options)
        return playwright, context.pages[0]

    with LoopThread() as loop:
        playwright, page = loop.run(begin())
        try:
            yield cast(Page, wrap(loop, page))
        finally:
            kill(profile)
            loop.run(playwright.stop())


def kill(profile: Path) -> None:
    listed = subprocess.run(["ps", "-eo", "pgid=,args="], capture_output=True, text=True, check=True).stdout
    mine = [line for line in listed.splitlines() if f"--user-data-dir={profile}" in line]
    for group in {int(line.split()[0]) for line in mine}:
        os.killpg(group, signal.SIGKILL)
