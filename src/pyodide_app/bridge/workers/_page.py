"""Where a worker comes from: the page's own files, or, where the wheel is all there is, a blob made of it."""

from functools import cache
from typing import Any, NamedTuple

from pyodide_app.bridge._javascript import Js, half, source


def spawn(
    name: str, module: str | None, script: str | None, hooks: dict[str, Any], **milliseconds: float
) -> Js:
    """Start a worker: see runtime/worker-spawn.js."""
    from js import Object  # noqa: PLC0415 - only there in the browser
    from pyodide.ffi import to_js  # noqa: PLC0415

    def objects(values: dict[str, Any]) -> Js:
        return to_js(values, dict_converter=Object.fromEntries)

    page = _python()
    options = {
        "url": _absolute(script) if script else page.url,
        "probe": page.probe,
        "name": name,
        "start": Object.assign(page.start(), objects({"name": name, "module": module})),
    }
    parts = {
        "letters": half("rpc", "letters", "mail-letters.js"),
        "createSharedMail": half("rpc", "createSharedMail", "mail-shared.js"),
        "createInterrupts": half("rpc", "createInterrupts", "worker-interrupt.js"),
    }
    if page.create_mail is not None and script is None:
        parts["createPageMail"] = page.create_mail
    spawn_worker = half("rpc", "spawnWorker", "worker-spawn.js")
    return spawn_worker(objects(options | milliseconds), objects(hooks), objects(parts))


def _absolute(url: str) -> str:
    from js import URL, location  # noqa: PLC0415 - only there in the browser

    return str(URL.new(url, location.href).href)


class _Page(NamedTuple):
    """What tells a worker how to start; the URLs of its script and of worker-probe.js; mail-page.js."""

    start: Any
    url: str
    probe: str
    create_mail: Js = None


@cache
def _python() -> _Page:
    try:
        import _pyodide_app_workers as page  # type: ignore[import-not-found]  # noqa: PLC0415 - the page has it

        return _Page(page.start, str(page.url), str(page.probe), page.createPageMail)
    except ModuleNotFoundError:
        from pyodide_app.bridge.workers import _bare  # noqa: PLC0415 - a page without our element

        # No service worker can reach a blob.
        return _Page(_bare.start, _bare.script_url(source), _bare.blob_url(source("worker-probe.js")))
