"""Four ways to listen, one of which leaks; two mistakes, and what they say."""

import pytest

from pyodide_app.testing import AppPage, OpenApp, expect


def held_after(app: AppPage, *buttons: str) -> list[int]:
    """Click the buttons one after the other; how many closed cards are in memory after each."""
    counts = []
    for name in buttons:
        app.page.get_by_role("button", name=name).click()
        counts.append(app.run("len(alive)"))
    return counts


@pytest.mark.pyodide_matrix
def test_only_forgotten_proxies_stay(open_app: OpenApp) -> None:
    app = open_app()
    kept = app.run("live_count()")
    assert held_after(app, "Own", "Block", "Tree", "Forget", "Tree", "Forget") == [0, 0, 0, 50, 50, 100]
    assert app.run("live_count()") == kept
    expect(app.page.get_by_label("Closed cards still in memory")).to_have_text("100")


def test_memory_that_was_let_go_is_used_again(open_app: OpenApp) -> None:
    app = open_app()
    held_after(app, "Tree", "Own")
    before = app.run("megabytes.value")
    held_after(app, "Tree", "Own", "Block")
    assert app.run("megabytes.value") == before
    held_after(app, "Forget", "Forget", "Forget")
    assert app.run("megabytes.value") > before


def test_a_proxy_that_ended_too_early_says_so(open_app: OpenApp) -> None:
    app = open_app()
    status = app.page.locator(".mistake")
    app.page.get_by_role("button", name="Lend").click()
    expect(status).to_contain_text("borrowed proxy was automatically destroyed at the end of a function call")
    app.page.get_by_role("button", name="Release").click()
    expect(status).to_contain_text("Object has already been destroyed")
