"""The page tells four kinds of silence apart, and replaces the worker that hangs or has died."""

import pytest

from pyodide_app.testing import AppPage, OpenApp, expect


def ask(app: AppPage, name: str) -> None:
    button = app.page.get_by_role("button", name=name)
    expect(button).to_have_attribute("aria-disabled", "false", timeout=120_000)
    button.press("Enter")


def pulse(app: AppPage, what: str) -> None:
    expect(app.page.locator(".beat output")).to_have_text(what, timeout=120_000)


def fact(app: AppPage, name: str, value: str) -> None:
    expect(app.page.locator("dl div", has_text=name).locator("dd")).to_have_text(value, timeout=120_000)


@pytest.mark.pyodide_matrix
def test_what_computes_is_left_alone_and_what_hangs_or_dies_is_replaced(open_app: OpenApp) -> None:
    app = open_app()
    said = app.page.locator(".said")
    ask(app, "Compute")
    pulse(app, "computes")
    app.page.get_by_role("button", name="Cancel").press("Enter")
    pulse(app, "answers")
    expect(said).to_have_text("Compute: you have cancelled it.")
    fact(app, "Replaced", "0")
    ask(app, "Crash")
    expect(said).to_contain_text("worker-1 has died (crashed)")
    ask(app, "Hang")
    expect(said).to_contain_text("(unresponsive): It has given no sign of life for 2 s.", timeout=60_000)
    fact(app, "Replaced", "2")
    fact(app, "Worker", "worker-3")


def test_one_that_waits_answers(open_app: OpenApp) -> None:
    app = open_app()
    ask(app, "Wait")
    fact(app, "State", "busy")
    pulse(app, "answers")
    expect(app.page.locator(".said")).to_have_text("Wait: it has answered.", timeout=60_000)


def test_without_the_policy_one_that_hangs_is_told_and_nothing_else_is_done(open_app: OpenApp) -> None:
    app = open_app()
    app.page.get_by_label("Replace a worker").uncheck()
    ask(app, "Hang")
    pulse(app, "silent")
    fact(app, "State", "unresponsive")
    fact(app, "Replaced", "0")
