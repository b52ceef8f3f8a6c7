"""Visits pages with a browser whose profile stays, so that its caches do as they do for people."""

import argparse
import json
import statistics
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from playwright.sync_api import Page, sync_playwright
from rich.filesize import decimal

from benchmarks.browser import START
from benchmarks.report import Report, Table
from pyodide_app.testing.browser import find_browser, launch_options
from pyodide_app.toolkit import runtimes
from pyodide_app.toolkit.bytecode import _bytecode
from pyodide_app.toolkit.preview import Preview
from pyodide_app.toolkit.site import Built, Options, build
from pyodide_app.toolkit.store import Store

APP = """\
# /// script
# dependencies = {dependencies}
# ///
{imports}
print("ready")
"""
# The same work for stock Pyodide, without a package and without us.
STOCK = """\
<!doctype html>
<html lang="en">
  <head><meta charset="utf-8"><title>Stock</title><script type="module" src="stock.js"></script></head>
  <body><p>Loading</p></body>
</html>
"""
STOCK_SCRIPT = """\
import { loadPyodide } from "./pyodide/pyodide.mjs";
const pyodide = await loadPyodide();
pyodide.runPython('print("ready")');
document.body.dataset.ready = performance.now();
"""
READY = """() => {
  const { ready } = document.body.dataset;
  return ready ? Number(ready) : globalThis.readyAt;
}"""
LISTEN = 'addEventListener("ready", () => { globalThis.readyAt = performance.now(); }, true);'
# Told once it was on the screen, which may be after Python is ready.
PAINT = """async () => {
  for (;;) {
    const [entry] = performance.getEntriesByName("first-contentful-paint");
    if (entry) return entry.startTime;
    await new Promise(requestAnimationFrame);
  }
}"""
# What makes later visits quick is there: the service worker's cache and the picture of memory.
KEPT = """async ([keeps, pictures]) => {
  if (keeps) await navigator.serviceWorker.ready;
  if (!pictures) return;
  const cache = await caches.open("pyodide-app-snapshots");
  while ((await cache.keys()).length !== 1) await new Promise((resolve) => setTimeout(resolve, 50));
}"""
NO_PICTURES = """
const { open } = CacheStorage.prototype;
CacheStorage.prototype.open = function (name) {
  return name === "pyodide-app-snapshots" ? Promise.reject(new Error("not now")) : open.call(this, name);
};
"""
STATE_APP = Path(__file__).parents[2] / "patterns/apps/state-persistence"
# Each row a browser that is started anew: it has nothing in its memory, as on another day.
BROWSERS = (("first",), ("second",), ("third", "browser open"), ("offline",))
VISITS = tuple(visit for browser in BROWSERS for visit in browser)


@dataclass(frozen=True, slots=True)
class Contestant:
    """A site to visit.

    Args:
        keeps: it has a service worker, so it can be visited offline.
        pictures: later visits start from a picture of memory.
    """

    title: str
    folder: Path
    keeps: bool = False
    pictures: bool = False


def measure(arguments: argparse.Namespace) -> Report:
    """Measures every contestant's visits, in turn, each round with a new profile."""
    report = Report("Start-up")
    with tempfile.TemporaryDirectory() as folder:
        contestants = [_stock(Path(folder)), *_ours(Path(folder))]
        ready: dict[str, list[list[float]]] = {each.title: [] for each in contestants}
        paint: dict[str, list[list[float]]] = {each.title: [] for each in contestants}
        for _ in range(arguments.rounds):
            for each in contestants:
                visits = list(_visits(each, Path(tempfile.mkdtemp(dir=folder))))
                ready[each.title].append([visit[0] for visit in visits])
                paint[each.title].append([visit[1] for visit in visits])
                print(f"{each.title}: {[round(visit[0]) for visit in visits]} ms", file=sys.stderr)
        report.tables += [
            _table("Python ready, and the program through", ready, contestants[0].title),
            _table("First contentful paint", paint, contestants[0].title),
            _sizes(Path(folder)),
        ]
        report.samples = {"ready": ready, "paint": paint}
    return report


def _stock(folder: Path) -> Contestant:
    site = folder / "stock"
    core = Store(quiet=True).core(runtimes.get())
    site.joinpath("pyodide").mkdir(parents=True)
    for name, path in core.items():
        site.joinpath("pyodide", name).write_bytes(path.read_bytes())
    site.joinpath("index.html").write_text(STOCK)
    site.joinpath("stock.js").write_text(STOCK_SCRIPT)
    site.joinpath("_headers").write_text("/pyodide/*\n  Cache-Control: public, max-age=31536000, immutable\n")
    site.joinpath("_pyodide_app").mkdir()
    site.joinpath("_pyodide_app/build.json").write_text("{}")  # by which `preview` knows a site
    return Contestant("stock Pyodide", site)


def _ours(folder: Path) -> Iterator[Contestant]:
    """Each of the means alone, where that is possible, then all together."""
    ours = _build(_app(folder / "app"), folder / "ours").folder
    with (
        patch.object(_bytecode, "_FORMAT", "not compiled"),
        patch.object(_bytecode, "make", lambda archive, *_: archive),
    ):
        plain = _build(folder / "app", folder / "plain").folder
    alone = _build(folder / "app", folder / "alone").folder
    manifest = json.loads(alone.joinpath("main.py.app.json").read_bytes())
    del manifest["service_worker"]
    alone.joinpath("main.py.app.json").write_text(json.dumps(manifest))
    yield Contestant("ours: bytecode alone", alone)
    yield Contestant("ours: service worker alone", plain, keeps=True)
    yield Contestant("ours: bytecode and service worker", ours, keeps=True)
    yield Contestant("ours, with the picture of memory too", ours, keeps=True, pictures=True)


def _app(folder: Path, dependencies: tuple[str, ...] = (), imports: str = "") -> Path:
    folder.mkdir()
    text = APP.format(dependencies=json.dumps(dependencies), imports=imports)
    folder.joinpath("main.py").write_text(text)
    return folder


def _build(source: Path, folder: Path, *, compress: bool = False) -> Built:
    return build(source, folder, Options(compress=compress), Store(quiet=True))


def _visits(contestant: Contestant, profile: Path) -> Iterator[tuple[float, float]]:
    """Milliseconds until Python is ready and until the first paint, of each visit."""
    found = find_browser()
    options = launch_options(found)
    with sync_playwright() as playwright:
        port = 0
        for visits in BROWSERS:
            offline = "offline" in visits
            if offline and not contestant.keeps:
                return
            context = playwright.chromium.launch_persistent_context(profile, **options)
            context.add_init_script(LISTEN if contestant.pictures else LISTEN + NO_PICTURES)
            for _ in visits:
                with _served(contestant.folder, port, offline=offline) as (url, port):
                    page = context.new_page()
                    page.set_default_timeout(START)
                    yield _visit(page, url, contestant)
                    page.close()
            context.close()


def _visit(page: Page, url: str, contestant: Contestant) -> tuple[float, float]:
    page.goto(url)
    ready = page.wait_for_function(READY).json_value()
    page.evaluate(KEPT, [contestant.keeps, contestant.pictures])
    return float(ready), float(page.evaluate(PAINT))


@contextmanager
def _served(folder: Path, port: int, *, offline: bool) -> Iterator[tuple[str, int]]:
    if offline:
        yield f"http://127.0.0.1:{port}/", port
        return
    with Preview(folder, port=port) as preview:
        yield preview.url, preview.port


def _table(title: str, samples: dict[str, list[list[float]]], stock: str) -> Table:
    medians = {
        name: [statistics.median(visit) for visit in zip(*rounds, strict=True)]
        for name, rounds in samples.items()
    }
    table = Table(f"{title}, ms (and against that visit of stock Pyodide; offline, its third)", ["", *VISITS])
    base = [*medians[stock], medians[stock][VISITS.index("third")]]
    for name, values in medians.items():
        cells = [f"{value:,.0f} ({value / of:.2f})" for value, of in zip(values, base, strict=False)]
        table.rows.append([name, *cells, *[""] * (len(VISITS) - len(cells))])
    return table


def _sizes(folder: Path) -> Table:
    table = Table("Bytes of a first visit", ["app", "as they are", "over the wire"])
    apps = {
        "hello": folder / "app",
        "NumPy": _app(folder / "numpy", ("numpy",), "import numpy"),
        "state app": STATE_APP,
    }
    for name, source in apps.items():
        parts = _build(source, folder / f"size of {name}", compress=True).parts.values()
        sizes = [sum(part.size for part in parts), sum(part.sent for part in parts)]
        table.rows.append([name, *map(decimal, sizes)])
    return table
