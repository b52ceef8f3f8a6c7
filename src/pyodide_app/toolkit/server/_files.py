"""Which file a URL path names, and the response that carries it."""

import hashlib
import mimetypes
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

# The machine's own registry (/etc/mime.types, the Windows registry) is left out: it is wrong often enough.
_TYPES = mimetypes.MimeTypes(filenames=())
for _suffix, _type in {
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".wasm": "application/wasm",
    ".whl": "application/zip",
    ".py": "text/x-python",
    ".pyi": "text/x-python",
    ".md": "text/markdown",
    ".toml": "application/toml",
    ".yaml": "application/yaml",
    ".yml": "application/yaml",
    ".webmanifest": "application/manifest+json",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
}.items():
    _TYPES.add_type(_type, _suffix)

NO_CACHE = "no-cache"  # keep it, but ask whether it is still so
IMMUTABLE = "public, max-age=31536000, immutable"


def media_type(name: str) -> str:
    """The Content-Type for a file of this name."""
    kind, encoding = _TYPES.guess_type(name)
    if kind is None or encoding is not None:  # foo.tar.gz is a gzip file, not a tar file sent with gzip
        return "application/octet-stream"
    return f"{kind}; charset=utf-8" if kind.startswith("text/") or kind.endswith(("json", "toml")) else kind


def locate(root: Path, url_path: str) -> Path | None:
    """Finds what a decoded URL path names below `root`.

    None for what must not be served: nothing there, hidden, or outside the root, be it by `..`, by an
    absolute path or by a symbolic link.
    """
    parts = url_path.removeprefix("/").removesuffix("/").split("/") if url_path != "/" else []
    if any(part[:1] in ("", ".") or part == "__pycache__" or "\\" in part for part in parts):
        return None
    try:
        root = root.resolve(strict=True)
        found = root.joinpath(*parts).resolve(strict=True)
    except (OSError, RuntimeError, ValueError):  # not there; a loop of links (RuntimeError up to 3.12); a NUL
        return None
    if not found.is_relative_to(root):
        return None
    return found if found.is_dir() or (found.is_file() and not url_path.endswith("/")) else None


def respond(request: Request, data: bytes, name: str, cache: str = NO_CACHE) -> Response:
    """The bytes as a response with a strong ETag; 304 if the browser has them already.

    Args:
        data: the content.
        name: the file's name, from which the type follows.
        cache: the Cache-Control header.
    """
    etag = f'"{hashlib.sha256(data).hexdigest()}"'
    headers = {"ETag": etag, "Cache-Control": cache}
    asked = {tag.strip().removeprefix("W/") for tag in request.headers.get("if-none-match", "").split(",")}
    if asked & {etag, "*"}:
        return Response(status_code=304, headers=headers)
    headers["Content-Type"] = media_type(name)
    return Response(data, headers=headers)
