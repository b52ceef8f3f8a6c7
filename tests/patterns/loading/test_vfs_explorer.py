"""Files are read, edited, brought in and out, and deleted; large folders stay quick; refusals are told."""

from pathlib import Path

import pytest

from pyodide_app.testing import AppPage, OpenApp, expect

START = 120_000  # milliseconds for a page to start
IN_WINDOW = 24  # rows that the tree makes at most


def choose(app: AppPage, *names: str) -> None:
    """Clicks on what has these names, one after the other; a folder on the way opens."""
    for name in names:
        app.page.get_by_role("treeitem", name=name, exact=True).click()
        expect(app.page.locator("h2")).to_contain_text(name)


def press(app: AppPage, *buttons: str) -> None:
    for button in buttons:
        app.page.get_by_role("button", name=button, exact=True).click()


def says(app: AppPage, text: str) -> None:
    expect(app.page.locator("output")).to_have_text(text)
    expect(app.page.get_by_role("alert")).to_have_text("")


def complains(app: AppPage, text: str) -> None:
    expect(app.page.get_by_role("alert")).to_have_text(text)
    expect(app.page.locator("output")).to_have_text("")


def new_file(app: AppPage, name: str) -> None:
    app.page.get_by_label("Name").fill(name)
    press(app, "New file")


@pytest.mark.pyodide_matrix
def test_what_is_written_to_the_durable_folder_is_there_after_a_reload(open_app: OpenApp) -> None:
    app = open_app()
    choose(app, "data")
    expect(app.page.get_by_text("Kept in this browser")).to_be_visible()
    new_file(app, "notes.txt")
    says(app, "/data/notes.txt is there.")
    choose(app, "notes.txt")
    app.page.get_by_label("Content").fill("Remember the <milk>.\n")
    press(app, "Save")
    says(app, "/data/notes.txt is saved.")
    assert app.run("Path('/data/notes.txt').read_text()") == "Remember the <milk>.\n"
    app.reload()
    choose(app, "data", "notes.txt")
    expect(app.page.get_by_label("Content")).to_have_value("Remember the <milk>.\n")


def test_a_folder_of_5000_files_has_few_elements(open_app: OpenApp) -> None:
    app = open_app()
    press(app, "Make 5,000 files")
    says(app, "/tmp/many has 5,000 files.")
    rows, tree = app.page.get_by_role("treeitem"), app.page.get_by_role("tree")
    for place in (1000, 3000, 4500):
        tree.evaluate("(tree, place) => { tree.scrollTop = place * 40; }", place)
        name = app.run("tree.rows.value[place].path.name", place=place)
        row = app.page.get_by_role("treeitem", name=name, exact=True)
        expect(row).to_be_in_viewport()
        assert rows.count() <= IN_WINDOW
        assert app.page.locator("#app *").count() < 150
    choose(app, name)
    number = int(name.removesuffix(".txt"))
    expect(app.page.get_by_label("Content")).to_have_value(f"This is number {number}.\n")


def test_the_tree_is_used_by_keyboard_alone(open_app: OpenApp) -> None:
    app = open_app()
    press(app, "Make 5,000 files")
    says(app, "/tmp/many has 5,000 files.")
    tree = app.page.get_by_role("tree")
    cursor = app.page.locator(".cursor")
    for key, name in [
        ("ArrowRight", "0000.txt"),
        ("ArrowDown", "0001.txt"),
        ("ArrowUp", "0000.txt"),
        ("ArrowLeft", "many"),
        ("ArrowLeft", "many"),  # closed
        ("ArrowLeft", "tmp"),
        ("Home", "/"),
    ]:
        tree.press(key)
        expect(cursor).to_contain_text(name)
        expect(cursor).to_be_in_viewport()
        expect(tree).to_have_attribute("aria-activedescendant", cursor.get_attribute("id") or "")
    tree.press("End")
    last = app.run("str(tree.rows.value[-1].path)")
    expect(cursor).to_contain_text(Path(last).name)
    expect(cursor).to_be_in_viewport()
    tree.press("Enter")
    expect(app.page.locator("h2")).to_have_text(last)


def test_files_come_in_and_out_and_are_deleted_when_asked_twice(open_app: OpenApp, tmp_path: Path) -> None:
    content = bytes(range(256))
    for name in ("one.bin", "two.bin"):
        (tmp_path / name).write_bytes(content)
    app = open_app()
    choose(app, "data")
    app.page.get_by_label("Upload").set_input_files([tmp_path / "one.bin", tmp_path / "two.bin"])
    choose(app, "one.bin")
    expect(app.page.get_by_text("/data/one.bin is not a text file.")).to_be_visible()
    with app.page.expect_download() as download:
        press(app, "Download")
    assert Path(download.value.path()).read_bytes() == content
    press(app, "Delete")
    assert app.run("Path('/data/one.bin').exists()")
    press(app, "Really delete")
    says(app, "/data/one.bin is deleted.")
    assert app.run("[path.name for path in Path('/data').iterdir()]") == ["two.bin"]
    expect(app.page.get_by_role("treeitem", name="one.bin")).to_have_count(0)


def test_what_cannot_be_done_is_told_with_the_reason(open_app: OpenApp) -> None:
    app = open_app()
    app.run("""
        Path("/tmp/large.txt").write_text("x" * 300_000)
        locked = Path("/tmp/locked.txt")
        locked.write_text("as it was")
        locked.chmod(0o444)
    """)
    choose(app, "tmp", "large.txt")
    expect(
        app.page.get_by_text("/tmp/large.txt is too large to be edited here: 300,000 bytes")
    ).to_be_visible()
    choose(app, "locked.txt")
    app.page.get_by_label("Content").fill("changed")
    press(app, "Save")
    complains(app, "You have no permission for /tmp/locked.txt.")
    assert app.run("locked.read_text()") == "as it was"
    press(app, "Discard")
    choose(app, "tmp")
    press(app, "Delete", "Really delete")
    complains(app, "The folder /tmp is not empty. Delete what is in it first.")
    new_file(app, "locked.txt")
    complains(app, "/tmp/locked.txt is there already.")
    new_file(app, "a/b")
    complains(app, "'a/b' is no name for a file: it needs one, without a slash.")
    choose(app, "data")
    press(app, "Delete", "Really delete")
    complains(app, "/data is in use: a file system is mounted here.")


def test_unsaved_changes_are_not_left_behind(open_app: OpenApp) -> None:
    app = open_app()
    app.run("Path('/tmp/one.txt').write_bytes(b'first\\r\\nsecond')")
    choose(app, "tmp", "one.txt")
    content = app.page.get_by_label("Content")
    content.fill("changed")
    app.page.get_by_role("treeitem", name="tmp", exact=True).click()
    complains(app, "/tmp/one.txt has changes. Save or discard them first.")
    expect(content).to_have_value("changed")
    press(app, "Discard")
    expect(content).to_have_value("first\nsecond")
    content.fill("first\nthird")
    press(app, "Save")
    says(app, "/tmp/one.txt is saved.")
    assert app.run("Path('/tmp/one.txt').read_bytes()") == b"first\r\nthird"  # as its lines ended


def test_a_second_tab_reads_and_follows(open_app: OpenApp) -> None:
    app = open_app()
    other = app.page.context.new_page()
    other.goto(app.page.url)
    expect(other.locator("output")).to_contain_text("Another tab writes to /data", timeout=START)
    other.get_by_role("treeitem", name="data", exact=True).click()
    choose(app, "data")
    new_file(app, "news.txt")
    says(app, "/data/news.txt is there.")
    expect(other.get_by_role("treeitem", name="news.txt")).to_be_visible()
    other.get_by_label("Name").fill("mine.txt")
    other.get_by_role("button", name="New file").click()
    expect(other.get_by_role("alert")).to_have_text("/data/mine.txt can only be read here.")
