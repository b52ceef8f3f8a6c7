"""What a site takes from the Pyodide CDN instead of bringing it along.

That is what the CDN has as it is, by hash: Pyodide's WebAssembly, and the packages of its distribution. The
manifest, the lock and the service worker name each with its sha256, and all of them check it as they do the
site's own files.

Pyodide's scripts stay in the site; they are 0.3 MB as they are sent. What is imported, the browser fetches
itself, so a script that was checked before need not be the one that runs. An import map can say which hash it
must have, but only in pages, and each worker starts a Python, too. As all scripts come from the site, the
Content-Security-Policy allows no other. The WebAssembly comes by `fetch`: there Pyodide gets the very bytes
that were checked (`lend` in runtime/interpreter.js).

The packages come without bytecode: with it they would not be the CDN's.
"""

import json
from collections.abc import Sequence
from pathlib import Path

from pyodide_app.toolkit.page import Page
from pyodide_app.toolkit.runtimes import LOCK_FILE, folder_on
from pyodide_app.toolkit.site._compress import variants
from pyodide_app.toolkit.site._report import Part
from pyodide_app.toolkit.store import Store


def on_cdn(page: Page, cdn: str) -> dict[str, str]:
    """The addresses of the files that a page can take from there, by sha256.

    Args:
        cdn: the CDN's address.
    """
    official = json.loads(page.core[LOCK_FILE].read_bytes())
    files = {entry["sha256"]: entry["file_name"] for entry in official["packages"].values()}
    files |= {pin.sha256: pin.name for pin in page.runtime.core.values() if pin.name.endswith(".wasm")}
    folder = folder_on(cdn, page.runtime.version)
    return {sha256: folder + name for sha256, name in files.items()}


def measured_there(copies: Sequence[Path], store: Store | None) -> Part:
    """Files as the CDN sends them: it compresses WebAssembly, and archives not.

    Args:
        copies: ours.
        store: keeps what was compressed; None not to compress.
    """
    return Part(sum(path.stat().st_size for path in copies), sum(_sent(path, store) for path in copies))


def _sent(path: Path, store: Store | None) -> int:
    data = path.read_bytes()
    packed = variants(path.name, data, store) if store and path.suffix == ".wasm" else ()
    return min([len(data), *(len(smaller) for _, smaller in packed)])
