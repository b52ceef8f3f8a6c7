"""Exceptions as JSON, and back: type, message, frames, notes, causes, groups.

The other side raises the same type where it can be imported and rebuilt there, else `RemoteError`. The frames
come back as a real traceback, so that whatever shows exceptions quotes the author's lines.

Source of the way to make a traceback: the package tblib (https://github.com/ionelmc/python-tblib).
"""

import base64
import importlib
import json
import pickle
import traceback
from types import TracebackType
from typing import TypedDict

from pyodide_app.bridge.rpc._errors import RemoteError

_DEPTH = 20  # exceptions in a row: a chain may be a circle
_FRAMES = 60  # a deeper stack loses its middle
# Raised again as they are, these would end something on this side.
_ENDS = (KeyboardInterrupt, SystemExit, GeneratorExit)
# The bridge's own frames say nothing about the author's mistake.
_OWN = ("/pyodide_app/bridge/rpc/", "/pyodide_app/bridge/workers/")


class _Frame(TypedDict):
    file: str
    line: int
    name: str


class Record(TypedDict):
    type: str
    message: str
    pickle: str
    notes: list[str]
    frames: list[_Frame]
    cause: "Record | None"
    context: "Record | None"
    suppress: bool
    parts: "list[Record]"


def dump(error: BaseException) -> str:
    """The exception with all that belongs to it, as JSON."""
    return json.dumps(_record(error, _DEPTH))


def load(text: str, where: str) -> BaseException:
    """The exception, to be raised here.

    Args:
        text: from `dump`, or from JavaScript: then it has at least `type` and `message`.
        where: who raised it, for a note.
    """
    error = _rebuild(json.loads(text))
    error.add_note(f"Raised in {where}.")
    return error


def _record(error: BaseException, depth: int) -> Record:
    kind = type(error)
    inner: tuple[BaseException, ...] = error.exceptions if isinstance(error, BaseExceptionGroup) else ()
    cause, context = error.__cause__, error.__context__
    return {
        "type": kind.__qualname__
        if kind.__module__ == "builtins"
        else f"{kind.__module__}.{kind.__qualname__}",
        "message": _text(error),
        "pickle": "" if inner or kind.__module__ == "__main__" else _pickled(error),
        "notes": [str(note) for note in getattr(error, "__notes__", ())],
        "frames": _frames(error.__traceback__),
        "cause": _record(cause, depth - 1) if cause is not None and depth else None,
        "context": _record(context, depth - 1) if context is not None and cause is None and depth else None,
        "suppress": error.__suppress_context__,
        "parts": [_record(part, depth - 1) for part in inner] if depth else [],
    }


def _text(error: BaseException) -> str:
    if isinstance(error, BaseExceptionGroup):
        return str(error.message)
    try:
        return str(error)
    except Exception as failure:
        return f"<str() of it raised {type(failure).__name__}>"


def _pickled(error: BaseException) -> str:
    try:
        return base64.b64encode(pickle.dumps(error, 5)).decode()
    except Exception:  # an argument that cannot be pickled: the message still crosses
        return ""


def _frames(trace: TracebackType | None) -> list[_Frame]:
    summary = traceback.StackSummary.extract(traceback.walk_tb(trace), lookup_lines=False)
    frames: list[_Frame] = [
        {"file": each.filename, "line": each.lineno or 1, "name": each.name}
        for each in summary
        if not any(own in each.filename for own in _OWN)
    ]
    if len(frames) > _FRAMES:
        frames = frames[: _FRAMES // 2] + frames[-_FRAMES // 2 :]
    return frames


def _rebuild(record: Record) -> BaseException:
    error = _same(record)
    for note in record.get("notes", ()):
        if note not in getattr(error, "__notes__", ()):
            error.add_note(note)
    error.__traceback__ = _traceback(record.get("frames", []))
    if cause := record.get("cause"):
        error.__cause__ = _rebuild(cause)
    if context := record.get("context"):
        error.__context__ = _rebuild(context)
    error.__suppress_context__ = bool(record.get("suppress"))
    return error


def _same(record: Record) -> BaseException:
    parts = [_rebuild(part) for part in record.get("parts", ())]
    if parts:
        return BaseExceptionGroup(record["message"], parts)
    try:
        packed = base64.b64decode(record.get("pickle", ""))
        error = pickle.loads(packed) if packed else _plain(record)  # noqa: S301 - from a thread of our own
    except Exception:  # the type is not here, or its constructor does not take its own arguments
        error = None
    if isinstance(error, BaseException) and not isinstance(error, _ENDS):
        return error
    return RemoteError(record["type"], record["message"])


def _plain(record: Record) -> BaseException | None:
    """An exception that could not be pickled, made from its message alone."""
    module, _, name = record["type"].rpartition(".")
    kind = getattr(importlib.import_module(module or "builtins"), name, None)
    if not (isinstance(kind, type) and issubclass(kind, BaseException)):
        return None
    error = kind(record["message"])
    return error if str(error) == record["message"] else None


def _traceback(frames: list[_Frame]) -> TracebackType | None:
    trace: TracebackType | None = None
    for frame in reversed(frames):
        code = compile("raise _Here", frame["file"], "exec")
        places = _nowhere(len(code.co_code) // 2)
        code = code.replace(co_name=frame["name"], co_firstlineno=frame["line"], co_linetable=places)
        try:
            exec(code, {"_Here": _Here, "__name__": frame["name"], "__file__": frame["file"]})  # noqa: S102
        except _Here as here:
            made = here.__traceback__
            assert made and made.tb_next
            inner = made.tb_next
            trace = TracebackType(trace, inner.tb_frame, inner.tb_lasti, frame["line"])
    return trace


def _nowhere(units: int) -> bytes:
    """A line table without lines and columns: the traceback has the line, and nothing is underlined."""
    full, rest = divmod(units, 8)
    return b"\xff" * full + (bytes([0xF8 | (rest - 1)]) if rest else b"")


class _Here(Exception):
    """Raised to make a frame."""
