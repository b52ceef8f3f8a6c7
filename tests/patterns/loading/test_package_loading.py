"""A package on demand, and one that does not exist."""

import pytest

from pyodide_app.testing import OpenApp, expect


@pytest.mark.pyodide_matrix
@pytest.mark.pyodide_packages("pandas")
def test_pandas_arrives_when_it_is_asked_for(open_app: OpenApp) -> None:
    app = open_app()
    assert app.run("import sys; 'pandas' in sys.modules") is False
    app.page.get_by_role("button", name="Describe").click()
    expect(app.page.locator("#status")).to_contain_text("pandas ", timeout=60_000)
    expect(app.page.locator("#table")).to_contain_text("Bergen")
    bar = app.page.locator("#bar")
    assert bar.evaluate("bar => bar.value === bar.max && bar.max > 1e6")


def test_a_second_request_downloads_nothing(open_app: OpenApp) -> None:
    app = open_app()
    app.run("await packages.load('tables')")
    requests: list[str] = []
    app.page.on("request", lambda request: requests.append(request.url))
    app.run("await packages.load('tables')")
    assert requests == []


def test_what_does_not_exist_is_named_with_what_does(open_app: OpenApp) -> None:
    app = open_app()
    app.page.get_by_role("button", name="not exist").click()
    status = app.page.locator("#status")
    expect(status).to_contain_text("unicorns")
    expect(status).to_contain_text("tables")
