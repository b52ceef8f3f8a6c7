"""Each job is stopped: politely where it can be, and else by a new worker."""

import re

import pytest

from pyodide_app.testing import AppPage, OpenApp, expect


def start_and_stop(app: AppPage, title: str, key: str = "Enter") -> str:
    """Start a job, stop it by a key once it runs in the worker, and return what became of it."""
    page = app.page
    command = page.get_by_role("button", name=title)
    outcome = page.get_by_label(f"Outcome of {title}")
    expect(command).to_have_attribute("aria-disabled", "false", timeout=60_000)
    command.press("Enter")
    expect(outcome).to_have_text("Runs.")
    command.press(key)
    expect(outcome).to_have_text(re.compile("^Stopped after "), timeout=60_000)
    return outcome.inner_text().partition(": ")[2]


def each_stops(app: AppPage) -> None:
    """Stop each job; only the one that ignores it loses its worker."""
    polite = "KeyboardInterrupt, then finally. The worker goes on."
    assert start_and_stop(app, "A busy loop") == polite
    assert start_and_stop(app, "A sleep", "Escape") == polite
    assert start_and_stop(app, "An await") == "CancelledError, then finally. The worker goes on."
    assert start_and_stop(app, "NumPy") == polite
    assert start_and_stop(app, "One that ignores it") == (
        "KeyboardInterrupt, which it ignores. worker-1 was ended (unresponsive), a new one is starting."
    )
    assert start_and_stop(app, "A busy loop") == polite


@pytest.mark.pyodide_matrix
@pytest.mark.pyodide_packages("numpy")
def test_with_shared_memory_each_is_interrupted_and_one_that_ignores_it_loses_its_worker(
    open_app: OpenApp,
) -> None:
    each_stops(open_app())


# On every Pyodide: tests/bridge/workers/test_mail.py.
@pytest.mark.pyodide_packages("numpy")
def test_without_shared_memory_each_is_interrupted_too(open_app: OpenApp) -> None:
    app = open_app(isolation=False)
    each_stops(app)
    expect(app.page.locator(".note")).to_contain_text("asks a service worker")


@pytest.mark.pyodide_packages("numpy")
def test_with_neither_what_awaits_is_cancelled_and_what_runs_loses_its_worker(open_app: OpenApp) -> None:
    app = open_app(isolation=False, wait=None)
    app.page.add_init_script("delete Navigator.prototype.serviceWorker")
    app.reload()
    expect(app.page.locator(".note")).to_contain_text("only what awaits can be stopped politely")
    assert start_and_stop(app, "An await") == "CancelledError, then finally. The worker goes on."
    assert start_and_stop(app, "A busy loop") == (
        "nothing was raised in it. worker-1 was ended (unresponsive), a new one is starting."
    )
