"""Runs the app's entry for the page, and finds the exceptions that nobody catches.

An exception may end in three places: at the app's top level, on the event loop (a task that nobody awaits, a
timer's callback), or in JavaScript that called Python (a DOM callback, an async handler). Each is reported
once. The page calls these functions (runtime/exceptions.js); reports cross to it as JSON.
"""

import ast
import asyncio
import gc
import inspect
import json
import linecache
import sys
import traceback
from collections import deque
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from pyodide_app.bridge._report import report, summarize

# How long (seconds) somebody has to await a task that failed, before it counts as forgotten.
_PATIENCE = 1.0

# These end something on purpose.
_QUIET = (SystemExit, KeyboardInterrupt, asyncio.CancelledError)


@dataclass(slots=True)
class _Sighting:
    """What is known of an exception that was seen; without the exception, whose frames hold on to much."""

    summary: traceback.TracebackException
    quiet: bool
    reported: bool = False


# The last exceptions that came to JavaScript, with the text that JavaScript has of each.
_crossings: deque[tuple[str, _Sighting]] = deque(maxlen=16)


def install(show: Callable[[str], object]) -> None:
    """Report from now on what nobody catches.

    Args:
        show: gets each report as JSON.
    """
    watch_loop(asyncio.get_event_loop(), show)
    sys.excepthook = _note_crossing


async def run(path: str, started: Callable[[], object]) -> str:
    """Run the app's entry as `__main__`, with top-level await.

    Args:
        path: the entry's absolute path.
        started: called when the entry first gives way to the event loop, or has ended.

    Returns:
        A report as JSON; empty if the entry ended well, or by `sys.exit`.
    """
    folder = str(Path(path).parent)
    if sys.path[:1] == [""]:
        sys.path[0] = folder  # as for any script: os.chdir must not hide the app's modules
    elif folder not in sys.path:
        sys.path.insert(0, folder)
    sys.argv = [path]
    namespace = sys.modules["__main__"].__dict__
    namespace["__file__"] = path
    gc.freeze()  # what is there before the app stays; searching it for garbage costs 5 ms each time
    starting = asyncio.get_event_loop().call_soon(started)
    try:
        code = compile(
            Path(path).read_bytes(), path, "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True
        )
        result = eval(code, namespace)  # noqa: S307 - this is what running the app means
        if code.co_flags & inspect.CO_COROUTINE:
            await result
        else:  # before the next frame, in which the app may set the focus: the page refuses that till then
            starting.cancel()
            started()
    except SystemExit as end:
        if end.code is not None and not isinstance(end.code, int):
            print(end.code, file=sys.stderr)  # noqa: T201 - as Python does
    except KeyboardInterrupt:
        pass
    except BaseException as error:
        return _tell(_see(error), "top level")
    return ""


def crossed(message: str) -> str:
    """Report an exception that came to JavaScript and was not caught there.

    Args:
        message: the text that JavaScript has of it.

    Returns:
        A report as JSON; empty if it was reported before, or ended something on purpose.
    """
    known = [sighting for text, sighting in _crossings if text == message]
    # Without one, the app has an excepthook of its own.
    sighting = known[-1] if known else _see(sys.last_value or RuntimeError(message))
    return "" if sighting.quiet or sighting.reported else _tell(sighting, "callback")


def check(source: str, path: str) -> str:
    """Report the syntax error in a file that was saved while the app runs; empty if it compiles."""
    try:
        # Under a made-up name: by the real one Python would quote the file, which is still the old one.
        compile(source, "<saved>", "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
    except (SyntaxError, ValueError) as error:  # ValueError: it has null bytes, before 3.12
        if isinstance(error, SyntaxError):
            error.filename = path
        linecache.cache[path] = (len(source), None, source.splitlines(keepends=True), path)
        told = _tell(_see(error), "saved; the page still runs the version before")
        del linecache.cache[path]
        return told
    return ""


def watch_loop(loop: asyncio.AbstractEventLoop, show: Callable[[str], object]) -> None:
    """Report exceptions of callbacks on the loop, and those of tasks that nobody awaits in time.

    Pyodide reports some tasks at once, even when they are awaited later, and others never.
    """
    create_task, handle_by_default = loop.create_task, loop.default_exception_handler

    def tell(error: BaseException, where: str) -> None:
        sighting = _see(error)
        if not (sighting.quiet or sighting.reported):
            show(_tell(sighting, where))

    def overdue(task: asyncio.Task[Any]) -> None:
        if _unretrieved(task):
            error = task.exception()  # which also says that it is retrieved
            if error is not None:
                tell(error, f"task {getattr(task.get_coro(), '__qualname__', task.get_name())}")

    def ended(task: asyncio.Task[Any]) -> None:
        if _unretrieved(task):
            loop.call_later(_PATIENCE, overdue, task)

    def create_watched(coro: Coroutine[Any, Any, Any], **options: Any) -> asyncio.Task[Any]:  # noqa: ANN401
        task = create_task(coro, **options)
        task.add_done_callback(ended)
        return task

    def handle(context: dict[str, Any]) -> None:
        error = context.get("exception")
        if error is None:
            handle_by_default(context)
        else:
            tell(error, "event loop")

    # On the instance, so that an app's own loop.set_exception_handler keeps its meaning.
    loop.create_task = create_watched  # type: ignore[method-assign,assignment]
    loop.default_exception_handler = handle  # type: ignore[method-assign]


def _unretrieved(task: asyncio.Task[Any]) -> bool:
    # The flag that decides about asyncio's own "exception was never retrieved".
    return bool(task._log_traceback)


def _note_crossing(
    kind: type[BaseException], error: BaseException | None, trace: TracebackType | None
) -> None:
    """As `sys.excepthook`: Pyodide calls it for each exception on its way to JavaScript, caught there or not.

    What it prints becomes the message of the JavaScript error.
    """
    text = "".join(traceback.format_exception(kind, error, trace))
    if error is not None:
        _crossings.append((text, _see(error)))
    print(text, end="", file=sys.__stderr__, flush=True)


def _see(error: BaseException) -> _Sighting:
    known: _Sighting | None = error.__dict__.get("_pyodide_app")
    if known is None:
        known = error.__dict__["_pyodide_app"] = _Sighting(summarize(error), isinstance(error, _QUIET))
    else:
        known.summary = summarize(error)  # it has come further up
    return known


def _tell(sighting: _Sighting, where: str) -> str:
    sighting.reported = True
    return json.dumps(report(sighting.summary, where))
