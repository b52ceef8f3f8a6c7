"""How large a built site is, and how long it takes to load."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.filesize import decimal

from pyodide_app.toolkit.errors import ToolkitError

_UNITS = {"b": 1, "kb": 1000, "mb": 1000**2, "kib": 1024, "mib": 1024**2}
_SIZE = re.compile(r"(\d+(?:\.\d+)?) ?(b|kb|mb|kib|mib)?", re.IGNORECASE)
NETWORKS = {"fibre, 100 Mbit/s": 100e6, "4G, 9 Mbit/s": 9e6, "slow 4G, 1.6 Mbit/s": 1.6e6}  # bits a second


@dataclass(frozen=True, slots=True)
class Part:
    """What a first visit loads of one kind.

    Args:
        size: in bytes.
        sent: in bytes as they go over the wire, with Brotli where the host sends it.
    """

    size: int
    sent: int


def measured(paths: Sequence[Path]) -> Part:
    """Files that were written, with their compressed variants if there are some."""
    return Part(sum(path.stat().st_size for path in paths), sum(map(_sent, paths)))


def _sent(path: Path) -> int:
    packed = path.with_name(f"{path.name}.br")
    return (packed if packed.exists() else path).stat().st_size


def report(parts: Mapping[str, Part]) -> Iterator[str]:
    """The lines of a report."""
    total = Part(sum(part.size for part in parts.values()), sum(part.sent for part in parts.values()))
    for name, part in {**parts, "first visit": total}.items():
        yield f"{name:<14}{decimal(part.size):>10}   {decimal(part.sent):>10} compressed"
    yield "Downloading that takes about"
    for network, speed in NETWORKS.items():
        yield f"  {total.sent * 8 / speed:5.1f} s  {network}"


def parse_size(text: str) -> int:
    """A size such as "12MB" or "900 kB" in bytes.

    Raises:
        ToolkitError: it is none.
    """
    match = _SIZE.fullmatch(text.strip())
    if not match:
        raise ToolkitError(f"{text!r} is no size.", hint="Write it like 12MB, 900kB or 12000000.")
    return int(float(match[1]) * _UNITS[(match[2] or "b").lower()])
