"""The JavaScript half: runtime/storage.js and what it imports."""

import re

from pyodide_app.bridge._javascript import Js, source

# Each after those that it imports.
_FILES = (
    "errors",
    "sqlite",
    "blocks",
    "volume",
    "log",
    "opfs",
    "memory",
    "indexeddb",
    "files",
    "store",
    "channel",
)


async def javascript() -> Js:
    """What runtime/storage.js exports."""
    try:
        import _pyodide_app_storage as given  # type: ignore[import-not-found]  # noqa: PLC0415 - the page has it
    except ModuleNotFoundError:
        from pyodide.code import run_js  # noqa: PLC0415 - only there in the browser

        return run_js(f"(() => {{ {as_one_script()}; return {{ openStore }}; }})()")
    return await given.load()


def as_one_script() -> str:
    """All files one behind the other, without what makes them modules."""
    texts = [source(f"storage-{name}.js") for name in _FILES] + [source("storage.js")]
    return re.sub(r"^(import .*;|export )", "", "".join(texts), flags=re.MULTILINE)
