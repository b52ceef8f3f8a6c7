"""A server in front of the dev server that fails as real networks and hosts do."""

import http.client
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from pyodide_app.testing import AppPage, OpenApp
from pyodide_app.toolkit.server import Server

APP = 'print("it runs")\n'
HTML = b"<!DOCTYPE html><title>Welcome</title><h1>Sign in to the hotel's network</h1>"

Headers = dict[str, str]


def missing(front: "Front", body: bytes, headers: Headers) -> None:
    front.answer(404, {"Content-Type": "text/plain"}, b"Not found")


def html(front: "Front", body: bytes, headers: Headers) -> None:
    front.answer(200, {"Content-Type": "text/html"}, HTML)


def truncated(front: "Front", body: bytes, headers: Headers) -> None:
    front.answer(200, headers, body[: len(body) // 2])


def damaged(front: "Front", body: bytes, headers: Headers) -> None:
    front.answer(200, headers, body[:-100] + bytes([body[-100] ^ 1]) + body[-99:])


def wrong_type(front: "Front", body: bytes, headers: Headers) -> None:
    front.answer(200, {**headers, "content-type": "application/octet-stream"}, body)


def dropped(front: "Front", body: bytes, headers: Headers) -> None:
    front.answer(200, headers, body[: len(body) // 2], length=len(body))
    front.close_connection = True


def stalled(front: "Front", body: bytes, headers: Headers) -> None:
    front.answer(200, headers, body[:1000], length=len(body))
    front.server.closing.wait()


def hung_up(front: "Front", body: bytes, headers: Headers) -> None:
    front.connection.close()


FAULTS = (missing, html, truncated, damaged, wrong_type, dropped, stalled, hung_up)


class Front(BaseHTTPRequestHandler):
    """Passes requests on, but those whose path has `part` meet the fault."""

    server: "FaultyServer"

    def do_GET(self) -> None:
        with closing(http.client.HTTPConnection(urlsplit(self.server.behind).netloc, timeout=60)) as behind:
            behind.request("GET", self.path)
            response = behind.getresponse()
            body = response.read()
        headers = {name: value for name, value in response.getheaders() if name.lower() != "content-length"}
        self.server.requests.append(self.path)
        if self.server.part and self.server.part in self.path and self.server.fault:
            self.server.fault(self, body, headers)
        else:
            self.answer(response.status, headers, body)

    def answer(self, status: int, headers: Headers, body: bytes, *, length: int | None = None) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


class FaultyServer(ThreadingHTTPServer):
    """Passes everything on to a dev server, except what its fault is for.

    Args:
        behind: the dev server's address.
        folder: the app's.
    """

    daemon_threads = True

    def __init__(self, behind: str, folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), Front)
        self.behind = behind
        self.folder = folder
        self.part = ""
        self.fault: Callable[[Front, bytes, Headers], None] | None = None
        self.requests: list[str] = []
        self.closing = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/"

    def fail(self, part: str, fault: str) -> None:
        """Let requests whose path holds `part` meet the fault of this name."""
        self.part, self.fault = part, {each.__name__: each for each in FAULTS}[fault]

    def heal(self) -> None:
        """Pass everything on again."""
        self.fault = None

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that hangs up on a faulty answer is expected."""


@pytest.fixture
def faulty(tmp_path: Path, pyodide_version: str) -> Iterator[FaultyServer]:
    """A small app behind a server that can fail."""
    folder = tmp_path / "faulty"
    folder.mkdir()
    (folder / "main.py").write_text(APP)
    with Server(folder, pyodide=pyodide_version) as behind, FaultyServer(behind.url, folder) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.closing.set()
        server.shutdown()
        thread.join()


@pytest.fixture
def app(open_app: OpenApp, tmp_path: Path) -> AppPage:
    """A page to go elsewhere with, such as to the faulty server; errors are expected there."""
    folder = tmp_path / "start"
    folder.mkdir()
    (folder / "main.py").write_text(APP)
    (folder / "start.html").write_text("<!doctype html><title>Start</title>")
    return open_app(folder, url="start.html", wait=None, allow_errors=True)
