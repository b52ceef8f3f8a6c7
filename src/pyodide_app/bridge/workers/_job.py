"""A call on its way through a pool."""

import asyncio
import itertools
from collections.abc import Callable, Collection
from concurrent.futures import Future
from contextvars import Context, copy_context
from dataclasses import dataclass, field
from typing import Any, Protocol, final
from uuid import uuid4

from pyodide_app.bridge.rpc import DeadlockError
from pyodide_app.bridge.rpc._reply import Reply
from pyodide_app.bridge.rpc._trace import Within
from pyodide_app.bridge.workers._waits import waiting_for

__all__ = ["Job"]

Call = Reply | asyncio.Task[Any]
Function = Callable[..., Any]
Errors = type[BaseException] | tuple[type[BaseException], ...]

_HERE = uuid4().hex  # a trace goes through several interpreters
_numbers = itertools.count(1)


class Pool(Protocol):
    """What a job goes through."""

    name: str

    def leave(self, job: "Job") -> None:
        """Its caller waits for it no more."""

    def before(self, job: "Job") -> Collection["Job"]:
        """Those of which one has to end before it can; itself, if it runs; none, if nothing is in its way."""


@final
@dataclass(eq=False, slots=True)
class Job:
    """What shall be called, how often it may be tried again, and what waits for the answer.

    Attributes:
        timeout: seconds that each try may take.
        retries: how often it may be tried again, after its worker died or after one of `retry_on`.
        context: of the caller.
        name: for traces.
        within: what the caller is in the course of, and this.
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
    pool: Pool
    context: Context = field(default_factory=copy_context)
    name: str = field(init=False)
    within: Within = field(init=False)
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
        self.name = f"{_HERE}/{next(_numbers)}"
        self.within = Within(self.name, outer=Within.current())
        self.reply = Reply(lambda: self.pool.leave(self))

    async def answer(self) -> Any:  # noqa: ANN401 - what the function returned
        """Wait for what the function returns, in place of which nobody else does.

        Raises:
            DeadlockError: that would never end; the job is cancelled.
        """
        try:
            with waiting_for(self):
                return await self.reply
        except DeadlockError:
            self.cancel()
            raise

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
