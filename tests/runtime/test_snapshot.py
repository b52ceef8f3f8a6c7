"""Later visits to a built site start from the memory of an earlier one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pyodide_app.testing import AppPage, expect
from pyodide_app.toolkit.preview import Preview
from pyodide_app.toolkit.site import Options, build
from pyodide_app.toolkit.store import Store

# What a module is imported for here: nothing else imports it.
APP = """\
# /// script
# [tool.pyodide-app]
# pyodide = "{version}"
# ///
import sys
from js import document
has_memory = "colorsys" in sys.modules
document.body.dataset.memory = str(has_memory)
import colorsys, random
{more}
from pyodide_app.bridge import Signal
document.body.dataset.random = str(random.random())
"""
WORK = """\
import random, sys

def has_memory():
    return "colorsys" in sys.modules

def number():
    return random.random()

def late():
    import sched  # nobody has before
    return sched.__name__
"""
IS_READ = """() => {
  const { FS } = document.querySelector("pyodide-app").pyodide;
  const { node } = FS.lookupPath(`/lib/${FS.readdir("/lib").find((name) => name.endsWith(".zip"))}`);
  return "value" in Object.getOwnPropertyDescriptor(node, "contents");
}"""
NEVER_IDLE = "globalThis.requestIdleCallback = () => 0;"
REMOVE_LIBRARY = """async () => {
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    const kept = (await cache.keys()).filter(({ url }) => url.endsWith("/python_stdlib.zip"));
    for (const request of kept) await cache.delete(request);
  }
}"""
IN_A_WORKER = """
    import work
    from pyodide_app.bridge import Worker
    async with Worker() as worker:
        found = await worker.run(work.has_memory), await worker.run(work.number) != work.number()
        found = *found, await worker.run(work.late)
    found
"""
KEPT = """async () => {
  const cache = await caches.open("pyodide-app-snapshots");
  while ((await cache.keys()).length !== 1) await new Promise((resolve) => setTimeout(resolve, 50));
}"""
DAMAGE = """async () => {
  const cache = await caches.open("pyodide-app-snapshots");
  for (const key of await cache.keys()) await cache.put(key, new Response("no memory"));
}"""
PACKED = """async ([head, size]) => {
  const { pack, unpack } = await import("/_pyodide_app/runtime/snapshot-pages.js");
  const picture = new Uint8Array(head + size).fill(7, 0, head);
  for (const at of [0, 4095, 4096, 40_000, 80_000, size - 1]) picture[head + at] = 1 + (at % 255);
  const packed = pack(picture, size);
  const memory = new Uint8Array(size + 65_536).fill(9);
  const found = unpack(packed.buffer);
  found.restore(memory.buffer);
  let cut = "taken";
  try {
    unpack(packed.buffer.slice(0, -1)).restore(memory.buffer);
  } catch {
    cut = "refused";
  }
  return [
    found.head.length === head && found.head.every((byte) => byte === 7),
    memory.every((byte, at) => byte === (at < size ? picture[head + at] : 0)),
    packed.length < size / 4,
    cut,
  ];
}"""


@pytest.fixture
def more() -> str:
    """What else the app does."""
    return ""


@pytest.fixture
def url(tmp_path: Path, pyodide_version: str, more: str) -> Iterator[str]:
    source = tmp_path / "app"
    source.mkdir()
    source.joinpath("main.py").write_text(APP.format(version=pyodide_version, more=more))
    source.joinpath("work.py").write_text(WORK)
    build(source, tmp_path / "site", Options(compress=False), Store(quiet=True))
    with Preview(tmp_path / "site") as preview:
        yield preview.url


@pytest.fixture
def app(visitor: AppPage, url: str) -> AppPage:
    """A page on its first visit, which has left a picture behind."""
    visitor.page.goto(url)
    visitor.wait_ready()
    expect(visitor.page.locator("body")).to_have_attribute("data-memory", "False")
    visitor.page.evaluate(KEPT)
    return visitor


@pytest.mark.pyodide_matrix
def test_the_next_visit_starts_from_memory_with_other_random_numbers(app: AppPage, url: str) -> None:
    assert app.run(IN_A_WORKER) == (False, True, "sched")
    first = app.page.locator("body").get_attribute("data-random")
    seen = {first}
    for _ in range(2):
        app.page.goto(url)
        app.wait_ready()
        expect(app.page.locator("body")).to_have_attribute("data-memory", "True")
        seen.add(app.page.locator("body").get_attribute("data-random"))
    assert len(seen) == 3
    code = """
        import asyncio, html.parser
        from pathlib import Path
        from pyodide.ffi import run_sync
        from pyodide_app.bridge import Signal, computed
        Path("/tmp/a").write_text("kept")
        count = Signal(20)
        double = computed(lambda: count.value * 2)
        await asyncio.sleep(0)
        from pyodide_app.bridge import site  # which the first visit has not imported
        place = Path(site.__file__).parents[2]
        in_place = site.clear.__code__.co_filename == f"{place}/pyodide_app/bridge/site.py"
        f"{double.value} {Path('/tmp/a').read_text()} {html.parser.__name__} {place.suffix} {in_place}"
    """
    assert app.run(code) == "40 kept html.parser .zip True"
    assert app.run(IN_A_WORKER) == (True, True, "sched")


def test_a_damaged_picture_is_removed_and_python_starts_as_ever(app: AppPage, url: str) -> None:
    app.page.evaluate(DAMAGE)
    app.page.goto(url)
    app.wait_ready()
    expect(app.page.locator("body")).to_have_attribute("data-memory", "False")
    assert any("without its memory" in line.text for line in app.console)
    app.page.evaluate(KEPT)
    app.page.goto(url)
    app.wait_ready()
    expect(app.page.locator("body")).to_have_attribute("data-memory", "True")


def test_a_start_that_took_the_page_down_is_not_tried_again(app: AppPage, url: str) -> None:
    mark = "async () => sessionStorage.setItem('pyodide-app:snapshot', "
    mark += "(await (await caches.open('pyodide-app-snapshots')).keys())[0].url)"
    app.page.evaluate(mark)
    app.page.goto(url)
    app.wait_ready()
    expect(app.page.locator("body")).to_have_attribute("data-memory", "False")


def test_the_standard_library_is_read_in_an_idle_moment(app: AppPage, url: str) -> None:
    app.page.goto(url)
    app.wait_ready()
    app.page.wait_for_function(IS_READ)
    assert app.run("import quopri; quopri.__name__") == "quopri"


@pytest.mark.pyodide_matrix
@pytest.mark.parametrize("more", ["if has_memory: import quopri"])
def test_the_standard_library_is_read_at_once_when_the_app_needs_it(app: AppPage, url: str) -> None:
    app.page.add_init_script(NEVER_IDLE)
    app.page.goto(url)
    app.wait_ready()
    assert app.page.evaluate(IS_READ)
    assert app.run("quopri.__name__") == "quopri"


LOOK = """
import importlib.util
importlib.invalidate_caches()  # as Pyodide does when it has installed packages
assert importlib.util.find_spec("nowhere") is None
"""


@pytest.mark.pyodide_matrix
@pytest.mark.parametrize("more", [LOOK])
def test_to_look_for_a_module_elsewhere_does_not_read_the_standard_library(app: AppPage, url: str) -> None:
    app.page.add_init_script(NEVER_IDLE)
    app.page.goto(url)
    app.wait_ready()
    expect(app.page.locator("body")).to_have_attribute("data-memory", "True")
    assert not app.page.evaluate(IS_READ)


def test_the_standard_library_can_be_read_whatever_becomes_of_what_is_kept(app: AppPage, url: str) -> None:
    app.page.add_init_script(NEVER_IDLE)
    app.page.goto(url)
    app.wait_ready()
    tools = app.page.context.new_cdp_session(app.page)
    tools.send("ServiceWorker.enable")
    tools.send("ServiceWorker.stopAllWorkers")
    app.page.evaluate(REMOVE_LIBRARY)
    assert not app.page.evaluate(IS_READ)
    assert app.run("import quopri; quopri.__name__") == "quopri"


def test_a_standard_library_that_is_not_kept_any_more_is_fetched(app: AppPage, url: str) -> None:
    app.page.evaluate(REMOVE_LIBRARY)
    app.page.goto(url)
    app.wait_ready()
    expect(app.page.locator("body")).to_have_attribute("data-memory", "True")
    assert app.run("import quopri; quopri.__name__") == "quopri"


@pytest.mark.parametrize("more", ["if has_memory: import quopri"])
def test_a_standard_library_that_cannot_be_read_says_so(app: AppPage, url: str) -> None:
    app.allow_errors = True
    app.page.add_init_script("XMLHttpRequest.prototype.send = () => { throw new Error('no'); };")
    app.page.goto(url)
    expect(app.page.locator("pyodide-app")).to_have_attribute("state", "error")
    assert any("The standard library cannot be read: Error: no" in line.text for line in app.console)


@pytest.mark.parametrize("head", [48, 4096, 5000])
def test_a_picture_is_kept_without_its_empty_pages(visitor: AppPage, head: int) -> None:
    assert visitor.page.evaluate(PACKED, [head, 262_144]) == [True, True, True, "refused"]
