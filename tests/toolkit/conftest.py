"""A stand-in for the Pyodide CDN, which can't be reached from everywhere that tests run."""

import hashlib
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import MappingProxyType

import pytest

from pyodide_app.toolkit import runtimes
from pyodide_app.toolkit.runtimes import CoreFile, Runtime
from pyodide_app.toolkit.store import Store, _network


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@dataclass
class Answer:
    """What the double sends for a file.

    Args:
        claims: the Content-Length, when it is not the body's.
        pause_after: bytes after which the first such answer waits for `CdnDouble.go_on`.
    """

    body: bytes
    status: int = 200
    kind: str = "application/octet-stream"
    claims: int | None = None
    pause_after: int | None = None


@dataclass
class CdnDouble:
    """A DOUBLE of the Pyodide CDN: a real HTTP server on loopback that serves made-up files, well or badly.

    Args:
        answers: by file name; other files are a 404.
        requests: the name of each file that was asked for.
        paused: set once an answer waits.
        go_on: lets a waiting answer go on.
    """

    url: str = ""
    answers: dict[str, Answer] = field(default_factory=dict)
    requests: list[str] = field(default_factory=list)
    paused: threading.Event = field(default_factory=threading.Event)
    go_on: threading.Event = field(default_factory=threading.Event)

    def has(self, file: str, body: bytes, *, pause_after: int | None = None) -> str:
        """Serve a file as it should be; returns its sha256."""
        self.answers[file] = Answer(body, pause_after=pause_after)
        return sha256(body)

    def store(self, root: Path, *, offline: bool = False, quiet: bool = True) -> Store:
        return Store(root, cdn=self.url, offline=offline, quiet=quiet)


@pytest.fixture
def cdn(monkeypatch: pytest.MonkeyPatch) -> Iterator[CdnDouble]:
    """The double, without files; hosts given up by other tests are forgotten."""
    monkeypatch.setattr(_network, "_given_up", {})
    double = CdnDouble()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            file = self.path.rpartition("/")[2]
            double.requests.append(file)
            answer = double.answers.get(file, Answer(b"no such file", status=404))
            self.send_response(answer.status)
            self.send_header("Content-Type", answer.kind)
            self.send_header("Content-Length", str(answer.claims or len(answer.body)))
            self.end_headers()
            if answer.pause_after is None:
                self.wfile.write(answer.body)
            else:
                cut, answer.pause_after = answer.pause_after, None
                self.wfile.write(answer.body[:cut])
                double.paused.set()
                double.go_on.wait()
                self.wfile.write(answer.body[cut:])

        def handle(self) -> None:
            try:
                super().handle()
            except ConnectionError:  # the client was killed, or gave up: what such tests are about
                self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:
            """Keep stderr for what the store says."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    double.url = f"http://127.0.0.1:{server.server_port}/pyodide"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield double
    double.go_on.set()
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def made_up(cdn: CdnDouble) -> Runtime:
    """A runtime of three small files that only the double has: no wheel on the index carries it."""
    bodies = {
        "pyodide.mjs": b"export const made = 'up';\n" * 400,
        "pyodide.asm.wasm": b"\0asm" + bytes(1_000_000),
        "pyodide-lock.json": b'{"info": {}, "packages": {}}',
    }
    core = {name: CoreFile(name, cdn.has(name, body), len(body)) for name, body in bodies.items()}
    return replace(runtimes.get("0.26.1"), core=MappingProxyType(core), carriers=())
