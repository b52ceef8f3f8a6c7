"""The page is isolated by its host's headers, or by a service worker, and says by which."""

import pytest

from pyodide_app.testing import AppPage, OpenApp, expect


def share(app: AppPage) -> None:
    app.page.get_by_role("button", name="Share a thousand numbers").click()
    expect(app.page.locator("output")).to_contain_text("Python reads a sum of 1,500.")


def test_by_the_hosts_headers(open_app: OpenApp) -> None:
    app = open_app()
    expect(app.page.locator(".verdict")).to_contain_text("Its host sends the headers for it.")
    expect(app.page.locator("dd").first).to_have_text("same-origin")
    expect(app.page.get_by_role("button")).to_have_count(1)
    share(app)


@pytest.mark.pyodide_matrix
def test_by_a_service_worker_on_a_plain_host(open_app: OpenApp) -> None:
    app = open_app(isolation=False)
    expect(app.page.locator(".verdict")).to_contain_text("This page is isolated.")
    expect(app.page.locator(".verdict")).to_contain_text("a service worker adds them")
    expect(app.page.locator("dd").first).to_have_text("nothing")
    share(app)


def test_it_can_start_over(open_app: OpenApp) -> None:
    app = open_app(isolation=False)
    app.page.evaluate("window.isOld = true")
    app.page.get_by_role("button", name="Remove the service worker").click()
    app.page.wait_for_function("!window.isOld && window.crossOriginIsolated")
    app.wait_ready()
    expect(app.page.locator(".verdict")).to_contain_text("This page is isolated.")
