"""Compressed variants of files, for hosts that send what lies there: .br and .gz."""

import gzip
import hashlib
from collections.abc import Iterator
from pathlib import PurePosixPath

import brotli

from pyodide_app.toolkit.store import Store

_FEWEST_BYTES = 1000  # a response's headers are as long
_PACKED = {".png", ".jpg", ".jpeg", ".webp", ".avif", ".gif", ".woff", ".woff2", ".mp3", ".mp4", ".ogg"}
_LEAST_GAIN = 0.95
_FORMAT = "1"  # of what is kept: another one compresses everything anew


def variants(name: str, data: bytes, store: Store) -> Iterator[tuple[str, bytes]]:
    """The suffix and bytes of each variant that is worth it.

    Compressing Pyodide as far as Brotli can takes half a minute, so the outcome is kept.
    """
    if len(data) < _FEWEST_BYTES or PurePosixPath(name).suffix.lower() in _PACKED:
        return
    for suffix in (".br", ".gz"):
        key = hashlib.sha256(f"{_FORMAT}{suffix}{hashlib.sha256(data).hexdigest()}".encode()).hexdigest()
        path = store.made(key, f"packed{suffix}")
        packed = path.read_bytes() if path else _pack(suffix, data)
        if not path:
            store.keep_made(key, packed, f"packed{suffix}")
        if len(packed) < len(data) * _LEAST_GAIN:
            yield suffix, packed


def _pack(suffix: str, data: bytes) -> bytes:
    if suffix == ".br":
        return bytes(brotli.compress(data, quality=11, lgwin=24))
    return gzip.compress(data, 9, mtime=0)
