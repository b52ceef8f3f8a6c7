"""The built pattern says where each visit came from, and forgets; the dev server keeps nothing."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from pyodide_app.testing import AppPage, OpenApp, expect
from pyodide_app.toolkit.preview import Preview
from pyodide_app.toolkit.site import Options, build
from pyodide_app.toolkit.store import Store

KEEPING = 60_000  # milliseconds for a browser to keep a site
PICTURES = "pyodide-app-snapshots"
PICTURED = f"""async () => {{
  const cache = await caches.open("{PICTURES}");
  while ((await cache.keys()).length !== 1) await new Promise((resolve) => setTimeout(resolve, 50));
}}"""


class Host:
    """The pattern as a site on a host."""

    def __init__(self, pattern: Path, folder: Path, version: str) -> None:
        self.site = folder / "site"
        self.source = folder / "source"
        shutil.copytree(pattern, self.source)
        self.change("# [tool.pyodide-app]\n", f'# [tool.pyodide-app]\n# pyodide = "{version}"\n')
        self.preview = Preview(self.site)

    def change(self, before: str, after: str) -> None:
        """Builds it anew, with something else in its program."""
        main = self.source / "main.py"
        text = main.read_text(encoding="utf-8")
        assert before in text
        main.write_text(text.replace(before, after), encoding="utf-8")
        build(self.source, self.site, Options(compress=False), Store(quiet=True))


@pytest.fixture
def host(app_path: Path, tmp_path: Path, pyodide_version: str) -> Iterator[Host]:
    host = Host(app_path, tmp_path, pyodide_version)
    host.preview.__enter__()
    yield host
    host.preview.__exit__(None, None, None)


def visit(app: AppPage, url: str, answer: str, visits: int) -> None:
    app.page.goto(url)
    app.wait_ready()
    expect(app.page.locator(".answer")).to_have_text(answer)
    expect(app.page.get_by_role("listitem")).to_have_count(visits)
    expect(app.page.locator("output")).to_have_text("The next visit needs no network.", timeout=KEEPING)


@pytest.mark.pyodide_matrix
def test_the_second_visit_comes_from_the_browser_also_without_the_host(visitor: AppPage, host: Host) -> None:
    url = host.preview.url
    visit(visitor, url, "This visit came from the host.", 1)
    visit(visitor, url, "This visit came from the browser.", 2)
    host.preview.__exit__(None, None, None)
    visit(visitor, url, "This visit came from the browser.", 3)
    expect(visitor.page.locator(".bar.good")).to_have_count(2)


def test_clearing_makes_the_next_visit_a_first_one_and_leaves_the_apps_own_data(
    visitor: AppPage, host: Host
) -> None:
    visit(visitor, host.preview.url, "This visit came from the host.", 1)
    visitor.page.evaluate(PICTURED)
    rows = visitor.page.locator("dl div").filter(has=visitor.page.locator("code"))
    visitor.page.get_by_role("button", name="Look again").click()
    expect(rows).to_have_count(2)
    expect(rows.filter(has_text=PICTURES)).to_contain_text("1 file")
    visitor.page.get_by_role("button", name="Clear").click()
    expect(visitor.page.locator("output")).to_contain_text("The next visit is a first one.")
    expect(rows).to_have_text([PICTURES + "0 files"])
    visit(visitor, host.preview.url, "This visit came from the host.", 2)


def test_a_newer_version_waits_until_it_is_asked_for(visitor: AppPage, host: Host) -> None:
    visit(visitor, host.preview.url, "This visit came from the host.", 1)
    host.change('h1["What the browser keeps"]', 'h1["The second version"]')
    visit(visitor, host.preview.url, "This visit came from the browser.", 2)
    expect(visitor.page.locator("h1")).to_have_text("What the browser keeps")
    button = visitor.page.get_by_role("button", name="Take the new version")
    expect(button).to_be_visible(timeout=KEEPING)
    button.click()
    expect(visitor.page.locator("h1")).to_have_text("The second version", timeout=KEEPING)


def test_the_dev_server_keeps_nothing_and_says_how_to_see_it(open_app: OpenApp) -> None:
    app = open_app()
    expect(app.page.locator(".answer")).to_have_text("Nothing is kept here.")
    expect(app.page.locator("pre")).to_contain_text("pyodide-app preview")
    expect(app.page.get_by_role("button")).to_have_count(0)
