"""A built site over HTTP, as static hosts serve it: `with Preview(folder) as preview: open(preview.url)`."""

from collections.abc import Mapping
from fnmatch import fnmatchcase
from pathlib import Path

import anyio.to_thread
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from pyodide_app.toolkit.app._files import BUILT
from pyodide_app.toolkit.errors import ToolkitError, shown
from pyodide_app.toolkit.server._files import locate, respond
from pyodide_app.toolkit.server._serving import Serving

_PLAIN_CACHE = "max-age=600"  # as GitHub Pages has it for everything
_CODINGS = {"br": ".br", "gzip": ".gz"}  # best first


class Preview(Serving):
    """Serves a built site from a thread, as a context manager.

    Args:
        folder: what `build` wrote.
        plain: send none of the headers that the site asks for, like GitHub Pages.
        prefix: the path that the site lies below, such as "/docs/app/".
        host: the address to listen on.
        port: the port; the next free one if it is taken; 0 for any.

    Raises:
        ToolkitError: the folder is no built site; on entering, no port to be had.
    """

    def __init__(
        self,
        folder: Path,
        *,
        plain: bool = False,
        prefix: str = "/",
        host: str = "127.0.0.1",
        port: int = 0,
    ) -> None:
        super().__init__(host, port)
        if not (folder / BUILT).is_file():
            raise ToolkitError(
                f"{shown(folder)} is no built site.", hint="`pyodide-app build` makes one, in dist/."
            )
        self._path = f"/{prefix.strip('/')}/".replace("//", "/")
        self._folder = folder
        self._plain = plain

    @property
    def url(self) -> str:
        """The address of the first page, ending in a slash; only while the server runs."""
        return super().url.removesuffix("/") + self._path

    def _answers(self, *, is_loopback: bool) -> "_Host":
        return _Host(self._folder, {} if self._plain else _rules(self._folder), self._path)


class _Host:
    """A static host.

    Args:
        rules: headers by pattern of the path.
        prefix: the path of the site's root.
    """

    def __init__(self, folder: Path, rules: Mapping[str, Mapping[str, str]], prefix: str) -> None:
        self._folder = folder
        self._rules = rules
        self._prefix = prefix
        self.asgi = Starlette(routes=[Route("/{path:path}", self._answer)])

    def close(self) -> None:
        """Nothing is left open."""

    async def _answer(self, request: Request) -> Response:
        path = "/" + request.path_params["path"]
        if not path.startswith(self._prefix):
            return PlainTextResponse("404: not below the site's path\n", 404)
        within = path[len(self._prefix) - 1 :]
        return await anyio.to_thread.run_sync(self._file, request, within)

    def _file(self, request: Request, path: str) -> Response:
        found = locate(self._folder, path)
        if found and found.is_dir():
            if not path.endswith("/"):
                return RedirectResponse(f"{request.url.path}/")
            found = locate(self._folder, f"{path}index.html")
        if found is None:
            return PlainTextResponse("404: no such file\n", 404)
        accepted = {
            coding.partition(";")[0].strip()
            for coding in request.headers.get("accept-encoding", "").split(",")
        }
        packed = [
            (coding, file)
            for coding, suffix in _CODINGS.items()
            if coding in accepted and (file := found.with_name(found.name + suffix)).is_file()
        ]
        coding, file = packed[0] if packed else ("", found)
        response = respond(request, file.read_bytes(), found.name, _PLAIN_CACHE)
        if packed:
            response.headers["Content-Encoding"] = coding
            response.headers["Vary"] = "Accept-Encoding"
        for pattern, headers in self._rules.items():
            if fnmatchcase(path, pattern):
                response.headers.update(headers)
        return response


def _rules(folder: Path) -> dict[str, dict[str, str]]:
    """The headers that a site's `_headers` asks for, by pattern, as Netlify and Cloudflare Pages read it."""
    rules: dict[str, dict[str, str]] = {}
    headers: dict[str, str] = {}
    try:
        text = folder.joinpath("_headers").read_text(encoding="utf-8")
    except FileNotFoundError:
        return rules
    for line in text.splitlines():
        if line[:1].isspace():
            name, _, value = line.partition(":")
            headers[name.strip()] = value.strip()
        elif line:
            headers = rules.setdefault(line.strip(), {})
    return rules
