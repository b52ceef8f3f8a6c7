"""Workers of a page that has no <pyodide-app>: from this Pyodide's own address, with this page's packages.

Packages that Pyodide's lock has are loaded from where the page has them; other packages, and the app's own
Python files, are copied from the page's file system.
"""

import importlib.metadata
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

_HOME = "/home/pyodide"
_MOST = 64 * 1024 * 1024  # bytes of files of one's own that are copied; more is surely not code
_PARTS = {
    "rpc.js": "createConnection",
    "rpc-python.js": "createPythonConnection",
    "mail-letters.js": "letters",
    "mail-shared.js": "createSharedMail",
    "worker-host.js": "hostWorker",
    "worker-bare.js": "",
}


def script_url(source: Callable[[str], str]) -> str:
    """The address of a worker's script, made of the wheel's files."""
    text = "".join(
        f"{{{source(file).replace(f'export {{ {name} }};', f'globalThis.{name} = {name};')}}}\n"
        for file, name in _PARTS.items()
    )
    return blob_url(text)


def blob_url(text: str) -> str:
    """The address of a script."""
    from js import URL, Blob, Object  # noqa: PLC0415 - only there in the browser
    from pyodide.ffi import to_js  # noqa: PLC0415

    options = to_js({"type": "text/javascript"}, dict_converter=Object.fromEntries)
    return str(URL.createObjectURL(Blob.new(to_js([text]), options)))


def start() -> Any:  # noqa: ANN401 - a JavaScript object
    """What worker-bare.js needs to become a second interpreter of this page."""
    import pyodide_js  # noqa: PLC0415 - only there in the browser
    from js import JSON, Object  # noqa: PLC0415
    from pyodide.ffi import to_js  # noqa: PLC0415

    config = pyodide_js._api.config
    lock = getattr(pyodide_js._api, "lockfile", None)  # from 0.28 on; before, only its URL is known
    loaded = pyodide_js.loadedPackages.to_py()
    files = {str(path): path.read_bytes() for path in _files()}
    return to_js(
        {
            "indexURL": config.indexURL,
            "lockFileURL": None if lock else config.lockFileURL,
            "lockFileContents": JSON.stringify(lock) if lock else None,
            "packageBaseUrl": config.packageBaseUrl if lock else None,
            "packages": [name for name, channel in loaded.items() if channel == "default channel"],
            "files": files,
        },
        dict_converter=Object.fromEntries,
    )


def _files() -> Iterator[Path]:
    for distribution in importlib.metadata.distributions():
        origin = distribution.read_text("PYODIDE_SOURCE")
        if origin is not None and origin.strip() == "pyodide":
            continue  # the worker loads it itself
        for file in distribution.files or ():
            path = Path(str(distribution.locate_file(file)))
            if path.is_file() and path.suffix != ".pyc":
                yield path
    size = 0
    for folder, folders, names in os.walk(_HOME):
        folders[:] = [name for name in folders if not name.startswith((".", "__pycache__"))]
        for name in names:
            path = Path(folder, name)
            size += path.stat().st_size
            if path.suffix == ".py" and size < _MOST:
                yield path
