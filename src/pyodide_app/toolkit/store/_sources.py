"""Where files come from: the Pyodide CDN, wheels on the package index that carry a runtime, the index itself.

Each source opens one file as a stream of bytes, or says in a few words why it can't. Nothing is verified
here: whoever keeps the bytes does that.
"""

import json
import os
import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from types import TracebackType
from typing import Protocol, Self

import requests
from pypi_simple import (
    PYPI_SIMPLE_ENDPOINT,
    DistributionPackage,
    NoSuchProjectError,
    PyPISimple,
    UnsupportedContentTypeError,
    UnsupportedRepoVersionError,
)
from remotezip import RemoteZip

from pyodide_app.toolkit.runtimes import LOCK_FILE, Carrier
from pyodide_app.toolkit.store import _network
from pyodide_app.toolkit.store._network import SourceError, explained, public

DIRECTORY_BYTES = 1 << 20  # read at once from a wheel's end, so that its directory comes in one request


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file on its way here; `size` in bytes where the source tells it."""

    chunks: Iterator[bytes]
    size: int | None


class Source(Protocol):
    """A place that may have a file; `label` is how messages call it."""

    @property
    def label(self) -> str: ...

    def open(self, file: str) -> AbstractContextManager[Incoming]:
        """The file as a stream.

        Raises:
            SourceError: at once, or while the chunks are read.
        """
        ...


def index_url() -> str | None:
    """The package index that the user set for uv or pip; None for the default one."""
    for name in ("UV_DEFAULT_INDEX", "UV_INDEX_URL", "PIP_INDEX_URL"):
        if url := os.environ.get(name):
            return re.sub(r"^[\w.-]+=(?=\w+:)", "", url)  # uv lets an index be named: NAME=URL
    return None


class Web:
    """The connections of one fetch. The index's pages are read once, a wheel's directory once a thread.

    Args:
        index: the package index, for messages.
    """

    def __init__(self) -> None:
        self.session = requests.Session()
        self._index = PyPISimple(index_url() or PYPI_SIMPLE_ENDPOINT, session=self.session)
        self.index = public(self._index.endpoint)
        self._projects: dict[str, Mapping[str, DistributionPackage]] = {}
        self._projects_lock = threading.Lock()
        self._archives: dict[tuple[int, str], RemoteZip] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for archive in self._archives.values():
            archive.close()
        self.session.close()

    @contextmanager
    def download(self, url: str) -> Iterator[Incoming]:
        """A whole file."""
        with explained(url):
            response = self.session.get(url, stream=True, timeout=_network.timeout())
        with response:
            with explained(url):
                response.raise_for_status()
            encoded = "Content-Encoding" in response.headers
            length = response.headers.get("Content-Length", "")
            size = int(length) if length.isdecimal() and not encoded else None
            yield Incoming(_read(response, url), size)

    def project(self, name: str) -> Mapping[str, DistributionPackage]:
        """The files of a project on the index, by name."""
        with self._projects_lock:
            if name not in self._projects:
                url = self._index.get_project_url(name)
                with explained(url):
                    try:
                        page = self._index.get_project_page(name, timeout=_network.timeout())
                    except NoSuchProjectError as error:
                        raise SourceError("there is no such project", lacks_it=True) from error
                    except (
                        UnsupportedContentTypeError,
                        UnsupportedRepoVersionError,
                        requests.JSONDecodeError,
                    ) as error:
                        raise SourceError(f"{public(url)} is no page of a package index") from error
                self._projects[name] = {package.filename: package for package in page.packages}
            return self._projects[name]

    def archive(self, url: str) -> RemoteZip:
        """An archive opened for reading its members with range requests; one for each thread."""
        key = threading.get_ident(), url
        if key not in self._archives:
            with explained(url):
                self._archives[key] = RemoteZip(
                    url, session=self.session, timeout=_network.timeout(), initial_buffer_size=DIRECTORY_BYTES
                )
        return self._archives[key]

    def drop_archive(self, archive: RemoteZip) -> None:
        """Forget a reader that may stand in the middle of a broken answer."""
        for key, held in list(self._archives.items()):
            if held is archive:
                del self._archives[key]
        archive.close()


def _read(response: requests.Response, url: str) -> Iterator[bytes]:
    with explained(url):
        yield from response.iter_content(_network.CHUNK)


@dataclass(frozen=True, slots=True)
class CdnFolder:
    """A runtime's folder on the Pyodide CDN or a mirror; `url` ends in a slash."""

    web: Web
    url: str

    @property
    def label(self) -> str:
        return public(self.url)

    def open(self, file: str) -> AbstractContextManager[Incoming]:
        return self.web.download(self.url + file)


@dataclass(frozen=True, slots=True)
class CarrierWheel:
    """A wheel on the index that has a runtime's files among its own; only those asked for are read."""

    web: Web
    carrier: Carrier

    @property
    def label(self) -> str:
        return f"{self.carrier.file} on {self.web.index}"

    @contextmanager
    def open(self, file: str) -> Iterator[Incoming]:
        wheel = _listed(self.web, self.carrier.project, self.carrier.file)
        archive = self.web.archive(wheel.url)
        members = {member.filename: member for member in archive.infolist()}
        found = [members[folder + file] for folder in self.carrier.folders if folder + file in members]
        if not found:
            raise SourceError("it does not carry this file", lacks_it=True)
        chunks = self._read(archive, wheel.url, found[0].filename)
        if file == LOCK_FILE and self.carrier.lock_extras:
            yield Incoming(iter([self._official_lock(b"".join(chunks))]), None)
        else:
            yield Incoming(chunks, found[0].file_size)

    def _read(self, archive: RemoteZip, url: str, member: str) -> Iterator[bytes]:
        try:
            with explained(url), archive.open(member) as stream:
                while chunk := stream.read(_network.CHUNK):
                    yield chunk
        except BaseException:
            self.web.drop_archive(archive)
            raise

    def _official_lock(self, carried: bytes) -> bytes:
        """Undo what the carrier added; the bytes are then those of the official file."""
        try:
            lock = json.loads(carried)
            for name in self.carrier.lock_extras:
                del lock["packages"][name]
        except (ValueError, KeyError, TypeError) as error:
            raise SourceError(f"its {LOCK_FILE} is not the one that was pinned") from error
        return json.dumps(lock).encode()


@dataclass(frozen=True, slots=True)
class IndexProject:
    """A project on the package index; its files must have the hash that is asked for there already."""

    web: Web
    project: str
    sha256: str

    @property
    def label(self) -> str:
        return f"project {self.project} on {self.web.index}"

    @contextmanager
    def open(self, file: str) -> Iterator[Incoming]:
        package = _listed(self.web, self.project, file)
        listed = package.digests.get("sha256", self.sha256)
        if listed != self.sha256:
            raise SourceError(f"the index lists another file by this name (sha256 {listed})", lacks_it=True)
        with self.web.download(package.url) as incoming:
            yield Incoming(incoming.chunks, package.size or incoming.size)


def _listed(web: Web, project: str, file: str) -> DistributionPackage:
    try:
        return web.project(project)[file]
    except KeyError:
        raise SourceError(f"the index has no such file in project {project}", lacks_it=True) from None
