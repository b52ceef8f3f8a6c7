"""A server on a thread of its own, as a context manager, with the address that it has."""

import asyncio
import errno
import ipaddress
import os
import socket
import threading
from abc import ABC, abstractmethod
from types import TracebackType
from typing import Protocol, Self

import uvicorn
from starlette.types import ASGIApp

from pyodide_app.toolkit.errors import ToolkitError

_PORTS_TRIED = 100


class Answers(Protocol):
    """What is served."""

    @property
    def asgi(self) -> ASGIApp: ...

    def close(self) -> None:
        """Ends what would keep the server from stopping."""


class Serving(ABC):
    """Serves from a thread, as a context manager.

    Args:
        host: the address to listen on; loopback unless others shall reach it.
        port: the port; the next free one if it is taken; 0 for any.

    Raises:
        ToolkitError: on entering, no port to be had.
    """

    def __init__(self, host: str, port: int) -> None:
        self.port = port  # the real one once the server runs
        self._host = host
        self._address = ""

    @abstractmethod
    def _answers(self, *, is_loopback: bool) -> Answers: ...

    @property
    def url(self) -> str:
        """The address of the first page, ending in a slash; only while the server runs."""
        address = ipaddress.ip_address(self._address)
        if address.is_unspecified:  # 0.0.0.0 is every address of this machine; from here it is this one
            return f"http://localhost:{self.port}/"
        return (
            f"http://[{address}]:{self.port}/" if address.version == 6 else f"http://{address}:{self.port}/"
        )

    def __enter__(self) -> Self:
        listening = _listen(self._host, self.port)
        self._address, self.port = listening.getsockname()[:2]
        is_loopback = ipaddress.ip_address(self._address).is_loopback
        self._uvicorn = _Uvicorn(self._answers(is_loopback=is_loopback))
        # A daemon, so that an interrupted main thread is never kept from ending.
        self._thread = threading.Thread(
            target=self._uvicorn.run, args=([listening],), name="pyodide-app server", daemon=True
        )
        self._thread.start()
        self._uvicorn.ready.wait()
        if not self._uvicorn.started:
            raise RuntimeError("The server did not come up: see the log above.")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._uvicorn.should_exit = True
        self._thread.join()

    def wait(self) -> None:
        """Returns when the server has stopped; Ctrl-C gets out as KeyboardInterrupt."""
        while self._thread.is_alive():
            self._thread.join(1)  # without a timeout, Windows does not see Ctrl-C


class _Uvicorn(uvicorn.Server):
    def __init__(self, answers: Answers) -> None:
        super().__init__(
            uvicorn.Config(
                answers.asgi,
                loop="asyncio",
                http="h11",
                ws="none",
                lifespan="on",
                log_config=None,
                log_level="warning",
                access_log=False,
                server_header=False,
                timeout_graceful_shutdown=1,
            )
        )
        self._answers = answers
        self.ready = threading.Event()

    def run(self, sockets: list[socket.socket] | None = None) -> None:
        try:
            super().run(sockets)
        finally:
            self.ready.set()  # also when it did not come up

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready.set()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._answers.close()  # first: uvicorn waits for open event streams
        await asyncio.sleep(0)
        await super().shutdown(sockets)


def _listen(host: str, port: int) -> socket.socket:
    # The socket listens from here on, so that a request made at once waits instead of being refused.
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, None, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except (OSError, UnicodeError) as error:
        raise ToolkitError(
            f"{host} is not an address of this machine.", hint="Try --host 127.0.0.1."
        ) from error
    if not 0 <= port <= 65535:
        raise ToolkitError(f"{port} is not a port.", hint="Ports are numbers from 1 to 65535; 0 means any.")
    for candidate in range(port, min(port + _PORTS_TRIED, 65536)):
        listening = socket.socket(family, kind, protocol)
        if (
            os.name == "posix"
        ):  # a port that was just given up is free; on Windows this would steal one in use
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((address[0], candidate, *address[2:]))
            listening.listen(128)
        except OSError as error:
            listening.close()
            if error.errno == errno.EADDRINUSE:
                continue
            raise ToolkitError(f"Can't listen on {host} port {candidate}: {error.strerror}.") from error
        return listening
    raise ToolkitError(
        f"All ports from {port} to {min(port + _PORTS_TRIED, 65536) - 1} are in use.",
        hint="Give another one: --port.",
    )
