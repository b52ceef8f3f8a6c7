"""Entries outlive the page and the worker, come out and in again, and can be erased."""

from pathlib import Path

import pytest

from pyodide_app.testing import AppPage, OpenApp, expect

START = 120_000  # milliseconds for a worker to start


def write(app: AppPage, *texts: str) -> None:
    for text in texts:
        app.page.get_by_label("New entry").fill(text)
        app.page.get_by_label("New entry").press("Enter")
        expect(app.page.locator("li").last).to_have_text(text)
        expect(app.page.locator("output")).to_contain_text("Durable after")


def opened(app: AppPage, *texts: str) -> None:
    expect(app.page.get_by_role("button", name="Write")).to_be_enabled(timeout=START)
    expect(app.page.locator("li")).to_have_text(list(texts))


@pytest.mark.pyodide_matrix
def test_entries_outlive_the_page_and_the_worker(open_app: OpenApp) -> None:
    app = open_app()
    opened(app)
    write(app, "first", "second")
    app.page.reload()
    opened(app, "first", "second")
    write(app, "third")
    app.page.get_by_role("button", name="Crash the worker").click()
    expect(app.page.locator("output")).to_contain_text("Another one starts")
    opened(app, "first", "second", "third")


def test_the_diary_comes_out_and_in_again_and_can_be_erased(open_app: OpenApp, tmp_path: Path) -> None:
    app = open_app()
    opened(app)
    write(app, "kept")
    with app.page.expect_download() as download:
        app.page.get_by_role("button", name="Export").click()
    archive = Path(download.value.path()).read_bytes()
    (tmp_path / "whole.zip").write_bytes(archive)
    (tmp_path / "cut.zip").write_bytes(archive[:-20])
    app.page.get_by_role("button", name="Erase my data").click()
    expect(app.page.locator("output")).to_have_text("Erased. 0 entries.")
    write(app, "another")
    app.page.get_by_label("Import").set_input_files(tmp_path / "cut.zip")
    expect(app.page.locator("output")).to_contain_text("Not imported, and nothing has changed.")
    expect(app.page.locator("li")).to_have_text(["another"])
    app.page.get_by_label("Import").set_input_files(tmp_path / "whole.zip")
    expect(app.page.locator("output")).to_have_text("Imported. 1 entry.")
    expect(app.page.locator("li")).to_have_text(["kept"])
    app.page.reload()
    opened(app, "kept")


def test_a_second_tab_waits_for_the_first(open_app: OpenApp) -> None:
    app = open_app()
    opened(app)
    write(app, "first tab")
    other = app.page.context.new_page()
    other.goto(app.page.url)
    expect(other.locator("output")).to_have_text(
        "The diary opens, as soon as no other tab has it.", timeout=START
    )
    app.page.close()
    expect(other.locator("li")).to_have_text(["first tab"], timeout=START)
