"""HTTP for the store: one session, hosts that are given up, and failures in a few plain words."""

import re
import time
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from urllib.parse import urlsplit, urlunsplit

import requests
from remotezip import RangeNotSupported, RemoteZipError
from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    NewConnectionError,
    ProtocolError,
    ProxyError,
    ReadTimeoutError,
    SSLError,
)

CONNECT_SECONDS = 5.0
READ_SECONDS = 20.0
CHUNK = 1 << 16  # bytes

# A host that could not be connected to is left alone for so long, lest every file waits for it anew.
GIVEN_UP_SECONDS = 60.0
_given_up: dict[str, tuple[float, str]] = {}  # host and port -> until when, why


class SourceError(Exception):
    """Why a source does not give a file, in a few words.

    Args:
        lacks_it: the source answered, and has no such file.
        unreachable: there is no way to the source.
    """

    def __init__(self, reason: str, *, lacks_it: bool = False, unreachable: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.lacks_it = lacks_it
        self.unreachable = unreachable


def timeout() -> tuple[float, float]:
    """Seconds to wait for a connection, and for the next bytes."""
    return CONNECT_SECONDS, READ_SECONDS


def public(url: str) -> str:
    """The URL without a user's name and password, for messages."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


@contextmanager
def explained(url: str) -> Iterator[None]:
    """Turn whatever goes wrong while `url` is read into a SourceError; refuse hosts that were given up.

    Raises:
        SourceError: always in place of errors of the network, HTTP and archives.
    """
    host = urlsplit(public(url)).netloc
    until, reason = _given_up.get(host, (0.0, ""))
    if time.monotonic() < until:
        raise SourceError(reason, unreachable=True)
    try:
        yield
    except (
        requests.RequestException,
        HTTPError,
        RemoteZipError,
        zipfile.BadZipFile,
        EOFError,
        zlib.error,
    ) as error:
        failure = _explain(error)
        if failure.unreachable:
            _given_up[host] = (time.monotonic() + GIVEN_UP_SECONDS, failure.reason)
        raise failure from error


def _explain(error: Exception) -> SourceError:
    """The innermost cause that says something; libraries wrap them into one another."""
    causes = list(_causes(error))
    for cause in causes:
        if isinstance(cause, ProxyError):
            reason = _without_object(str(cause.original_error))
            return SourceError(f"no connection through the proxy: {reason}", unreachable=True)
    for cause in causes:
        match cause:
            case NewConnectionError():
                return SourceError(_without_object(str(cause)), unreachable=True)
            case ConnectTimeoutError():
                return SourceError(f"no connection within {CONNECT_SECONDS:g} s", unreachable=True)
            case SSLError():
                return SourceError(f"no trusted connection: {cause}", unreachable=True)
            case ReadTimeoutError():
                return SourceError(f"no data for {READ_SECONDS:g} s")
            case ProtocolError():
                return SourceError("the connection broke off before the file was complete")
            case requests.HTTPError(response=requests.Response(status_code=status)):
                return SourceError(f"HTTP {status}{_phrase(status)}", lacks_it=status in (404, 410))
            case RangeNotSupported():
                return SourceError("its server does not give parts of a file (no range requests)")
            case zipfile.BadZipFile() | EOFError() | zlib.error():
                return SourceError(f"broken archive: {cause or 'it ends too early'}")
            case _:
                continue
    return SourceError(re.sub(r"//[^/@\s]*@", "//", str(error)) or type(error).__name__)


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Innermost first: what an exception was raised from, holds as `reason` or as an argument, and itself."""
    inner = [error.__context__, getattr(error, "reason", None), *error.args]
    for cause in inner:
        if isinstance(cause, BaseException):
            yield from _causes(cause)
    yield error


def _without_object(text: str) -> str:
    """urllib3 puts the connection's repr first."""
    return re.sub(r"^(<[^>]*>|\w+\([^)]*\)): ", "", text)


def _phrase(status: int) -> str:
    try:
        return f" ({HTTPStatus(status).phrase})"
    except ValueError:
        return ""
