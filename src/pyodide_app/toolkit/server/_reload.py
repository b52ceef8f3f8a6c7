"""Tells open pages what changed: the event stream, and the watch on the files behind it."""

import asyncio
import json
import logging
import time
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from pathlib import Path

import anyio
from watchfiles import Change, DefaultFilter, awatch

_REMEMBERED = 100  # messages that a page which comes late can still get
_log = logging.getLogger(__name__)


class Events:
    """The open event streams. All methods but `position` belong to the server's event loop."""

    def __init__(self) -> None:
        self._streams: set[asyncio.Queue[int | None]] = set()
        self._messages: deque[tuple[int, str]] = deque(maxlen=_REMEMBERED)
        # Numbers go on growing when the server is started again: a page left open then misses nothing.
        self._count = time.time_ns() // 1_000_000
        self._closed = False

    @property
    def position(self) -> int:
        """The number of the last message; a page that is made now wants those after it."""
        return self._count

    def send(self, message: Mapping[str, object]) -> None:
        self._count += 1
        self._messages.append((self._count, json.dumps(message)))
        for stream in self._streams:
            stream.put_nowait(self._count)

    def close(self) -> None:
        """Ends all streams; the server can't stop while one is open."""
        self._closed = True
        for stream in self._streams:
            stream.put_nowait(None)

    async def stream(self, since: int) -> AsyncIterator[str]:
        """The messages after number `since`, as server-sent events, until `close` or the page leaves."""
        wake: asyncio.Queue[int | None] = asyncio.Queue()
        self._streams.add(wake)
        try:
            yield "retry: 1000\n\n"
            while not self._closed:
                for number, message in [one for one in self._messages if one[0] > since]:
                    yield f"id: {number}\ndata: {message}\n\n"
                    since = number
                if await wake.get() is None:
                    return
        finally:
            self._streams.discard(wake)


class _Filter(DefaultFilter):
    """Drops what is no source: hidden files, caches, editors' temporary files, the locks that we write."""

    def __init__(self, root: Path) -> None:
        super().__init__()
        self._root = root

    def __call__(self, change: Change, path: str) -> bool:
        relative = Path(path).relative_to(self._root) if Path(path).is_relative_to(self._root) else Path(path)
        hidden = any(part.startswith(".") for part in relative.parts)
        return not hidden and not path.endswith(".lock.json") and super().__call__(change, str(relative))


async def watch(
    folder: Path,
    changed: Callable[[set[Path]], Awaitable[None]],
    stop: anyio.Event,
    *,
    recursive: bool = True,
) -> None:
    """Calls `changed` with the paths that changed in `folder`, a burst of changes at a time, until `stop`."""
    folder = folder.resolve()
    try:
        async for changes in awatch(
            folder, watch_filter=_Filter(folder), debounce=200, stop_event=stop, recursive=recursive
        ):
            try:
                await changed({Path(path) for _, path in changes})
            except Exception:  # a slip of ours must not end the server
                _log.exception("Looking at what changed in %s failed", folder)
    except OSError as error:  # too many watches, or the folder is gone: the server itself goes on
        _log.warning("Changes in %s are not noticed any more: %s", folder, error)
