"""Iterators that cross: the reader gives credit, the writer sends no more than it has credit for.

reader                         writer
CREDIT 16 ────────────────────▶ next, next, …
queue ◀──────────────────────── 16 ITEMs, then it rests
8 are read: CREDIT 8 ─────────▶ goes on
aclose: CANCEL ───────────────▶ closes the iterator, so its `finally` runs
"""

import asyncio
from collections import deque
from collections.abc import Callable
from typing import Any, Self, final

from pyodide_app.bridge.rpc._reply import Reply

WINDOW = 16  # items on their way at most


@final
class RemoteIterator:
    """An iterator of the other side, for `async for`; `aclose()` ends it there, too."""

    def __init__(self, credit: Callable[[int], object], cancel: Callable[[], object]) -> None:
        self._credit = credit
        self._cancel = cancel
        self._items: deque[Any] = deque()
        self._read = 0
        self._open = True
        self._error: BaseException | None = None
        self._waiting: Reply | None = None
        credit(WINDOW)

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> Any:  # noqa: ANN401 - what the other side yields
        while not self._items:
            if self._error is not None:
                error, self._error = self._error, None
                raise error
            if not self._open:
                raise StopAsyncIteration
            if self._waiting is not None:
                raise RuntimeError("two tasks read from one remote iterator at once")
            self._waiting = Reply(lambda: None)
            try:
                await self._waiting
            finally:
                self._waiting = None
        self._read += 1
        if self._open and self._read == WINDOW // 2:
            self._read = 0
            self._credit(WINDOW // 2)
        return self._items.popleft()

    async def aclose(self) -> None:
        """End it on both sides; what has come and was not read is dropped."""
        self.close()

    def close(self) -> None:
        """End it like `aclose`."""
        self._items.clear()
        if self._open:
            self._open = False
            self._cancel()
            self._wake()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    # --- for the connection ---

    def put(self, item: object) -> None:
        self._items.append(item)
        self._wake()

    def end(self, error: BaseException | None = None) -> None:
        if self._open:
            self._open = False
            self._error = error
            self._wake()

    def _wake(self) -> None:
        if self._waiting is not None:
            self._waiting.settle(None)


@final
class Credit:
    """How many items a writer may still send."""

    def __init__(self) -> None:
        self._left = 0
        self._waiting: asyncio.Event = asyncio.Event()

    def add(self, count: int) -> None:
        self._left += count
        self._waiting.set()

    async def take(self) -> None:
        while self._left == 0:
            self._waiting.clear()
            await self._waiting.wait()
        self._left -= 1
