"""The JavaScript half: runtime/storage.js and what it imports."""

import re

from pyodide_app.bridge._javascript import Js, source

# Each after those that it imports.
_FILES = (
    *("errors", "sqlite", "blocks", "entry", "volume", "persist", "log", "opfs", "memory"),
    *("indexeddb", "files", "saver", "store", "routed", "channel", "replica", "writer"),
)


async def javascript() -> Js:
    """What runtime/storage.js exports."""
    try:
        import _pyodide_app_storage as given  # type: ignore[import-not-found]  # noqa: PLC0415 - the page has it
    except ModuleNotFoundError:
        from pyodide.code import run_js  # noqa: PLC0415 - only there in the browser

        return run_js(f"(() => {{\n{_as_one_script()}\n}})()")
    return await given.load()


def _as_one_script() -> str:
    """All files one behind the other, with functions in place of modules."""
    modules = "".join(_as_function(f"storage-{name}.js") for name in _FILES)
    return f'const modules = {{}};\n{modules}{_as_function("storage.js")}return modules["storage.js"];'


def _as_function(file: str) -> str:
    text = source(file)
    names = re.findall(r"^export (?:async )?(?:class|const|function) (\w+)", text, flags=re.MULTILINE)
    text = re.sub(r'^import (.*) from "\./(.*)";', r'const \1 = modules["\2"];', text, flags=re.MULTILINE)
    text = re.sub(r"^export ", "", text, flags=re.MULTILINE)
    return f'modules["{file}"] = (() => {{\n{text}\nreturn {{ {", ".join(names)} }};\n}})();\n'
