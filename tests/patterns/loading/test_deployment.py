"""One build, served as each kind of host does; the page says what it gets."""

import gzip
import re
from contextlib import ExitStack
from pathlib import Path

import pytest

from pyodide_app.testing import AppPage, OpenApp, expect
from pyodide_app.toolkit.preview import Preview
from pyodide_app.toolkit.site import Options, build
from pyodide_app.toolkit.store import Store

KEPT = "() => navigator.serviceWorker.ready.then(() => true)"


def visit(app: AppPage, url: str) -> None:
    app.page.goto(url)
    app.wait_ready()


def says(app: AppPage, name: str, value: str | re.Pattern[str], *, good: bool = True) -> None:
    fact = app.page.locator(".fact").filter(has=app.page.locator("dt", has_text=name))
    expect(fact.locator("code")).to_have_text(value)
    expect(fact.get_by_role("img")).to_have_attribute("aria-label", "good" if good else "note")


@pytest.mark.pyodide_matrix
def test_every_kind_of_host(visitor: AppPage, source: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    build(source, site, Options(compress=False), Store(quiet=True))
    with ExitStack() as hosts:
        # Reads `_headers`, as Netlify and Cloudflare Pages do.
        visit(visitor, hosts.enter_context(Preview(site)).url)
        says(visitor, "Isolation", "by the host")
        says(visitor, "Policy", re.compile("script-src 'self' 'wasm-unsafe-eval'"))
        says(visitor, "Loaded", re.compile(r"^[1-9]\d*\.\d MB in \d\d+ files$"))
        says(visitor, "Type of .wasm", "application/wasm")
        says(visitor, "Caching of .wasm", "public, max-age=31536000, immutable")
        says(visitor, "Compression", "none", good=False)

        # Sends nothing of ours, and has the site below a path, as GitHub Pages does.
        plain = hosts.enter_context(Preview(site, plain=True, prefix="/some/project/"))
        visit(visitor, plain.url)
        expect(visitor.page.locator("main > p")).to_contain_text("/some/project/")
        says(visitor, "Isolation", "not on this visit", good=False)
        says(visitor, "Caching of .wasm", "max-age=600", good=False)
        assert visitor.page.evaluate(KEPT)
        visit(visitor, plain.url)
        says(visitor, "Isolation", "by the service worker")


def test_a_host_that_sends_compressed_variants(visitor: AppPage, source: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    build(source, site, Options(compress=False), Store(quiet=True))
    [wasm] = site.glob("_pyodide_app/pyodide/*/*.wasm")
    wasm.with_name(f"{wasm.name}.gz").write_bytes(gzip.compress(wasm.read_bytes(), 1))
    with Preview(site) as host:
        visit(visitor, host.url)
        says(visitor, "Compression", "gzip")
        says(visitor, "Type of .wasm", "application/wasm")


def test_a_site_without_isolation_is_never_isolated(visitor: AppPage, source: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    build(source, site, Options(compress=False, isolation=False), Store(quiet=True))
    with Preview(site) as host:
        for _ in range(2):
            visit(visitor, host.url)
            says(visitor, "Isolation", "not on this visit", good=False)
            assert visitor.page.evaluate(KEPT)
        says(visitor, "Caching of .wasm", "public, max-age=31536000, immutable")


def test_a_kept_page_says_that_its_host_does_not_answer(
    visitor: AppPage, source: Path, tmp_path: Path
) -> None:
    site = tmp_path / "site"
    build(source, site, Options(compress=False), Store(quiet=True))
    with Preview(site) as host:
        url = host.url
        visit(visitor, url)
        assert visitor.page.evaluate(KEPT)
    visit(visitor, url)
    says(visitor, "Host", "no answer", good=False)


def test_the_dev_server_isolates_and_has_no_policy(open_app: OpenApp) -> None:
    app = open_app()
    says(app, "Isolation", "by the host")
    says(app, "Policy", "none", good=False)
