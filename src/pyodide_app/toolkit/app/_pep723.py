"""Inline script metadata (PEP 723): the block in comments at the top of a script, and what line says what.

# /// script                    a block starts; `script` is its type
# dependencies = ["numpy"]      TOML, each line behind "# "
# ///                           the last such line of the run of comments ends it
"""

import difflib
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pyodide_app.toolkit.errors import ToolkitError, shown

START = "# /// script"
END = "# ///"
EXAMPLE = f'{START}\n# dependencies = ["numpy"]\n{END}'

_ANY_START = re.compile(r"# /// [a-zA-Z0-9-]+")
_NEARLY_START = re.compile(r"#\s*///\s*script\s*")
_CONTENT = re.compile(r"#(| .*)")


@dataclass(frozen=True, slots=True)
class Metadata:
    """The content of a script block; empty, at line 0, for a script that has none.

    Args:
        start: the line of the file that opens the block, counted from 1.
        lines: the block's TOML, line by line.
    """

    path: Path
    start: int
    lines: tuple[str, ...]
    content: Mapping[str, Any]

    def error(self, line: int, what: str, hint: str = "") -> ToolkitError:
        """An error at a line of the file."""
        return ToolkitError(f"{shown(self.path)}:{line}: {what}", hint=hint)

    def line_of_key(self, key: str, table: str = "") -> int:
        """The line that sets a key, or else names its table."""
        inside = not table
        for number, line in enumerate(self.lines, self.start + 1):
            if line.lstrip().startswith("["):
                inside = line.strip().strip("[] ") == table
            elif inside and re.match(rf"""\s*["']?{re.escape(key)}["']?\s*[=.]""", line):
                return number
        return self.line_of_text(f"{table}.{key}" if table else key)

    def line_of_text(self, text: str) -> int:
        """The first line that has a text in quotes, or else at all; the block's own if none does."""
        for wanted in (f'"{text}"', f"'{text}'", text):
            for number, line in enumerate(self.lines, self.start + 1):
                if wanted in line:
                    return number
        return self.start


def read_metadata(path: Path) -> Metadata:
    """The script block of a Python file.

    Raises:
        ToolkitError: the file can't be read, or its block is broken.
    """
    lines = re.split(r"\r\n|\r|\n", _read(path))
    start = _find_start(path, lines)
    if start is None:
        return Metadata(path, 0, (), {})
    toml = [line[2:] for line in _block(path, lines, start)]
    return Metadata(path, start, tuple(toml), _parse(path, start, toml))


def _read(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ToolkitError(f"{shown(path)} can't be read: {error.strerror}.") from error
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ToolkitError(
            f"{shown(path)}:{line}: this is not UTF-8 text (byte 0x{data[error.start]:02x}).",
            hint="Save the file as UTF-8.",
        ) from error


def _find_start(path: Path, lines: list[str]) -> int | None:
    """The line that opens the script block, counted from 1."""
    starts = [number for number, line in enumerate(lines, 1) if line.rstrip() == START]
    if len(starts) > 1:
        raise ToolkitError(
            f"{shown(path)}:{starts[1]}: a second `{START}` block; the first is on line {starts[0]}.",
            hint="Put all of the metadata into one block.",
        )
    for number, line in enumerate(lines, 1):
        if _NEARLY_START.fullmatch(line) and line.rstrip() != START:
            raise ToolkitError(
                f"{shown(path)}:{number}: `{line.strip()}` does not start the script metadata.",
                hint=f"Write exactly `{START}`.",
            )
    return starts[0] if starts else None


def _block(path: Path, lines: list[str], start: int) -> list[str]:
    """The comment lines between the start and the end of the block."""
    content: list[str] = []
    for line in lines[start:]:
        if not _CONTENT.fullmatch(line.rstrip()) or _ANY_START.fullmatch(line.rstrip()):
            break
        content.append(line.rstrip())
    if END not in content:
        stop = start + len(content) + 1
        found = lines[stop - 1] if stop <= len(lines) else ""
        hint = (
            "Each line of the block starts with `# `, a hash and a space."
            if found.startswith("#")
            else f"It looks like this:\n{EXAMPLE}"
        )
        where = f"line {stop}" if stop <= len(lines) else "the end of the file"
        raise ToolkitError(
            f"{shown(path)}:{start}: the script metadata is not closed: `{END}` is expected before {where}.",
            hint=hint,
        )
    return content[: len(content) - content[::-1].index(END) - 1]


def _parse(path: Path, start: int, lines: list[str]) -> Mapping[str, Any]:
    try:
        return tomllib.loads("\n".join(lines))
    except tomllib.TOMLDecodeError as error:
        message = str(error)
        place = re.search(r" \(at (?:line (\d+), column (\d+)|end of document)\)$", message)
        at = int(place[1]) if place and place[1] else len(lines)
        column = f", column {int(place[2]) + 2}" if place and place[2] else ""  # "# " stands before it
        what = message[: place.start()] if place else message
        raise ToolkitError(
            f"{shown(path)}:{start + at}{column}: the script metadata is not TOML: {what}.",
            hint=f"The block holds TOML behind `# `, such as:\n{EXAMPLE}",
        ) from error


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that was probably meant."""
    return next(iter(difflib.get_close_matches(word, list(known), 1)), None)
