"""Files between the page and the visitor's disk."""

from js import URL, Blob, Object, document
from pyodide.ffi import to_js

from pyodide_app.bridge.vdom.events import ChangeEvent

TYPES = {
    "zip": "application/zip",
    "csv": "text/csv",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def download(data: bytes, name: str) -> None:
    options = to_js({"type": TYPES[name.rpartition(".")[2]]}, dict_converter=Object.fromEntries)
    link = document.createElement("a")
    link.href = URL.createObjectURL(Blob.new(to_js([to_js(data)]), options))
    link.download = name
    link.click()
    URL.revokeObjectURL(link.href)


async def chosen(event: ChangeEvent) -> tuple[str, bytes] | None:
    """Name and content of the file that was chosen; the same one can be chosen again then."""
    file = event.target.files.item(0)
    if not file:
        return None
    data = (await file.arrayBuffer()).to_bytes()
    event.target.value = ""
    return file.name, data
