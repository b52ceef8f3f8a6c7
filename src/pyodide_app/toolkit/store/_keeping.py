"""Files on disk: verified while they stream in, kept under their name only once they are right.

    incoming/<sha256>.lock            held (by flock) by whoever fetches that file now
    incoming/<sha256>.<random>.part   what has come so far; whoever holds the lock may remove it

The kernel lets go of a killed process's lock, so the next one finds it free and clears what was left.
"""

import errno
import hashlib
import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from pyodide_app.toolkit.errors import ToolkitError
from pyodide_app.toolkit.store._network import SourceError

NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
ELSEWHERE = "set PYODIDE_APP_CACHE to a folder elsewhere; then run the command again."
LOCK_POLL_SECONDS = 1.0


@contextmanager
def disk(path: Path) -> Iterator[None]:
    """Turn a failure to write `path` into an error for people.

    Raises:
        ToolkitError: the disk is full, the folder can't be written, and the like.
    """
    try:
        yield
    except OSError as error:
        what = f"{path.name} could not be kept in {path.parent}: {error.strerror or error}."
        if error.errno in NO_ROOM:
            raise ToolkitError(what, hint=f"Free some space, or {ELSEWHERE}") from error
        raise ToolkitError(what, hint=f"Make the folder writable for you, or {ELSEWHERE}") from error


@contextmanager
def held(incoming: Path, sha256: str, still_wanted: Callable[[], None]) -> Iterator[None]:
    """Be the only one, among processes too, that fetches this file. Waits while another does.

    Args:
        still_wanted: called each second while waiting; may raise to end it.
    """
    lock = FileLock(incoming / f"{sha256}.lock")
    with disk(incoming):
        incoming.mkdir(parents=True, exist_ok=True)
        while not lock.is_locked:
            try:
                lock.acquire(timeout=LOCK_POLL_SECONDS)
            except Timeout:
                still_wanted()
    try:
        yield
    finally:
        lock.release()


def clear_leftovers(incoming: Path) -> None:
    """Remove what killed downloads left; what a living process writes now stays."""
    for part in incoming.glob("*.part"):
        lock = FileLock(incoming / f"{part.name.partition('.')[0]}.lock", timeout=0)
        try:
            with lock:
                part.unlink(missing_ok=True)
        except Timeout:
            continue


def receive(
    chunks: Iterable[bytes],
    target: Path,
    incoming: Path,
    *,
    sha256: str,
    size: int | None,
    arrived: Callable[[int], None],
) -> None:
    """Write `chunks` to `target`, if they are the file that was asked for; else leave nothing.

    Args:
        incoming: where the file grows; on the same disk as `target`.
        size: in bytes, where it is known beforehand.
        arrived: told the size of each chunk in bytes.

    Raises:
        SourceError: other bytes came.
        ToolkitError: they can't be written.
    """
    digest = hashlib.sha256()
    head, count = b"", 0
    with disk(target):
        handle, name = tempfile.mkstemp(prefix=f"{sha256}.", suffix=".part", dir=incoming)
        part = Path(name)
        try:
            with os.fdopen(handle, "wb") as out:
                for chunk in chunks:
                    out.write(chunk)
                    digest.update(chunk)
                    head, count = head or chunk[:512], count + len(chunk)
                    arrived(len(chunk))
            if digest.hexdigest() != sha256:
                raise SourceError(_difference(head, count, size))
            part.chmod(0o644)  # mkstemp's files are its user's alone; caches may be shared
            target.parent.mkdir(parents=True, exist_ok=True)
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)


def _difference(head: bytes, count: int, size: int | None) -> str:
    start = head.lstrip().lower()
    if start.startswith((b"<!doctype html", b"<html")):
        return "an HTML page came in place of the file (a sign-in page or a proxy's message?)"
    if size is not None and count != size:
        return f"{count} bytes came, not {size}"
    return "wrong content: its sha256 is not the pinned one"


def is_right(path: Path, sha256: str, size: int | None) -> bool:
    """Whether the kept file is what it should be. One that was changed is removed, with a line on stderr."""
    try:
        right = size in (None, path.stat().st_size)
        if right:
            with path.open("rb") as content:
                right = hashlib.file_digest(content, "sha256").hexdigest() == sha256
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        raise ToolkitError(
            f"{path} can't be read: {error.strerror or error}.", hint=f"Remove it, or {ELSEWHERE}"
        ) from error
    if not right:
        print(f"{path} was changed after it was kept: removed.", file=sys.stderr)  # noqa: T201
        with disk(path):
            path.unlink(missing_ok=True)
    return right
