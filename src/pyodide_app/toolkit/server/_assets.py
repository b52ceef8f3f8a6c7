"""The files that all apps share: our JavaScript and style sheets, the runtimes, and wheels by hash."""

from pathlib import Path

import anyio.to_thread
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from pyodide_app.toolkit import runtimes
from pyodide_app.toolkit.errors import ToolkitError
from pyodide_app.toolkit.server._apps import RUNTIME_FILES
from pyodide_app.toolkit.server._background import in_background
from pyodide_app.toolkit.server._files import IMMUTABLE, locate, media_type, respond
from pyodide_app.toolkit.store import Store

STATIC_FILES = Path(__file__).with_name("static")


class Assets:
    """Their routes."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._core: dict[str, dict[str, Path]] = {}  # by version, once all of it is there and verified
        self.routes = [
            Route("/_pyodide_app/runtime/{path:path}", self._runtime),
            Route("/_pyodide_app/static/{path:path}", self._static),
            Route("/_pyodide_app/pyodide/{version}/{name}", self._pyodide),
            Route("/_pyodide_app/files/{sha256}/{name}", self._kept),
        ]

    async def _runtime(self, request: Request) -> Response:
        return await send(request, RUNTIME_FILES, request.path_params["path"])

    async def _static(self, request: Request) -> Response:
        return await send(request, STATIC_FILES, request.path_params["path"])

    async def _pyodide(self, request: Request) -> Response:
        version, name = request.path_params["version"], request.path_params["name"]
        try:
            runtime = runtimes.get(version)
            if version not in self._core:
                self._core[version] = dict(await in_background(lambda: self._store.core(runtime)))
        except ToolkitError as error:
            raise HTTPException(404, str(error)) from error
        return _stored(self._core[version].get(name))

    async def _kept(self, request: Request) -> Response:
        sha256, name = request.path_params["sha256"], request.path_params["name"]
        try:
            return _stored(await in_background(lambda: self._store.kept(sha256, name)))
        except ToolkitError as error:  # no such hash or name can be
            raise HTTPException(404) from error


async def send(request: Request, folder: Path, path: str) -> Response:
    """A file of one of our folders."""
    found = locate(folder, path)
    if found is None or not found.is_file():
        raise HTTPException(404)
    return respond(request, await anyio.to_thread.run_sync(found.read_bytes), found.name)


def _stored(path: Path | None) -> Response:
    if path is None:
        raise HTTPException(404)
    return FileResponse(path, media_type=media_type(path.name), headers={"Cache-Control": IMMUTABLE})
