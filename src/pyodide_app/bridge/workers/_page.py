"""Where a worker comes from: the page's own files, or, where the wheel is all there is, a blob made of it."""

from functools import cache
from typing import Any

from pyodide_app.bridge._javascript import Js, half, source


def spawn(
    name: str, module: str | None, script: str | None, hooks: dict[str, Any], **milliseconds: float
) -> Js:
    """Start a worker: see runtime/worker-spawn.js."""
    from js import Object  # noqa: PLC0415 - only there in the browser
    from pyodide.ffi import to_js  # noqa: PLC0415

    def objects(values: dict[str, Any]) -> Js:
        return to_js(values, dict_converter=Object.fromEntries)

    start, url, probe = _python()
    options = {
        "url": _absolute(script) if script else url,
        "probe": probe,
        "name": name,
        "start": Object.assign(start(), objects({"name": name, "module": module})),
    }
    parts = {
        "createMail": half("rpc", "createMail", "worker-mail.js"),
        "createInterrupts": half("rpc", "createInterrupts", "worker-interrupt.js"),
    }
    spawn_worker = half("rpc", "spawnWorker", "worker-spawn.js")
    return spawn_worker(objects(options | milliseconds), objects(hooks), objects(parts))


def _absolute(url: str) -> str:
    from js import URL, location  # noqa: PLC0415 - only there in the browser

    return str(URL.new(url, location.href).href)


@cache
def _python() -> tuple[Any, str, str]:
    """What tells a worker how to start, the URL of its script, and that of worker-probe.js."""
    try:
        import _pyodide_app_workers as page  # type: ignore[import-not-found]  # noqa: PLC0415 - the page has it

        return page.start, str(page.url), str(page.probe)
    except ModuleNotFoundError:
        from pyodide_app.bridge.workers import _bare  # noqa: PLC0415 - a page without our element

        return _bare.start, _bare.script_url(source), _bare.blob_url(source("worker-probe.js"))
