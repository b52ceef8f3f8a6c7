"""Runs a program in the worker, with `db` and `state`: what it changes there counts if it ends well."""

import io
import json
import sys
import time
import traceback
from contextlib import (
    AbstractContextManager,
    closing,
    nullcontext,
    redirect_stderr,
    redirect_stdout,
    suppress,
)
from typing import Any, TextIO

import kept
from pyodide.code import eval_code_async, find_imports
from record import Outcome, Record

from pyodide_app.bridge import packages

PROGRAM = "<your program>"
SHOWN = 20_000  # characters of output
LOADED = ("numpy", "pandas", "openpyxl")  # the app's groups on demand that an import loads

names: dict[str, Any] = {}  # the program's variables
owner: Record | None = None  # the session that they belong to


class Shortened(io.TextIOBase):
    """What is printed, up to a limit: an endless loop must not fill the page."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._left = SHOWN

    def write(self, text: str) -> int:
        if self._left > 0:
            self._stream.write(text[: self._left])
            self._left -= len(text)
            if self._left <= 0:
                self._stream.write("\n… What follows is not shown.\n")
        return len(text)

    def flush(self) -> None:
        self._stream.flush()


async def run(code: str) -> kept.Snapshot:
    """Run it. How it ended is in the last entry of the record's history, and what it printed is streamed."""
    this = kept.record.begin(code)
    kept.save()
    start = time.perf_counter()
    outcome: Outcome = "stopped"
    try:
        with redirect_stdout(Shortened(sys.stdout)), redirect_stderr(Shortened(sys.stderr)):
            outcome = await _execute(code)
    finally:  # also when it is stopped
        kept.record.end(this, outcome, time.perf_counter() - start)
        kept.save()
    return kept.look()


async def _execute(code: str) -> Outcome:
    try:
        for group in sorted(find_imports(code)):
            if group in LOADED:
                await packages.load(group)
        with _database() as db:
            _bring_names(db)
            with suppress(SystemExit):
                value = await eval_code_async(code, globals=names, filename=PROGRAM)
                if value is not None:
                    print(repr(value))
            values = _plain(names["state"])
            if db:
                db.commit()
            kept.record.values = values
    except Exception as error:
        _tell(error)
        return "error"
    return "done"


def _database() -> AbstractContextManager[Any]:
    """Closed in the end: what was not committed is as if it had not been."""
    if not kept.has_sqlite:
        return nullcontext()
    import sqlite3

    return closing(sqlite3.connect(kept.DATABASE))


def _bring_names(db: object) -> None:
    """What a program finds. The variables of the runs before it are those of its session."""
    global owner
    if owner is not kept.record:
        owner = kept.record
        names.clear()
        names["__name__"] = "__main__"
    names["state"] = json.loads(json.dumps(kept.record.values))
    if db:
        names["db"] = db


def _plain(state: object) -> dict[str, Any]:
    """What of `state` will be there after a reload: the same, or an error now."""
    if not isinstance(state, dict):
        raise TypeError(f"`state` is kept as JSON and has to stay a dict; it is {type(state).__name__}")
    return json.loads(json.dumps(state, allow_nan=False))


def _tell(error: Exception) -> None:
    """The program's own lines alone."""
    trace = error.__traceback__
    while trace and trace.tb_frame.f_code.co_filename != PROGRAM:
        trace = trace.tb_next
    traceback.print_exception(error.with_traceback(trace))
