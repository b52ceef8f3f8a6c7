"""What the page shows of an exception: the author's own lines quoted, Pyodide's own frames left out."""

import linecache
import re
import textwrap
from collections.abc import Iterator
from traceback import FrameSummary, StackSummary, TracebackException
from typing import TypedDict

HOME = "/home/pyodide"
"""Where the page puts the app's files."""

_CONTEXT = 2  # lines quoted before and after the failing one
_FRAMES = 20  # a deeper stack loses its middle
_MESSAGE = 10_000  # characters of one message
_TRACEBACK = 200_000  # characters of a whole traceback

# Pyodide's own files, and ours that start the app: the author never called them.
_MACHINERY = re.compile(
    r"/python\d+\.zip/_?pyodide/|/(?:site-packages|python\d+\.zip)/pyodide_app/bridge/_launch\.py$"
)

_CAUSE = "It was raised from this exception:"
_CONTEXT_OF = "It was raised while this exception was being handled:"


class SourceLine(TypedDict):
    number: int
    text: str


class Frame(TypedDict):
    file: str
    line: int
    name: str
    own: bool
    source: list[SourceLine]
    start: int
    end: int


class Raised(TypedDict):
    link: str
    type: str
    message: str
    notes: list[str]
    frames: list[Frame]
    parts: "list[list[Raised]]"


class Report(TypedDict):
    where: str
    title: str
    message: str
    hint: str
    chain: list[Raised]
    traceback: str


def summarize(error: BaseException) -> TracebackException:
    """The exception and all that belong to it, without Pyodide's own frames; it holds no values."""
    summary = TracebackException.from_exception(error, compact=True, lookup_lines=False)
    for each in _family(summary):
        each.stack = StackSummary.from_list([f for f in each.stack if not _MACHINERY.search(f.filename)])
    return summary


def report(summary: TracebackException, where: str, home: str = HOME) -> Report:
    """Describe an exception for the page.

    Args:
        summary: from `summarize`.
        where: what raised, in a few words.
        home: the folder of the author's own files.
    """
    chain = list(_chain(summary, home, ""))
    return {
        "where": where,
        "title": chain[0]["type"],
        "message": chain[0]["message"],
        "hint": _hint(chain[0]),
        "chain": chain,
        "traceback": _cut("".join(summary.format()), _TRACEBACK),
    }


def _family(summary: TracebackException) -> Iterator[TracebackException]:
    yield summary
    for other in (summary.__cause__, summary.__context__, *(summary.exceptions or ())):
        if other is not None:
            yield from _family(other)


def _chain(summary: TracebackException, home: str, link: str) -> Iterator[Raised]:
    """The exception, then what it came from."""
    notes = [str(note) for note in summary.__notes__ or ()]
    stack: list[FrameSummary] = summary.stack
    if len(stack) > _FRAMES:
        notes.append(f"({len(stack) - _FRAMES} of {len(stack)} frames left out)")
        stack = stack[: _FRAMES // 2] + stack[-_FRAMES // 2 :]
    frames = [_frame(each, home) for each in stack]
    yield {
        "link": link,
        "type": _type_name(summary),
        "message": _cut(_message(summary), _MESSAGE),
        "notes": notes,
        "frames": [*frames, *_syntax_frame(summary, home)],
        "parts": [list(_chain(part, home, "")) for part in summary.exceptions or ()],
    }
    if summary.__cause__ is not None:
        yield from _chain(summary.__cause__, home, _CAUSE)
    elif summary.__context__ is not None and not summary.__suppress_context__:
        yield from _chain(summary.__context__, home, _CONTEXT_OF)


def _type_name(summary: TracebackException) -> str:
    # From 3.13 on there is a name, and asking for the type warns.
    name: str | None = getattr(summary, "exc_type_str", None)
    if name is not None:
        return name
    kind = summary.exc_type
    if kind.__module__ in ("builtins", "__main__"):
        return kind.__qualname__
    return f"{kind.__module__}.{kind.__qualname__}"


def _message(summary: TracebackException) -> str:
    if _is_syntax_error(summary):
        return str(summary.msg)
    return str(summary)


def _is_syntax_error(summary: TracebackException) -> bool:
    return getattr(summary, "lineno", None) is not None and hasattr(summary, "msg")


def _frame(frame: FrameSummary, home: str) -> Frame:
    own = _is_own(frame.filename, home)
    line = frame.lineno or 0
    quoted = linecache.getline(frame.filename, line).rstrip("\n")
    start = end = 0
    if frame.colno is not None and frame.end_colno is not None:
        start = _characters(quoted, frame.colno)
        end = _characters(quoted, frame.end_colno) if frame.end_lineno == line else len(quoted)
    name = "" if frame.name == "<module>" else frame.name
    return _quote(frame.filename, line, name, own, start, end, home)


def _syntax_frame(summary: TracebackException, home: str) -> Iterator[Frame]:
    """The place that a syntax error names, which is not on the stack."""
    if not _is_syntax_error(summary) or not summary.filename or not summary.lineno:
        return
    start = max(int(summary.offset or 1) - 1, 0)
    end = start + 1
    if summary.end_lineno == summary.lineno and summary.end_offset:
        end = max(int(summary.end_offset) - 1, end)
    yield _quote(summary.filename, int(summary.lineno), "", _is_own(summary.filename, home), start, end, home)


def _quote(file: str, line: int, name: str, own: bool, start: int, end: int, home: str) -> Frame:
    lines = linecache.getlines(file) if own else []
    first = max(line - _CONTEXT, 1)
    quoted = [text.rstrip("\n") for text in lines[first - 1 : line + _CONTEXT]]
    source: list[SourceLine] = []
    if 0 < line <= len(lines):
        dedented = textwrap.dedent("\n".join(quoted)).split("\n")
        here = line - first
        shift = len(quoted[here]) - len(dedented[here])
        start, end = max(start - shift, 0), max(end - shift, 0)
        if dedented[here].strip() == dedented[here][start:end].strip():
            start = end = 0  # a mark over all of the line says nothing
        source = [{"number": first + i, "text": text} for i, text in enumerate(dedented)]
        while not source[0]["text"].strip():
            del source[0]
        while not source[-1]["text"].strip():
            del source[-1]
    shown = file.removeprefix(home + "/") if own else _library_name(file)
    return {
        "file": shown,
        "line": line,
        "name": name,
        "own": own,
        "source": source,
        "start": start,
        "end": end,
    }


def _is_own(file: str, home: str) -> bool:
    # Code that was compiled from a string, such as "<exec>", is the author's too.
    return file.startswith(home + "/") or (file.startswith("<") and not file.startswith("<frozen "))


def _library_name(file: str) -> str:
    return re.sub(r"^.*/(?:site-packages|python\d+\.zip|python\d\.\d+)/", "", file)


def _characters(line: str, utf8_offset: int) -> int:
    return len(line.encode()[:utf8_offset].decode(errors="replace"))


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else f"{text[:length]}… ({len(text) - length} more characters)"


def _hint(raised: Raised) -> str:
    kind, message = raised["type"], raised["message"]
    if kind == "ModuleNotFoundError":
        return (
            "If it is a package, add it to the dependencies in the app's script metadata, or first load its "
            "on-demand group; if it is a file of the app, check that it lies in the app's folder."
        )
    if kind == "RuntimeError" and ("running event loop" in message or "stack switch" in message):
        return "This runtime or browser cannot block: write `await main()` in place of `asyncio.run(main())`."
    return ""
