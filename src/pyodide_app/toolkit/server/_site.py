"""What the dev server answers to which URL.

/_pyodide_app/runtime/…   our JavaScript            /_pyodide_app/pyodide/…  the runtimes' core files
/_pyodide_app/static/…    our style sheets          /_pyodide_app/files/…    wheels, by hash
/_pyodide_app/events      what changes, as it changes
/<app>.py.app.json        the app's manifest        /<app>.py.pyodide-lock.json
/…                        the folder's files; a default page for a folder with main.py and no index.html
/ and /book/…             in the pattern book: the gallery
"""

import json
import logging
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import quote

import anyio
import anyio.abc
import anyio.to_thread
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from pyodide_app.toolkit._policy import app_policy
from pyodide_app.toolkit._templates import render
from pyodide_app.toolkit.errors import ToolkitError
from pyodide_app.toolkit.server import _gallery as gallery
from pyodide_app.toolkit.server import _reload as reload
from pyodide_app.toolkit.server._apps import BRIDGE_FILES, RUNTIME_FILES, Apps
from pyodide_app.toolkit.server._assets import STATIC_FILES, Assets, send
from pyodide_app.toolkit.server._files import IMMUTABLE, NO_CACHE, media_type, respond
from pyodide_app.toolkit.server._headers import Headers
from pyodide_app.toolkit.server._root import Root
from pyodide_app.toolkit.store import Store

_EVENTS = "/_pyodide_app/events"
_LOOPBACK_NAMES = ["localhost", "127.0.0.1", "[::1]", "::1"]
_log = logging.getLogger(__name__)

_SHELL_POLICY = app_policy("'unsafe-eval'")  # any package may be used
_GALLERY_POLICY = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'self'"


class Site:
    """The server's answers, as an ASGI app.

    Args:
        root: what to serve.
        store: where runtimes and wheels are.
        pyodide: the version for all apps, in place of what their metadata say.
        isolation: send the headers that make pages cross-origin isolated.
        watch: tell open pages when something changes.
        any_host: answer under every name; else only under the loopback's names, so that no page elsewhere
            reads the files by pointing a name of its own at 127.0.0.1 (DNS rebinding).
    """

    def __init__(
        self, root: Root, store: Store, pyodide: str | None, *, isolation: bool, watch: bool, any_host: bool
    ) -> None:
        self._root = root
        self._apps = Apps(store, pyodide, compiles=watch)  # a page that is reloaded gains by it
        self._events = reload.Events() if watch else None
        self._watched: set[Path] = set()
        self._tasks: anyio.abc.TaskGroup | None = None
        self._stop = anyio.Event()
        pages = [Route("/", self._gallery), Route("/book/{category}/{name}", self._pattern)]
        self.asgi = Starlette(
            routes=[
                *Assets(store).routes,
                Route(_EVENTS, self._stream),
                *(pages if root.is_book else []),
                Route("/{path:path}", self._path),
            ],
            middleware=[
                Middleware(Headers, isolation=isolation),
                Middleware(TrustedHostMiddleware, allowed_hosts=["*"] if any_host else _LOOPBACK_NAMES),
            ],
            exception_handlers={HTTPException: _not_found},
            lifespan=self._lifespan,
        )

    def close(self) -> None:
        """Ends what would keep the server from stopping."""
        self._stop.set()
        self._apps.close()
        if self._events:
            self._events.close()

    # -- apps --

    async def _path(self, request: Request) -> Response:
        path = "/" + request.path_params["path"]
        for suffix, answer in ((".app.json", self._manifest), (".pyodide-lock.json", self._lock)):
            if path.endswith(suffix):
                url = path.removesuffix(suffix)
                source = await anyio.to_thread.run_sync(self._root.locate, url)
                if source and source.is_file() and source.suffix == ".py":
                    return await answer(request, url, source)
        found = await anyio.to_thread.run_sync(self._root.locate, path)
        if found is None and path == "/favicon.ico":  # browsers ask without being told to
            return await send(request, STATIC_FILES, "icon.svg")
        if found is None and path.endswith(".app.json"):
            wanted = path.removesuffix(".app.json")
            what = f"There is no Python file {wanted} in {self._root.folder}."
            return _problem(ToolkitError(what, hint="Check the src attribute of <pyodide-app>."), 404)
        if found is None:
            raise HTTPException(404)
        if found.is_dir():
            return await self._folder(request, path, found)
        return await self._content(request, found)

    async def _content(self, request: Request, found: Path) -> Response:
        try:
            data = await anyio.to_thread.run_sync(found.read_bytes)
        except OSError as error:
            raise HTTPException(404, f"The file can't be read: {error.strerror}") from error
        version = request.query_params.get("v", "")
        snapshot = self._apps.file(found, version) if version else None
        if snapshot is not None:
            return respond(request, snapshot, found.name, IMMUTABLE)
        return respond(request, data, found.name)

    async def _folder(self, request: Request, path: str, folder: Path) -> Response:
        if not path.endswith("/"):
            return RedirectResponse(quote(path) + "/")
        entry, page = await anyio.to_thread.run_sync(self._root.page_of, folder)
        if page:
            return await self._content(request, page)
        if entry is None:
            raise HTTPException(404)
        title = await anyio.to_thread.run_sync(self._apps.title, entry)
        return HTMLResponse(
            render("shell.html", title=title, src=quote(entry.name)),
            headers={"Content-Security-Policy": _SHELL_POLICY, "Cache-Control": NO_CACHE},
        )

    async def _manifest(self, request: Request, url: str, source: Path) -> Response:
        events = f"{_EVENTS}?since={self._events.position}" if self._events else None
        try:
            snapshot = await self._apps.take(url, source, events)
        except ToolkitError as error:
            return _problem(error, 422, events)
        except Exception as error:  # the page shall say so too, not only the terminal
            _log.exception("Preparing %s failed", source)
            what = f"The dev server failed on {source.name}: {type(error).__name__}: {error}"
            return _problem(ToolkitError(what, hint="The terminal has the details."), 500, events)
        if snapshot is None:
            return _json(
                {"preparing": f"{source.name} is being prepared: the terminal shows the progress."}, 202
            )
        for folder in self._apps.sources():
            self._watch(folder)
        return respond(request, snapshot.manifest, "manifest.json")

    async def _lock(self, request: Request, url: str, source: Path) -> Response:
        lock = self._apps.lock(url, request.query_params.get("v", ""))
        if lock is None:
            raise HTTPException(404, "No page was given a lock with this hash lately: load the page again.")
        return respond(request, lock, "lock.json", IMMUTABLE)

    # -- changes --

    @asynccontextmanager
    async def _lifespan(self, _: Starlette) -> AsyncIterator[None]:
        async with anyio.create_task_group() as self._tasks:
            for folder in self._root.watched():
                self._watch(folder, recursive=self._root.only is None)
            for ours in (RUNTIME_FILES, BRIDGE_FILES):
                if "site-packages" not in ours.parts:  # a checkout: somebody may be working on these
                    self._watch(ours)
            yield
            self._stop.set()

    def _watch(self, folder: Path, *, recursive: bool = True) -> None:
        if self._events and self._tasks and folder not in self._watched:
            self._watched.add(folder)
            self._tasks.start_soon(
                lambda: reload.watch(folder, self._changed, self._stop, recursive=recursive)
            )

    async def _changed(self, paths: set[Path]) -> None:
        assert self._events
        problem = await anyio.to_thread.run_sync(self._apps.problem, paths)
        urls = {url for path in paths if (url := self._root.url(path))} | self._apps.affected(paths)
        if problem:
            self._events.send({"kind": "problem", "paths": sorted(urls), **_describe(problem)})
        elif urls:
            self._events.send({"kind": "change", "paths": sorted(urls)})

    async def _stream(self, request: Request) -> Response:
        if self._events is None:
            raise HTTPException(404, "This server does not watch its files.")
        since = request.headers.get("last-event-id") or request.query_params.get("since", "")
        number = int(since) if since.isascii() and since.isdigit() else self._events.position
        headers = {"Cache-Control": "no-store"}
        return StreamingResponse(self._events.stream(number), media_type="text/event-stream", headers=headers)

    # -- the gallery --

    async def _gallery(self, request: Request) -> Response:
        page = await anyio.to_thread.run_sync(gallery.index, self._root.folder)
        return HTMLResponse(
            page, headers={"Content-Security-Policy": _GALLERY_POLICY, "Cache-Control": NO_CACHE}
        )

    async def _pattern(self, request: Request) -> Response:
        name = f"{request.path_params['category']}/{request.path_params['name']}"
        page = await anyio.to_thread.run_sync(gallery.pattern, self._root.folder, name)
        if page is None:
            raise HTTPException(404, f"There is no pattern {name}.")
        return HTMLResponse(
            page, headers={"Content-Security-Policy": _GALLERY_POLICY, "Cache-Control": NO_CACHE}
        )


def _describe(error: ToolkitError) -> dict[str, str]:
    return {"title": "The app could not be prepared", "message": error.what, "hint": error.hint}


def _problem(error: ToolkitError, status: int, events: str | None = None) -> Response:
    return _json({"error": _describe(error)} | ({"events": events} if events else {}), status)


def _json(content: Mapping[str, object], status: int) -> Response:
    headers = {"Cache-Control": "no-store", "Content-Type": media_type("error.json")}
    return Response(json.dumps(content), status, headers)


async def _not_found(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    text = f"{error.status_code}: {error.detail}\n{request.url.path}\n"
    return Response(text, error.status_code, error.headers, media_type="text/plain")
