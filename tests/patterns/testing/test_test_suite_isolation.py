"""Tests that dirty a shared runtime find it clean, in whatever order they run."""

import pytest

from pyodide_app.testing import AppPage, OpenApp, expect

DIRT = """
    import os, sys, types
    from pathlib import Path
    from js import document
    left_behind = True
    sys.modules["left_behind"] = types.ModuleType("left_behind")
    sys.path.append("/left/behind")
    os.environ["LEFT_BEHIND"] = "1"
    Path("left_behind.txt").write_text("left behind")
    os.mkdir("left_behind")
    os.chdir("left_behind")
    document.body.append("left behind")
"""

TRACES = """
    import os, sys
    from pathlib import Path
    from js import document
    [trace for trace, found in {
        "a global": "left_behind" in globals(),
        "a module": "left_behind" in sys.modules,
        "a path": "/left/behind" in sys.path,
        "a variable": "LEFT_BEHIND" in os.environ,
        "a file": Path("/home/pyodide/left_behind.txt").exists(),
        "a folder": Path.cwd().name == "left_behind",
        "a text": "left behind" in document.body.textContent,
    }.items() if found]
"""


@pytest.mark.pyodide_matrix
@pytest.mark.parametrize("turn", [1, 2])
def test_each_test_finds_the_shared_runtime_clean(pyodide: AppPage, turn: int) -> None:
    assert pyodide.run(TRACES) == []
    pyodide.run(DIRT)
    assert len(pyodide.run(TRACES)) == 7


@pytest.mark.pyodide_fresh
def test_a_fresh_runtime_is_one_of_its_own(pyodide: AppPage) -> None:
    pyodide.run("import builtins; builtins.left_behind = True")


def test_not_even_builtins_come_over_from_a_fresh_one(pyodide: AppPage) -> None:
    assert pyodide.run("import builtins; hasattr(builtins, 'left_behind')") is False


def test_two_apps_count_apart(open_app: OpenApp) -> None:
    first, second = open_app(), open_app()
    first.page.get_by_role("button", name="Count").click(click_count=2)
    expect(first.page.locator("#count")).to_have_text("2")
    expect(second.page.locator("#count")).to_have_text("0")
    assert second.run("ledger.entries, NOTES.exists(), os.environ.get('CLICKS')") == ([], False, None)
