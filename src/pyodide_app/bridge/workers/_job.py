"""A call on its way through a pool."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from contextvars import Context, copy_context
from dataclasses import dataclass, field
from typing import Any, final

from pyodide_app.bridge.rpc._reply import Reply

__all__ = ["Job"]

Call = Reply | asyncio.Task[Any]
Function = Callable[..., Any]
Errors = type[BaseException] | tuple[type[BaseException], ...]


@final
@dataclass(eq=False, slots=True)
class Job:
    """What shall be called, how often it may be tried again, and what waits for the answer.

    Attributes:
        timeout: seconds that each try may take.
        retries: how often it may be tried again, after its worker died or after one of `retry_on`.
        context: of the caller.
        left: called when its caller waits for it no more.
        reply: what the caller waits for.
        future: what it has instead, from `submit`.
        call: the try that runs now.
    """

    function: Function
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    timeout: float | None
    retries: int
    retry_on: Errors
    left: Callable[["Job"], object]
    context: Context = field(default_factory=copy_context)
    reply: Reply = field(init=False)
    future: Future[Any] | None = None
    call: Call | None = None

    def __post_init__(self) -> None:
        if not callable(self.function):
            raise TypeError(f"a pool runs functions, not {self.function!r}")
        if self.timeout is not None and not self.timeout > 0:
            raise ValueError(f"timeout takes seconds from now on, not {self.timeout!r}: that has passed")
        if self.retries < 0:
            raise ValueError(f"retries takes a number from 0 on, not {self.retries!r}")
        self.reply = Reply(lambda: self.left(self))

    def cancel(self) -> None:
        (self.future or self.reply).cancel()

    def may_again(self, error: BaseException, *, died: bool) -> bool:
        """Whether to try again after an error; counts the try.

        Args:
            died: its worker has.
        """
        if self.reply.done() or self.retries == 0 or not (died or isinstance(error, self.retry_on)):
            return False
        self.retries -= 1
        return True
