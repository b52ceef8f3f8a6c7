"""A page of a plain static host becomes isolated by a service worker, with one reload, or says why not."""

from pathlib import Path

import pytest

from pyodide_app.testing import AppPage, OpenApp, expect
from pyodide_app.toolkit.preview import Preview
from pyodide_app.toolkit.site import Options, build
from pyodide_app.toolkit.store import Store

PAGE = """<!doctype html>
<script type="module" src="/_pyodide_app/runtime/isolation.js"></script>
<pyodide-app src="main.py"></pyodide-app>
"""
STUB = 'importScripts("/_pyodide_app/runtime/isolation-service-worker.js");\n'
LOADS = "performance.getEntriesByType('navigation')[0].type"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "index.html").write_text(PAGE)
    (tmp_path / "main.py").write_text("import js\njs.document.title = 'started'\n")
    (tmp_path / "isolation-service-worker.js").write_text(STUB)
    return tmp_path


def reason(app: AppPage) -> str:
    return str(app.page.evaluate("document.documentElement.dataset.isolation ?? ''"))


def test_a_service_worker_isolates_it_after_one_reload(open_app: OpenApp, folder: Path) -> None:
    app = open_app(folder, isolation=False)
    page = app.page
    assert page.evaluate("crossOriginIsolated")
    assert page.evaluate(LOADS) == "reload"
    assert reason(app) == ""
    assert page.evaluate("sessionStorage.length") == 0
    page.goto(app.url)
    app.wait_ready()
    assert page.evaluate("crossOriginIsolated")
    assert page.evaluate(LOADS) == "navigate"  # the second visit is isolated at once


def test_python_starts_only_in_the_page_that_stays(open_app: OpenApp, folder: Path) -> None:
    (folder / "main.py").write_text("print('started')")
    app = open_app(folder, isolation=False)
    assert [line.text for line in app.console] == ["started"]
    assert app.page.evaluate(LOADS) == "reload"


def test_a_worker_of_the_page_is_isolated_too(open_app: OpenApp, folder: Path) -> None:
    (folder / "worker.js").write_text("postMessage(crossOriginIsolated)")
    page = open_app(folder, isolation=False).page
    isolated = page.evaluate(
        "new Promise((resolve) => (new Worker('worker.js').onmessage = ({ data }) => resolve(data)))"
    )
    assert isolated is True


def test_with_headers_of_the_host_it_does_nothing(open_app: OpenApp, folder: Path) -> None:
    page = open_app(folder).page
    assert page.evaluate("crossOriginIsolated")
    assert page.evaluate(LOADS) == "navigate"
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0


def test_without_the_file_it_says_so_and_the_app_starts(open_app: OpenApp, folder: Path) -> None:
    (folder / "isolation-service-worker.js").unlink()
    app = open_app(folder, isolation=False)
    assert "isolation-service-worker.js could not be set up" in reason(app)
    assert "must lie beside the page" in reason(app)
    assert any(line.kind == "error" and "no SharedArrayBuffer" in line.text for line in app.console)
    message = app.run("""
        from pyodide_app.bridge import IsolationRequired, SharedArray

        try:
            SharedArray(1, "i")
        except IsolationRequired as error:
            message = str(error)
        message
    """)
    assert "could not be set up" in message


def test_it_never_reloads_twice(open_app: OpenApp, folder: Path) -> None:
    (folder / "isolation-service-worker.js").write_text("addEventListener('install', () => skipWaiting());")
    app = open_app(folder, isolation=False)
    assert app.page.evaluate(LOADS) == "reload"
    assert "is still not isolated" in reason(app)


def test_the_pages_own_service_worker_stays(open_app: OpenApp, folder: Path) -> None:
    (folder / "own.js").write_text("addEventListener('install', () => skipWaiting());")
    (folder / "first.html").write_text("<!doctype html>")
    app = open_app(folder, url="first.html", isolation=False, wait=None)
    registering = "navigator.serviceWorker.register('own.js').then(() => navigator.serviceWorker.ready)"
    app.page.evaluate(f"{registering}.then(() => null)")
    app.page.goto(app.url.replace("first.html", ""))
    app.wait_ready()
    assert "has a service worker of its own, /own.js" in reason(app)
    scripts = (
        "navigator.serviceWorker.getRegistrations().then((all) => all.map((one) => one.active.scriptURL))"
    )
    assert app.page.evaluate(scripts) == [app.url.replace("first.html", "own.js")]


def test_in_a_frame_it_names_the_page_around_it(open_app: OpenApp, folder: Path) -> None:
    (folder / "around.html").write_text("<!doctype html>\n<iframe src='index.html'></iframe>\n")
    app = open_app(folder, url="around.html", isolation=False, wait=None)
    inside = app.page.frame_locator("iframe").locator("html")
    inside.locator("pyodide-app[state=ready]").wait_for(state="attached", timeout=60_000)
    assert "in a frame of a page that is not isolated" in str(inside.get_attribute("data-isolation"))


def test_a_document_isolation_policy_alone_will_do(visitor: AppPage, tmp_path: Path) -> None:
    source = tmp_path / "app"
    source.mkdir()
    source.joinpath("main.py").write_text("print('started')\n")
    source.joinpath("_headers").write_text("/*\n  Document-Isolation-Policy: isolate-and-credentialless\n")
    build(source, tmp_path / "site", Options(isolation=False, compress=False), Store(quiet=True))
    with Preview(tmp_path / "site") as preview:
        visitor.page.goto(preview.url)
        visitor.wait_ready()
        assert visitor.page.evaluate("crossOriginIsolated")
        code = "from pyodide_app.bridge import SharedArray\nlen(SharedArray(4, 'i'))"
        assert visitor.run(code) == 4


def test_a_built_site_is_isolated_on_its_first_visit_and_kept(
    visitor: AppPage, tmp_path: Path, folder: Path
) -> None:
    source = tmp_path / "app"
    source.mkdir()
    for name in ("index.html", "main.py", "isolation-service-worker.js"):
        (folder / name).rename(source / name)
    build(source, tmp_path / "site", Options(compress=False), Store(quiet=True))
    page = visitor.page
    with Preview(tmp_path / "site", plain=True, prefix="/below/") as preview:
        page.goto(preview.url)
        expect(page).to_have_title("started", timeout=60_000)
        assert page.evaluate("crossOriginIsolated")
        assert page.evaluate(LOADS) == "reload"
        assert reason(visitor) == ""
    page.goto(preview.url)
    expect(page).to_have_title("started", timeout=60_000)
    assert page.evaluate("crossOriginIsolated")
