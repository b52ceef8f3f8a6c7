"""What can be done with files here. What cannot be done raises a Problem that says why, for people."""

import contextlib
import errno
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

LIMIT = 256 * 1024  # bytes of a text that can be edited

REASONS = {
    errno.EACCES: "You have no permission for {path}.",
    errno.EPERM: "You have no permission for {path}.",
    errno.EROFS: "{path} can only be read here.",
    errno.ENOTEMPTY: "The folder {path} is not empty. Delete what is in it first.",
    errno.EBUSY: "{path} is in use: a file system is mounted here.",
    errno.EEXIST: "{path} is there already.",
    errno.ENOENT: "{path} is no longer there.",
    errno.ENOSPC: "There is no room left for {path}.",
}


class Problem(Exception):
    """Why something did not work."""


class Entry(NamedTuple):
    """What stands in a folder."""

    name: str
    is_folder: bool


@contextlib.contextmanager
def _about(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = REASONS.get(error.errno or 0, f"{{path}}: {error.strerror or error}.")
        raise Problem(reason.format(path=path)) from error


def entries(folder: Path) -> tuple[Entry, ...]:
    """What stands in the folder, folders first, then by name."""
    with _about(folder):
        found = [Entry(path.name, path.is_dir()) for path in folder.iterdir()]
    return tuple(sorted(found, key=lambda entry: (not entry.is_folder, entry.name.casefold(), entry.name)))


def size(path: Path) -> int:
    """In bytes."""
    with _about(path):
        about = path.stat()
    if not stat.S_ISREG(about.st_mode):
        raise Problem(f"{path} is a device, not a file.")  # reading one may never end
    return about.st_size


def read(path: Path) -> bytes:
    size(path)
    with _about(path):
        return path.read_bytes()


def read_text(path: Path) -> str:
    if (length := size(path)) > LIMIT:
        raise Problem(
            f"{path} is too large to be edited here: {length:,} bytes, and {LIMIT:,} are the limit."
        )
    try:
        text = read(path).decode()
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        raise Problem(f"{path} is not a text file.")
    return text


def write_text(path: Path, text: str) -> None:
    with _about(path):
        path.write_bytes(text.encode())


def create(folder: Path, name: str, data: bytes = b"") -> Path:
    """A new file; one that is there stays as it is."""
    path = _named(folder, name)
    with _about(path), path.open("xb") as file:
        file.write(data)
    return path


def create_folder(folder: Path, name: str) -> Path:
    path = _named(folder, name)
    with _about(path):
        path.mkdir()
    return path


def delete(path: Path) -> None:
    """A file, or an empty folder."""
    with _about(path):
        if path.is_dir() and not path.is_symlink():
            path.rmdir()
        else:
            path.unlink()


def _named(folder: Path, name: str) -> Path:
    if not name or "/" in name or "\0" in name or name in {".", ".."}:
        raise Problem(f"{name!r} is no name for a file: it needs one, without a slash.")
    return folder / name
