"""What the host of this page does, found out from the page itself."""

from typing import NamedTuple

import js
from pyodide.ffi import JsException

KIND = "application/wasm"


class Fact(NamedTuple):
    name: str
    value: str
    is_good: bool
    meaning: str


async def facts() -> list[Fact]:
    """All that one can see from here; without a network, what needs no answer of the host."""
    found = [_isolation(await _sent(js.location.href)), _policy(), _size()]
    wasm = next(url for url in _loaded() if url.endswith(".wasm"))
    sent = await _sent(wasm)
    if sent is None:
        return [*found, Fact("Host", "no answer", False, "The page is here without it: the browser kept it.")]
    return [*found, _kind(sent), _compression(sent), _caching(sent)]


async def _sent(url: str):  # Headers, or None without a network
    """What the host sends: a request of this method does not pass through the service worker."""
    try:
        return (await js.fetch(url, method="HEAD", cache="no-store")).headers
    except JsException:
        return None


def _loaded() -> dict[str, int]:
    """Bytes by URL, as they came, of what the page has loaded."""
    return {entry.name: entry.encodedBodySize for entry in js.performance.getEntriesByType("resource")}


def _isolation(sent) -> Fact:
    if not js.crossOriginIsolated:
        return Fact(
            "Isolation",
            "not on this visit",
            False,
            "Its host sends no headers for it. The service worker adds them, from the next visit on, "
            "unless the site was built without. Until then there is no SharedArrayBuffer.",
        )
    if sent is not None and sent.has("Cross-Origin-Embedder-Policy"):
        return Fact("Isolation", "by the host", True, "It sends the headers, so the first visit is isolated.")
    return Fact("Isolation", "by the service worker", True, "The host need not send the headers.")


def _policy() -> Fact:
    meta = js.document.querySelector("meta[http-equiv='Content-Security-Policy']")
    if not meta:
        return Fact(
            "Policy", "none", False, "A build writes one into each page; this page has not been built."
        )
    return Fact("Policy", meta.content, True, "It stands in the page, so it needs no header.")


def _size() -> Fact:
    loaded = _loaded()
    size = f"{sum(loaded.values()) / 1e6:.1f} MB in {len(loaded)} files"
    meaning = "pyodide-app build --budget 12MB fails if a first visit needs more than that, compressed."
    return Fact("Loaded", size, True, meaning)


def _kind(sent) -> Fact:
    kind = sent.get("Content-Type") if sent.has("Content-Type") else "nothing"
    return Fact("Type of .wasm", kind, kind == KIND, f"With {KIND} it is compiled while it comes in.")


def _compression(sent) -> Fact:
    coding = sent.get("Content-Encoding") if sent.has("Content-Encoding") else "none"
    meaning = "A build writes .br and .gz beside each file, for hosts that compress nothing themselves."
    return Fact("Compression", coding, coding != "none", meaning)


def _caching(sent) -> Fact:
    rule = sent.get("Cache-Control") if sent.has("Cache-Control") else "nothing"
    meaning = "Pyodide's address has its version in it, so browsers may keep it for ever."
    return Fact("Caching of .wasm", rule, "immutable" in rule, meaning)
