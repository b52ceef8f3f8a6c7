"""A site that was built with --cdn: what the CDN has comes from there, checked, and is kept with the rest."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from tests.runtime.hosted import Hosted

from pyodide_app.testing import AppPage, expect
from pyodide_app.toolkit import runtimes
from pyodide_app.toolkit.runtimes import LOCK_FILE
from pyodide_app.toolkit.server._files import IMMUTABLE, media_type
from pyodide_app.toolkit.server._serving import Serving
from pyodide_app.toolkit.site import Options, build
from pyodide_app.toolkit.store import Store

APP = """\
# /// script
# dependencies = {start}
# [tool.pyodide-app]
# pyodide = "{version}"
# [tool.pyodide-app.on-demand]
# group = {later}
# ///
import importlib.util
from js import document
document.body.dataset.has = str(importlib.util.find_spec("micropip") is not None)
"""
WORK = """
import math
from pyodide_app.bridge import WorkerPool
async with WorkerPool(1) as pool:
    result = await pool.run(math.factorial, 4)
result
"""
GROUP = """
from pyodide_app.bridge import packages
await packages.load("group")
import micropip
micropip.__name__
"""
KEPT = "() => navigator.serviceWorker.ready.then(() => true)"
CONTROLLED = """async () => {
  while (!navigator.serviceWorker.controller) await new Promise((resolve) => setTimeout(resolve, 50));
}"""
PICTURED = """async () => {
  const cache = await caches.open("pyodide-app-snapshots");
  while ((await cache.keys()).length !== 1) await new Promise((resolve) => setTimeout(resolve, 50));
}"""
REFUSED = """async () => {
  const options = { updateViaCache: "none" };
  const registration = await navigator.serviceWorker.register("service-worker.js", options);
  while (registration.installing) await new Promise((resolve) => setTimeout(resolve, 50));
  return registration.active === null;
}"""
STATUS = "async (url) => (await fetch(url)).status"
# As jsDelivr sends them.
HEADERS = {
    "Access-Control-Allow-Origin": "*",
    "Cache-Control": IMMUTABLE,
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Vary": "Accept-Encoding",
}


class Cdn(Serving):
    """A DOUBLE of the Pyodide CDN, which can't be reached from everywhere that tests run.

    It is a server of another origin than the site's, with one runtime's folder and the headers of the CDN.

    Args:
        requests: the names of the files that were asked for.
    """

    def __init__(self, version: str) -> None:
        super().__init__("127.0.0.1", 0)
        self.requests: list[str] = []
        self._runtime = runtimes.get(version)
        self._store = Store(quiet=True)
        self._garbled, self._right = "", 0
        self.asgi = Starlette(routes=[Route("/v{version}/full/{file}", self._answer)])

    def garble(self, part: str, *, after: int = 0) -> None:
        """Send other bytes for the files whose name has this part, after so many right answers.

        Browsers are told to keep nothing, so that they ask again.
        """
        self._garbled, self._right = part, after

    def down(self) -> None:
        self.__exit__(None, None, None)

    def close(self) -> None:
        """Nothing is left open."""

    def _answers(self, *, is_loopback: bool) -> "Cdn":
        return self

    def _answer(self, request: Request) -> Response:
        file = request.path_params["file"]
        before = self.requests.count(file)
        self.requests.append(file)
        found = self._find(file) if request.path_params["version"] == self._runtime.version else None
        if found is None:
            return PlainTextResponse("404: no such file\n", 404, {"Access-Control-Allow-Origin": "*"})
        data, headers = found.read_bytes(), HEADERS
        if self._garbled and self._garbled in file:
            headers = HEADERS | {"Cache-Control": "no-store"}
            if before >= self._right:
                data = data[::-1]
        return Response(data, headers=headers, media_type=media_type(file))

    def _find(self, file: str) -> Path | None:
        core = self._store.core(self._runtime)
        packages = json.loads(core[LOCK_FILE].read_bytes())["packages"].values()
        hashes = {package["file_name"]: package["sha256"] for package in packages}
        if file in hashes:
            return self._store.runtime_package(self._runtime, file, hashes[file])
        return core.get(file)


class Site(Hosted):
    """A site that was built with the double as its CDN."""

    def __init__(self, folder: Path, version: str, cdn: Cdn) -> None:
        super().__init__(folder, version)
        self._cdn = cdn

    def build(self, *, start: str = "", later: str = "") -> None:
        app = APP.format(
            version=self.version,
            start=json.dumps([start] if start else []),
            later=json.dumps([later] if later else []),
        )
        self.source.joinpath("main.py").write_text(app)
        build(self.source, self.site, Options(compress=False, cdn=self._cdn.url), Store(quiet=True))


@pytest.fixture
def cdn(pyodide_version: str) -> Iterator[Cdn]:
    with Cdn(pyodide_version) as cdn:
        yield cdn


@pytest.fixture
def site(tmp_path: Path, pyodide_version: str, cdn: Cdn) -> Iterator[Site]:
    site = Site(tmp_path, pyodide_version, cdn)
    yield site
    site.down()


@pytest.fixture
def app(visitor: AppPage) -> AppPage:
    """A page that may find a site broken."""
    visitor.allow_errors = True
    return visitor


def visit(app: AppPage, url: str) -> None:
    app.page.goto(url)
    app.wait_ready()


@pytest.mark.pyodide_matrix
def test_a_site_starts_with_the_cdn_and_again_without_any_server(app: AppPage, site: Site, cdn: Cdn) -> None:
    site.build(start="micropip")
    url = site.up()
    visit(app, url)
    expect(app.page.locator("body")).to_have_attribute("data-has", "True")
    assert {name.split("-")[0] for name in cdn.requests} >= {"pyodide.asm.wasm", "micropip"}
    assert not [*site.site.rglob("*.wasm"), *site.site.rglob("micropip-*")]
    app.page.evaluate(KEPT)
    site.down()
    cdn.down()
    visit(app, url)
    expect(app.page.locator("body")).to_have_attribute("data-has", "True")
    assert app.page.evaluate("() => crossOriginIsolated")


def test_isolated_pages_workers_groups_and_pictures_take_it_too(app: AppPage, site: Site, cdn: Cdn) -> None:
    site.build(later="micropip")
    url = site.up(plain=False)
    visit(app, url)
    assert app.page.evaluate("() => crossOriginIsolated")
    assert app.run(WORK) == 24
    app.page.evaluate(CONTROLLED)
    assert app.run(GROUP) == "micropip"
    app.page.evaluate(PICTURED)
    site.down()
    cdn.down()
    visit(app, url)
    assert app.run(WORK) == 24
    assert app.run(GROUP) == "micropip"


def test_other_requests_to_the_cdn_are_answered_by_it_each_time(app: AppPage, site: Site, cdn: Cdn) -> None:
    site.build()
    visit(app, site.up(plain=False))
    app.page.evaluate(CONTROLLED)
    other = f"{cdn.url}v0/full/other.json"
    assert [app.page.evaluate(STATUS, other) for _ in range(2)] == [404, 404]
    assert cdn.requests.count("other.json") == 2


@pytest.mark.parametrize("part", ["pyodide.asm.wasm", "micropip"])
def test_other_bytes_are_refused(app: AppPage, site: Site, cdn: Cdn, part: str) -> None:
    site.build(start="micropip")
    cdn.garble(part)
    app.page.goto(site.up(plain=False))
    app.wait_error()
    for text in (f"{cdn.url}v", part, "wrong hash", "has changed the file"):
        expect(app.page.get_by_role("alert")).to_contain_text(text)


def test_python_runs_the_bytes_that_were_checked_and_no_others_are_kept(
    app: AppPage, site: Site, cdn: Cdn
) -> None:
    site.build()
    cdn.garble("pyodide.asm.wasm", after=1)
    visit(app, site.up(plain=False))
    assert app.run("1 + 1") == 2
    assert app.page.evaluate(REFUSED)
    assert cdn.requests.count("pyodide.asm.wasm") > 1


def test_a_cdn_that_cannot_be_reached_is_told(app: AppPage, site: Site, cdn: Cdn) -> None:
    site.build()
    address = cdn.url
    cdn.down()
    app.page.goto(site.up(plain=False))
    app.wait_error()
    panel = app.page.get_by_role("alert")
    expect(panel).to_contain_text("pyodide.asm.wasm could not be downloaded")
    expect(panel).to_contain_text(f"The connection to {address}v")
    expect(panel).to_contain_text(f"allow {address.removesuffix('/')}, then try again")
