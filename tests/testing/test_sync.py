"""Playwright's asynchronous API, used synchronously, against a real browser."""

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Error

from pyodide_app.testing import expect
from pyodide_app.testing._session import Session

if TYPE_CHECKING:
    from playwright.sync_api import ConsoleMessage, Page, Route

BUTTON = "<button onclick=\"this.textContent = 'Done'; console.log('clicked')\">Go</button>"


def test_locators_find_and_act(page: "Page") -> None:
    page.set_content(BUTTON)
    page.get_by_role("button", name="Go").click()
    assert page.get_by_role("button").text_content() == "Done"


def test_properties_are_values(page: "Page") -> None:
    page.set_viewport_size({"width": 300, "height": 200})
    assert page.url == "about:blank"
    assert page.viewport_size == {"width": 300, "height": 200}


def test_the_same_object_is_equal(page: "Page") -> None:
    assert page.context.pages == [page]


def test_expect_waits_for_what_comes_later(page: "Page") -> None:
    page.set_content("<p>Now</p><script>setTimeout(() => document.body.textContent = 'Later', 50)</script>")
    expect(page.locator("body")).to_have_text("Later")


def test_expect_says_what_was_there_instead(page: "Page") -> None:
    page.set_content(BUTTON)
    with pytest.raises(AssertionError, match="Actual value: Go"):
        expect(page.get_by_role("button")).to_have_text("Stop", timeout=1)


def test_an_event_is_awaited_by_a_with_block(page: "Page") -> None:
    page.set_content(BUTTON)
    with page.expect_console_message(lambda message: "click" in message.text) as coming:
        page.get_by_role("button").click()
    assert coming.value.text == "clicked"


def test_a_handler_may_call_the_browser(page: "Page") -> None:
    def answer(route: "Route") -> None:
        route.fulfill(body="from the test")

    page.route("**/*", answer)
    page.goto("http://made-up.test/")
    expect(page.locator("body")).to_have_text("from the test")


def test_a_removed_listener_hears_nothing(page: "Page") -> None:
    heard: list[str] = []

    def listen(message: "ConsoleMessage") -> None:
        heard.append(message.text)

    page.on("console", listen)
    with page.expect_console_message():
        page.evaluate("console.log('one')")
    page.remove_listener("console", listen)
    with page.expect_console_message():
        page.evaluate("console.log('two')")
    assert heard == ["one"]


def test_an_exposed_function_answers_the_page(page: "Page") -> None:
    page.expose_function("add", lambda one, other: one + other)
    assert page.evaluate("add(1, 2)") == 3


def test_its_exception_reaches_the_page(page: "Page") -> None:
    page.expose_function("divide", lambda: 1 / 0)
    with pytest.raises(Error, match="ZeroDivisionError"):
        page.evaluate("divide()")


def test_a_listeners_exception_is_kept_for_the_tests_end(page: "Page", _pyodide_session: Session) -> None:
    def listen(message: "ConsoleMessage") -> None:
        raise ValueError(message.text)

    page.on("console", listen)
    with page.expect_console_message():
        page.evaluate("console.log('no')")
    for _ in range(100):  # the listener is called at one of the next turns of the loop
        if _pyodide_session.loop.failures:
            break
        page.evaluate("null")
    failures, _pyodide_session.loop.failures = _pyodide_session.loop.failures, []
    assert [repr(failure) for failure in failures] == ["ValueError('no')"]


def test_a_predicate_that_waits_is_refused(page: "Page") -> None:
    with pytest.raises(RuntimeError, match="may only read properties"):  # noqa: SIM117 - the raise is inside
        with page.expect_console_message(lambda message: bool(page.title()), timeout=1000):
            page.evaluate("console.log('x')")


def test_an_attribute_cannot_be_set(page: "Page") -> None:
    with pytest.raises(AttributeError, match="can't be set"):
        page.url = "about:blank"  # type: ignore[misc]


@pytest.mark.asyncio
async def test_it_works_inside_an_async_test(page: "Page") -> None:
    page.set_content(BUTTON)
    page.get_by_role("button").click()
    expect(page.get_by_role("button")).to_have_text("Done")
