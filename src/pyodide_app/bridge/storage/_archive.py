"""The state of a store as one zip file: a manifest with hashes, and the files.

manifest.json   {"format": 1, "version": …, "folders": […], "files": {path: sha256}}
files/…
"""

import hashlib
import io
import json
import zipfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Self

_FORMAT = 1
_MANIFEST = "manifest.json"


class ArchiveError(ValueError):
    """This is not the state of a store, or not all of it; the message says why."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What is in a store.

    Args:
        version: the app's own, of what it has there.
        folders: by their paths below the mounted one, each after the one it is in.
        files: by their paths.
    """

    version: int
    folders: list[str]
    files: dict[str, bytes]

    @classmethod
    def read(cls, root: Path, version: int) -> Self:
        """What is in a folder."""
        paths = sorted(root.rglob("*"))
        folders = [str(path.relative_to(root)) for path in paths if path.is_dir()]
        files = {str(path.relative_to(root)): path.read_bytes() for path in paths if path.is_file()}
        return cls(version, folders, files)

    def write(self, root: Path) -> None:
        """Make a folder have this, and nothing else."""
        clear(root)
        for folder in self.folders:
            (root / folder).mkdir()
        for name, data in self.files.items():
            (root / name).write_bytes(data)


def clear(root: Path) -> None:
    """Remove what is in a folder."""
    for path in sorted(root.rglob("*"), reverse=True):  # what is in a folder comes before it
        path.rmdir() if path.is_dir() else path.unlink()


def pack(contents: Contents) -> bytes:
    """The archive of that."""
    manifest = {
        "format": _FORMAT,
        "version": contents.version,
        "folders": contents.folders,
        "files": {name: hashlib.sha256(data).hexdigest() for name, data in contents.files.items()},
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(_MANIFEST, json.dumps(manifest))
        for name, data in contents.files.items():
            archive.writestr(f"files/{name}", data)
    return file.getvalue()


def unpack(data: bytes) -> Contents:
    """What is in an archive, all of it checked.

    Raises:
        ArchiveError: it is damaged, of a newer version, or something else.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            manifest = json.loads(archive.read(_MANIFEST))
            if (found := manifest["format"]) != _FORMAT:
                raise ArchiveError(f"It has the format {found!r}, and this version knows {_FORMAT}.")
            files = {str(name): archive.read(f"files/{name}") for name in manifest["files"]}
    except ArchiveError:
        raise
    except Exception as error:  # zipfile has many for what is damaged
        raise ArchiveError(f"It cannot be read as the state of a store: {error}") from error
    wrong = [name for name in files if hashlib.sha256(files[name]).hexdigest() != manifest["files"][name]]
    if wrong:
        raise ArchiveError(f"It is damaged: {wrong[0]} is not what the manifest says.")
    contents = Contents(manifest.get("version"), manifest.get("folders"), files)
    _check(contents)
    return contents


def _check(contents: Contents) -> None:
    """That what it names can be written, below the folder alone."""
    if not isinstance(contents.version, int) or not isinstance(contents.folders, list):
        raise ArchiveError("Its manifest is not complete.")
    there = {"."}
    for name in (*contents.folders, *contents.files):
        path = PurePosixPath(str(name))
        if path.is_absolute() or ".." in path.parts or str(path) != name or str(path) in there:
            raise ArchiveError(f"It has a path that cannot be: {name!r}.")
        if str(path.parent) not in there:
            raise ArchiveError(f"It has {name!r}, but not the folder that this is in.")
        if name not in contents.files:
            there.add(name)
