"""Memory that several threads see, or why there is none here."""

from typing import Any

from pyodide_app.bridge.core import IS_EMSCRIPTEN

_HOW = (
    "`pyodide-app dev` isolates pages by itself. Elsewhere let the host send the headers "
    "'Cross-Origin-Opener-Policy: same-origin' and 'Cross-Origin-Embedder-Policy: require-corp' with the "
    "page; where it cannot, a service worker adds them: see the pattern workers/cross-origin-isolation."
)


class IsolationRequired(RuntimeError):
    """There is no shared memory here; the message says why and what to do."""


def allocate(nbytes: int) -> Any:  # noqa: ANN401 - a JavaScript object
    """Make a SharedArrayBuffer full of zeros.

    Raises:
        IsolationRequired: the browser has none in this place.
        MemoryError: it is too large.
    """
    if not IS_EMSCRIPTEN:
        raise IsolationRequired("Shared memory is the browser's: this is not Pyodide.")
    import js  # noqa: PLC0415 - only there in the browser
    from pyodide.ffi import JsException  # noqa: PLC0415

    if not hasattr(js, "SharedArrayBuffer") or not getattr(js, "crossOriginIsolated", True):
        raise IsolationRequired(_reason(js))
    try:
        return js.SharedArrayBuffer.new(nbytes)
    except JsException as error:
        raise MemoryError(f"the browser has no {nbytes:,} bytes of shared memory: {error}") from None


def _reason(js: Any) -> str:  # noqa: ANN401 - a JavaScript object
    if hasattr(js, "SharedWorkerGlobalScope"):
        return "A SharedWorker has no shared memory. Use a Worker for this."
    if not getattr(js, "isSecureContext", True):
        return "Shared memory needs a secure page. Open it over https, or under the name localhost."
    said = ""
    if hasattr(js, "document"):  # runtime/isolation.js says there what has come in its way
        said = getattr(js.document.documentElement.dataset, "isolation", "") or ""
    tried = f"{said} " if said else ""
    return f"Shared memory needs a page that is cross-origin isolated, and this one is not. {tried}{_HOW}"
