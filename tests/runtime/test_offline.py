"""A built site: served by any host, kept for use offline, replaced as a whole."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.runtime.hosted import Hosted

from pyodide_app.testing import AppPage, expect
from pyodide_app.toolkit.site import Options, build
from pyodide_app.toolkit.store import Store

APP = """\
# /// script
# [tool.pyodide-app]
# title = "Site"
# pyodide = "{version}"
# ///
from js import document
from pyodide_app.bridge import site
document.body.dataset.says = "{says}"
document.body.dataset.kept = str(site.is_kept())
"""
KEPT = "() => navigator.serviceWorker.ready.then(() => true)"
ROLLED_BACK = """async () => {
  const caches_ = await Promise.all((await caches.keys()).map((name) => caches.open(name)));
  const kept = (await Promise.all(caches_.map((cache) => cache.keys()))).flat();
  return kept.some(({ url }) => url.endsWith("/rolled-back"));
}"""
CACHES = "async () => (await caches.keys()).filter((name) => !name.endsWith('snapshots')).length"
WORK = """
import asyncio, math, time
from pyodide_app.bridge import WorkerPool

async with WorkerPool(1) as pool:
    print(await pool.run(math.factorial, 3))
    try:
        await asyncio.wait_for(pool.run(time.sleep, 600), 1)
    except TimeoutError:
        print("stopped")
    print(await pool.run(math.factorial, 4))
"""
PICTURES = "async () => (await (await caches.open('pyodide-app-snapshots')).keys()).length"
CLEAR = "from pyodide_app.bridge import site; await site.clear()"
LEFT = f"""async () => [
  (await caches.keys()).filter((name) => name.includes("/")),
  await ({PICTURES})(),
  Boolean(await navigator.serviceWorker.getRegistration()),
]"""
# Lets a test wait for what the page has begun.
REGISTERING = """
const { register } = ServiceWorkerContainer.prototype;
ServiceWorkerContainer.prototype.register = function (...all) {
  return (globalThis.registering = register.apply(this, all));
};
"""
ENDED = """async () => {
  const { installing, waiting, active } = await registering;
  const worker = installing ?? waiting ?? active;
  while (worker && !["activated", "redundant"].includes(worker.state)) {
    await new Promise((resolve) => worker.addEventListener("statechange", resolve, { once: true }));
  }
}"""
# Holds the picture until a test lets it be kept.
PICTURING = """
const { put } = Cache.prototype;
Cache.prototype.put = function (...all) {
  globalThis.isPictured = true;
  return new Promise((resolve) => {
    globalThis.keepPicture = async () => {
      await put.apply(this, all);
      resolve();
    };
  });
};
"""
UNPICTURED = f"""async () => {{
  while (await ({PICTURES})() !== 0) await new Promise((resolve) => setTimeout(resolve, 50));
}}"""
PICTURED = f"""async () => {{
  while (await ({PICTURES})() !== 1) await new Promise((resolve) => setTimeout(resolve, 50));
}}"""
ONE_CACHE = f"""async () => {{
  while (await ({CACHES})() !== 1) await new Promise((resolve) => setTimeout(resolve, 50));
}}"""
SETTLED = """async () => {
  const registration = await navigator.serviceWorker.getRegistration();
  await registration.update().catch(() => {}); // the version that comes is refused
  while (registration.installing) await new Promise((resolve) => setTimeout(resolve, 50));
  return registration.waiting === null;
}"""
# Notes whether the program was there when it began to be compiled.
COMPILES = """
globalThis.compiled = [];
const { compileStreaming } = WebAssembly;
WebAssembly.compileStreaming = (source) => {
  const programs = performance.getEntriesByType("resource").filter(({ name }) => name.endsWith(".wasm"));
  globalThis.compiled.push(programs.length > 0 ? "afterwards" : "while it came");
  return compileStreaming.call(WebAssembly, source);
};
"""
FETCHED = """() => {
  const programs = performance.getEntriesByType("resource").filter(({ name }) => name.endsWith(".wasm"));
  return [globalThis.compiled, programs.length];
}"""


class Host(Hosted):
    """A site that is built anew in place."""

    def deploy(self, says: str, then: str = "") -> None:
        self.source.joinpath("main.py").write_text(APP.format(version=self.version, says=says) + then)
        build(self.source, self.site, Options(compress=False), Store(quiet=True))

    def damage_manifest(self) -> None:
        """Makes it one that no page can start with, though its hash is right."""
        manifest, worker = self.site / "main.py.app.json", self.site / "service-worker.js"
        good = manifest.read_bytes()
        bad = good.replace(b'"pyodide"', b'"pyodite"')
        manifest.write_bytes(bad)
        hashes = hashlib.sha256(good).hexdigest(), hashlib.sha256(bad).hexdigest()
        worker.write_text(worker.read_text().replace(*hashes))


@pytest.fixture
def host(tmp_path: Path, pyodide_version: str) -> Iterator[Host]:
    host = Host(tmp_path, pyodide_version)
    yield host
    host.down()


@pytest.fixture
def app(visitor: AppPage) -> AppPage:
    """A page that may find a site broken."""
    visitor.allow_errors = True
    return visitor


def visit(app: AppPage, url: str, says: str) -> None:
    app.page.goto(url)
    app.wait_ready()
    expect(app.page.locator("body")).to_have_attribute("data-says", says)


def visit_first(app: AppPage, host: Host) -> str:
    """Visits a first version; returns the address."""
    host.deploy("first")
    url = host.up()
    visit(app, url, "first")
    return url


def keep_first(app: AppPage, host: Host) -> str:
    """Visits a first version, which is kept then; returns the address."""
    url = visit_first(app, host)
    assert app.page.evaluate(KEPT)
    return url


@pytest.mark.pyodide_matrix
def test_a_site_below_a_path_starts_and_starts_again_without_its_host(app: AppPage, host: Host) -> None:
    url = keep_first(app, host)
    host.down()
    visit(app, url, "first")
    assert app.page.evaluate("() => crossOriginIsolated")  # by the service worker: this host sends no headers


def test_workers_start_and_stop_too_with_and_without_the_host(app: AppPage, host: Host) -> None:
    host.deploy("first", WORK)
    url = host.up()
    for isolated in (False, True):
        app.console.clear()
        visit(app, url, "first")
        assert app.page.evaluate("() => crossOriginIsolated") is isolated
        assert [line.text for line in app.console if line.kind == "log"] == ["6", "stopped", "24"]
        app.page.evaluate(KEPT)
        host.down()


def test_the_program_comes_once_and_is_compiled_meanwhile(app: AppPage, host: Host) -> None:
    host.deploy("compiled")
    app.page.add_init_script(COMPILES)
    app.page.goto(host.up())
    app.wait_ready()
    assert app.page.evaluate(FETCHED) == [["while it came"], 1]
    app.page.evaluate(KEPT)
    app.page.reload()
    app.wait_ready()
    assert app.page.evaluate(FETCHED) == [["while it came"], 1]


def test_a_new_version_is_told_and_taken_over_whole(app: AppPage, host: Host) -> None:
    url = keep_first(app, host)
    host.deploy("second")
    visit(app, url, "first")  # what is kept, while the new one comes
    bar = app.page.get_by_role("status").filter(has_text="A new version is here")
    expect(bar).to_be_visible()
    bar.get_by_role("button", name="Reload").click()
    expect(app.page.locator("body")).to_have_attribute("data-says", "second", timeout=60_000)
    app.wait_ready()
    expect(bar).to_have_count(0)
    app.page.evaluate(ONE_CACHE)
    host.down()
    visit(app, url, "second")


def test_a_new_version_that_cannot_be_taken_says_so(app: AppPage, host: Host) -> None:
    url = keep_first(app, host)
    host.deploy("second")
    visit(app, url, "first")
    bar = app.page.get_by_role("status").filter(has_text="new version")
    expect(bar).to_be_visible()
    app.page.evaluate("() => { ServiceWorker.prototype.postMessage = () => { throw new Error('gone'); }; }")
    bar.get_by_role("button", name="Reload").click()
    expect(bar).to_contain_text("cannot be taken now. Close all pages of this site")
    bar.get_by_role("button", name="Later").click()
    expect(bar).to_have_count(0)


def test_a_version_with_a_broken_file_is_never_used(app: AppPage, host: Host) -> None:
    url = keep_first(app, host)
    host.deploy("second")
    [main] = host.site.glob("_pyodide_app/files/*/main.py")
    main.write_bytes(main.read_bytes().replace(b"second", b"broken"))
    visit(app, url, "first")
    assert app.page.evaluate(SETTLED)
    assert app.page.evaluate(CACHES) == 1
    visit(app, url, "first")
    host.deploy("third")
    visit(app, url, "first")
    expect(app.page.get_by_role("status").filter(has_text="A new version")).to_be_visible()


def test_a_version_that_cannot_start_gives_way_to_the_one_before(app: AppPage, host: Host) -> None:
    url = keep_first(app, host)
    host.deploy("second")
    host.damage_manifest()
    visit(app, url, "first")
    app.page.evaluate("() => { document.body.dataset.says = 'the page before the reload'; }")
    app.page.get_by_role("status").get_by_role("button", name="Reload").click()
    expect(app.page.locator("body")).to_have_attribute("data-says", "first", timeout=60_000)
    assert app.page.evaluate(ROLLED_BACK)
    app.wait_ready()
    host.deploy("third")
    visit(app, url, "first")
    app.page.get_by_role("status").get_by_role("button", name="Reload").click()
    expect(app.page.locator("body")).to_have_attribute("data-says", "third", timeout=60_000)


def test_what_is_kept_can_be_cleared(app: AppPage, host: Host) -> None:
    url = visit_first(app, host)
    expect(app.page.locator("body")).to_have_attribute("data-kept", "False")
    app.page.evaluate(KEPT)
    app.page.evaluate(PICTURED)
    visit(app, url, "first")
    expect(app.page.locator("body")).to_have_attribute("data-kept", "True")
    app.run(CLEAR)
    assert app.page.evaluate(LEFT) == [[], 0, False]
    visit(app, url, "first")
    expect(app.page.locator("body")).to_have_attribute("data-kept", "False")


def test_what_is_being_kept_can_be_cleared(app: AppPage, host: Host) -> None:
    app.page.add_init_script(REGISTERING)
    visit_first(app, host)
    app.page.wait_for_function("() => globalThis.registering")
    app.run(CLEAR)
    app.page.evaluate(ENDED)
    assert app.page.evaluate(LEFT) == [[], 0, False]


def test_a_picture_that_is_being_made_is_cleared_too(app: AppPage, host: Host) -> None:
    app.page.add_init_script(PICTURING)
    visit_first(app, host)
    app.page.wait_for_function("() => globalThis.isPictured")
    app.run(CLEAR)
    app.page.evaluate("() => globalThis.keepPicture()")
    app.page.evaluate(UNPICTURED)
    assert app.page.evaluate(LEFT) == [[], 0, False]
