"""The module `dbm`, which Pyodide leaves out of the standard library; `shelve` needs it.

A database is one file of records, each appended by a single write: length of key, of value, key, value.
That of a removed key has no value, and the length _REMOVED. What no longer counts is dropped when the file is
closed.
"""

import os
import struct
import sys
from collections.abc import Iterator, MutableMapping
from importlib.util import find_spec
from io import FileIO
from pathlib import Path
from types import ModuleType, TracebackType
from typing import Literal, Self, TypeAlias

_MAGIC = b"pyodide_app dbm 1\n"
_HEAD = struct.Struct(">II")
_REMOVED = 0xFFFF_FFFF  # as the length of a value
_ADDED = {"r": 0, "w": 0, "c": os.O_CREAT, "n": os.O_CREAT | os.O_TRUNC}  # flags of os.open
_Path: TypeAlias = "str | os.PathLike[str]"


class Error(OSError):
    """This is no such database, or it cannot be changed."""


class Database(MutableMapping[bytes | str, bytes]):
    """An open database; text is stored as UTF-8."""

    def __init__(self, file: FileIO) -> None:
        self._file = file
        self._places: dict[bytes, tuple[int, int]] = {}  # where a value is, and its length
        self._unused = 0  # bytes of records that no longer count
        self._end = len(_MAGIC)
        try:
            self._read()
        except BaseException:
            file.close()
            raise

    def _read(self) -> None:
        data = self._file.readall()
        if data and not data.startswith(_MAGIC):
            raise Error(f"{self._file.name} is not a database of this dbm")
        if not data and self._file.writable():
            self._file.write(_MAGIC)
        while self._end + _HEAD.size <= len(data):
            key_size, size = _HEAD.unpack_from(data, self._end)
            start = self._end + _HEAD.size
            key = data[start : start + key_size]
            self._note(key, None if size == _REMOVED else size)
        if data and self._end != len(data):
            raise Error(f"{self._file.name} is cut off")

    def _note(self, key: bytes, size: int | None) -> None:
        """Take in the record that stands at the end."""
        value_at = self._end + _HEAD.size + len(key)
        before = self._places.pop(key, None)
        if before:
            self._unused += _HEAD.size + len(key) + before[1]
        if size is None:
            self._unused += _HEAD.size + len(key)
        else:
            self._places[key] = (value_at, size)
        self._end = value_at + (size or 0)

    def _append(self, key: bytes, value: bytes | None) -> None:
        size = _REMOVED if value is None else len(value)
        self._file.seek(self._end)
        self._file.write(_HEAD.pack(len(key), size) + key + (value or b""))
        self._note(key, None if value is None else size)

    def __getitem__(self, key: bytes | str) -> bytes:
        at, size = self._places[_bytes(key)]
        self._file.seek(at)
        return self._file.read(size) or b""

    def __setitem__(self, key: bytes | str, value: bytes | str) -> None:
        self._append(_bytes(key), _bytes(value))

    def __delitem__(self, key: bytes | str) -> None:
        if _bytes(key) not in self._places:
            raise KeyError(key)
        self._append(_bytes(key), None)

    def __contains__(self, key: object) -> bool:
        return isinstance(key, bytes | str) and _bytes(key) in self._places

    def __iter__(self) -> Iterator[bytes]:
        return iter(list(self._places))

    def __len__(self) -> int:
        return len(self._places)

    def sync(self) -> None:
        """Return when all is durable."""
        os.fsync(self._file.fileno())

    def close(self) -> None:
        """Close the file. Again is harmless."""
        if self._file.closed:
            return
        if self._unused > self._end // 2 and self._file.writable():
            self._compact()
        self._file.close()

    def _compact(self) -> None:
        pairs = [(key, self[key]) for key in self._places]
        fresh = b"".join(_HEAD.pack(len(key), len(value)) + key + value for key, value in pairs)
        path = Path(str(self._file.name))
        beside = path.with_name(f"{path.name}.new")
        beside.write_bytes(_MAGIC + fresh)
        beside.replace(path)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _bytes(text: bytes | str) -> bytes:
    return text.encode() if isinstance(text, str) else bytes(text)


def open_database(file: _Path, flag: Literal["r", "w", "c", "n"] = "r", mode: int = 0o666) -> Database:
    """Open a database, as `dbm.open` does.

    Args:
        file: its path; the file has exactly this name.
        flag: "r" to read, "w" to change what is there, "c" to make it if it is not there, "n" to begin anew.
        mode: of the file, if it is made.

    Raises:
        Error: it is not there, or something else.
    """
    if flag not in _ADDED:
        raise ValueError(f"the flag is one of {', '.join(_ADDED)}, not {flag!r}")
    how = "r" if flag == "r" else "r+"
    try:
        opened = FileIO(
            os.fspath(file), how, opener=lambda path, flags: os.open(path, flags | _ADDED[flag], mode)
        )
        return Database(opened)
    except FileNotFoundError as error:
        raise Error(f"there is no database {os.fspath(file)}") from error


def whichdb(filename: _Path) -> str | None:
    """The name of the module that opens a file: "dbm"; "" if none does, None if it cannot be read."""
    try:
        with Path(filename).open("rb") as file:
            return "dbm" if file.read(len(_MAGIC)) == _MAGIC else ""
    except OSError:
        return None


def provide() -> None:
    """Let `import dbm` find this, where there is no other."""
    if "dbm" in sys.modules or find_spec("dbm"):
        return
    module = ModuleType("dbm", __doc__)
    vars(module).update(open=open_database, whichdb=whichdb, error=(Error, OSError))
    sys.modules["dbm"] = module
