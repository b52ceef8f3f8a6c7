"""Wheels as files: what they say about themselves, which run in a runtime, and packing them reproducibly."""

import base64
import hashlib
import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from email.parser import BytesParser
from functools import cache
from pathlib import Path, PurePosixPath

from packaging.tags import Tag, compatible_tags, cpython_tags
from packaging.utils import InvalidWheelFilename, canonicalize_name, parse_wheel_filename

from pyodide_app.toolkit.runtimes import Runtime

EXTENSIONS = (".so", ".pyd", ".dylib", ".dll")
EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class WheelFacts:
    """What a wheel's METADATA and file list say."""

    name: str
    version: str
    requires: tuple[str, ...]
    requires_python: str
    imports: tuple[str, ...]
    extensions: tuple[str, ...]


def read_facts(path: Path) -> WheelFacts:
    """What a wheel says about itself."""
    with zipfile.ZipFile(path) as wheel:
        names = wheel.namelist()
        metadata = next(
            name for name in names if name.endswith(".dist-info/METADATA") and name.count("/") == 1
        )
        head = BytesParser().parsebytes(wheel.read(metadata), headersonly=True)
    return WheelFacts(
        name=canonicalize_name(head["Name"]),
        version=head["Version"],
        requires=tuple(head.get_all("Requires-Dist", [])),
        requires_python=head.get("Requires-Python", ""),
        imports=_imports(names),
        extensions=tuple(name for name in names if name.endswith(EXTENSIONS)),
    )


def _imports(names: Sequence[str]) -> tuple[str, ...]:
    """The top-level modules among a wheel's members."""
    found = set()
    for name in names:
        path = PurePosixPath(name)
        parts = path.parts
        if len(parts) > 2 and parts[0].endswith(".data") and parts[1] in ("purelib", "platlib"):
            parts = parts[2:]
        top = parts[0].split(".")[0] if len(parts) == 1 else parts[0]
        if path.suffix in (".py", *EXTENSIONS) and top.isidentifier():
            found.add(top)
    return tuple(sorted(found))


@cache
def _ranks(runtime: Runtime) -> Mapping[Tag, int]:
    """Each tag that the runtime accepts and its place: pure wheels first, then its ABI's, best first."""
    python = tuple(int(part) for part in runtime.python.split(".")[:2])
    interpreter = f"cp{python[0]}{python[1]}"
    pure = list(compatible_tags(python, interpreter, []))
    binary = list(cpython_tags(python, [interpreter], runtime.abi_tags))
    others = [tag for tag in compatible_tags(python, interpreter, runtime.abi_tags) if tag not in pure]
    return {tag: rank for rank, tag in reversed(list(enumerate([*pure, *binary, *others])))}


def rank(runtime: Runtime, file: str) -> int | None:
    """How well a wheel's file name fits the runtime, 0 for best; None when it can't run there."""
    try:
        tags = parse_wheel_filename(file)[3]
    except InvalidWheelFilename:
        return None
    ranks = _ranks(runtime)
    return min((ranks[tag] for tag in tags if tag in ranks), default=None)


def is_pure(file: str) -> bool:
    """Whether a wheel's file name says that it holds no compiled code."""
    return file.endswith("-none-any.whl")


def pack(files: Mapping[str, bytes], dist_info: str, *, compressed: bool = False) -> bytes:
    """A wheel of these files, the same bytes for the same files; its RECORD is made here.

    Args:
        files: content by name inside the wheel, METADATA and WHEEL among them.
        dist_info: the folder with those.
        compressed: smaller, but other releases of zlib may give other bytes.
    """
    record = f"{dist_info}/RECORD"
    members = {name: data for name, data in files.items() if name != record}
    lines = [f"{name},sha256={_record_hash(data)},{len(data)}" for name, data in sorted(members.items())]
    members[record] = "\n".join([*lines, f"{record},,", ""]).encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as wheel:
        for name, data in sorted(members.items()):
            info = zipfile.ZipInfo(name, EPOCH)
            info.external_attr = 0o644 << 16
            info.create_system = 3
            info.compress_type = zipfile.ZIP_DEFLATED if compressed else zipfile.ZIP_STORED
            wheel.writestr(info, data)
    return out.getvalue()


def _record_hash(data: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()


def wheel_file(tag: str) -> bytes:
    """The content of a WHEEL file."""
    return (
        "Wheel-Version: 1.0\nGenerator: pyodide-app\n"
        f"Root-Is-Purelib: {str(tag.endswith('-none-any')).lower()}\nTag: {tag}\n"
    ).encode()


def repack(path: Path, *, strip: bool = False) -> tuple[str, bytes]:
    """A pure wheel's file name and bytes, without what differs from one build to the next.

    Args:
        strip: leave out extension modules, and call it pure. For packages that work without them.
    """
    with zipfile.ZipFile(path) as wheel:
        files = {info.filename: wheel.read(info) for info in wheel.infolist() if not info.is_dir()}
    if strip:
        files = {name: data for name, data in files.items() if not name.endswith(EXTENSIONS)}
    name, version = path.name.split("-")[:2]
    dist_info = next(name.split("/")[0] for name in files if name.endswith(".dist-info/METADATA"))
    tag = "py3-none-any" if strip else "-".join(path.name.removesuffix(".whl").split("-")[-3:])
    files[f"{dist_info}/WHEEL"] = wheel_file(tag)
    return f"{name}-{version}-{tag}.whl", pack(files, dist_info)
