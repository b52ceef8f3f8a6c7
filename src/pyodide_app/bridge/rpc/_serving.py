"""The serving half of a connection: calls that come from the other side."""

import asyncio
from collections.abc import Callable, Mapping
from types import AsyncGeneratorType, GeneratorType
from typing import Any, final

from pyodide_app.bridge._javascript import Js
from pyodide_app.bridge.rpc import _exceptions
from pyodide_app.bridge.rpc._pickling import Ends, Packed, beside, pack
from pyodide_app.bridge.rpc._streams import Credit
from pyodide_app.bridge.rpc._trace import Within
from pyodide_app.bridge.rpc._values import to_values

Function = Callable[..., Any]
Exports = Mapping[str, Function] | Callable[[str], Function]


@final
class Serving:
    """Runs what the other side calls, and answers.

    Args:
        peer: what the other end is called.
        exports: what it may call by name.
        ends: the functions that have crossed.
        javascript: whether it speaks JavaScript.
    """

    def __init__(self, peer: str, exports: Exports, ends: Ends, *, javascript: bool) -> None:
        self._peer = peer
        self._exports = exports
        self._ends = ends
        self._javascript = javascript
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._credits: dict[int, Credit] = {}

    def connect(self, js: Js) -> None:
        """Answer through this."""
        self._js = js
        self._js_answer = js.answer  # each attribute of a JavaScript object costs a crossing

    def called(
        self,
        call: int,
        target: str | int | None,
        request: tuple[Any, ...],
        trace: str | None,
    ) -> None:
        """Serve a call; its number is 0 if nobody waits for an answer.

        Args:
            request: the function, or None if the target names it; positional and keyword arguments.
            trace: who waits for the answer, a name in each line.
        """
        within = Within(*trace.split("\n")) if trace else None
        try:
            function, args, kwargs = request
            if target is not None:
                function = self._find(target)
            result = function(*args, **kwargs) if within is None else within.run(function, *args, **kwargs)
            if isinstance(result, GeneratorType | AsyncGeneratorType):
                self._credits[call] = Credit()
                self._js.stream(call)
                self._serve(call, self._send(call, result), within)
                return
            if hasattr(result, "__await__"):
                self._serve(call, self._await(call, result), within)
                return
            if call:
                self._answer(call, result)
        except BaseException as error:  # it belongs to the caller
            self.fail(call, error)
        if within is not None:
            within.end()

    def fail(self, call: int, error: BaseException) -> None:
        """Answer a call with an exception."""
        if call:
            self._js.fail(call, _exceptions.dump(error))
        else:
            context = {
                "message": f"A call from {self._peer} that nobody waits for failed",
                "exception": error,
            }
            asyncio.get_running_loop().call_exception_handler(context)

    def cancelled(self, call: int) -> None:
        if task := self._tasks.get(call):
            task.cancel()

    def credited(self, call: int, count: int) -> None:
        if credit := self._credits.get(call):
            credit.add(count)

    def end(self) -> None:
        """Cancel whatever is still being served: nobody waits for it."""
        for task in list(self._tasks.values()):
            task.cancel()

    def _find(self, target: str | int) -> Function:
        if not isinstance(target, str):
            return self._ends.own(target)
        if callable(self._exports):
            return self._exports(target)
        if target in self._exports:
            return self._exports[target]
        there = ", ".join(sorted(self._exports)) or "none"
        raise LookupError(f"there is no export {target!r}; there is {there}")

    def _serve(self, call: int, work: Any, within: Within | None) -> None:  # noqa: ANN401 - a coroutine
        create_task = asyncio.get_running_loop().create_task
        if within is None:
            task = create_task(work)
        else:
            task = within.run(create_task, work)
            task.add_done_callback(lambda _: within.end())
        if call:
            self._tasks[call] = task
            task.add_done_callback(lambda task: self._served(call, task))

    def _served(self, call: int, task: asyncio.Task[None]) -> None:
        self._tasks.pop(call, None)
        if task.cancelled():  # before its first step, so it has not answered
            self.fail(call, asyncio.CancelledError())

    async def _await(self, call: int, result: Any) -> None:  # noqa: ANN401 - an awaitable
        try:
            value = await result
            if call:
                self._answer(call, value)
        except BaseException as error:
            self.fail(call, error)

    async def _send(self, call: int, items: Any) -> None:  # noqa: ANN401 - a generator
        credit = self._credits[call]
        try:
            try:
                if isinstance(items, GeneratorType):
                    for item in items:
                        await credit.take()
                        self._item(call, item)
                else:
                    async for item in items:
                        await credit.take()
                        self._item(call, item)
            finally:
                del self._credits[call]
                await _close(items)
            self._js.end(call)
        except BaseException as error:
            self.fail(call, error)

    def _answer(self, call: int, value: object) -> None:
        if self._javascript:
            self._js.answerValues(call, *to_values((value,), self._ends))
            return
        packed: Packed = pack(value, self._ends, ("the result",))
        self._js_answer(call, *packed.place(), *beside(packed))

    def _item(self, call: int, value: object) -> None:
        if self._javascript:
            self._js.itemValues(call, *to_values((value,), self._ends))
            return
        packed = pack(value, self._ends, ("the item",))
        self._js.item(call, *packed.place(), *beside(packed))


async def _close(items: Any) -> None:  # noqa: ANN401 - a generator
    if isinstance(items, GeneratorType):
        items.close()
    else:
        await items.aclose()
