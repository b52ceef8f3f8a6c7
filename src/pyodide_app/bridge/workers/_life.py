"""A worker's thread from its start to its end, and what it prints meanwhile."""

import asyncio
import sys
from collections.abc import Callable
from typing import Any, Literal, final

from pyodide_app.bridge._javascript import Js
from pyodide_app.bridge.core import Kept, keep_alive
from pyodide_app.bridge.reactivity import Signal
from pyodide_app.bridge.rpc import WorkerDied
from pyodide_app.bridge.rpc._exceptions import load
from pyodide_app.bridge.workers import _page
from pyodide_app.bridge.workers._tell import tell

State = Literal["starting", "idle", "busy", "unresponsive", "closed", "died"]
Pulse = Literal["answers", "computes", "silent", "dead"]

_HELLO = 10_000  # milliseconds for the worker's script to run at all
_STAGE = 90_000  # milliseconds for each stage of its start


@final
class Life:
    """Starts a thread and hears what becomes of it.

    Args:
        name, module, script, grace, on_output: as for `Worker`.
        started: called when it is ready.
        ended: called when it has ended, with why and the reason; `error` is set.
    """

    def __init__(
        self,
        name: str,
        module: str | None,
        script: str | None,
        grace: float,
        on_output: Callable[[str, str], object] | None,
        started: Callable[[], object],
        ended: Callable[[str, str], object],
    ) -> None:
        self.state: Signal[State] = Signal("starting")
        self.stage: Signal[str] = Signal("load")
        self.error: WorkerDied | None = None
        self._name = name
        self._on_output = on_output or _print
        self._started = started
        self._ended = ended
        self._waiting: list[asyncio.Future[None]] = []
        hooks: dict[str, Callable[..., object]] = {
            "stage": lambda stage: tell(self.stage, stage),
            "ready": self._ready,
            "died": self._died,
            "output": lambda file, text: self._on_output("stdout" if file == 1 else "stderr", text),
        }
        self._kept: list[Kept] = [keep_alive(hook) for hook in hooks.values()]
        proxies: dict[str, Any] = {hook: kept.proxy for hook, kept in zip(hooks, self._kept, strict=True)}
        self._js = _page.spawn(name, module, script, proxies, hello=_HELLO, stage=_STAGE, grace=grace * 1000)

    @property
    def port(self) -> Js:
        """What its connection goes through."""
        return self._js.port

    @property
    def beat(self) -> int:
        """A number that grows while Python runs in it, if that can be told at all."""
        return int(self._js.beat())

    async def ready(self) -> None:
        """Wait until it has started.

        Raises:
            WorkerDied: it could not start, or has ended since.
        """
        if self.state.peek() == "starting":
            waiting = asyncio.get_running_loop().create_future()
            self._waiting.append(waiting)
            await waiting
        if self.error is not None:
            error = WorkerDied(str(self.error), self.error.reason)
            error.__cause__ = self.error.__cause__
            raise error

    def end(self, reason: str, message: str) -> None:
        """End it at once."""
        self._js.end(reason, message)

    def _ready(self) -> None:
        tell(self.stage, "ready")
        self._started()
        self._release_waiting()

    def _died(self, reason: str, message: str, error: str) -> None:
        cause = load(error, self._name) if error else None
        if cause is not None:
            message = f"Its module could not be imported: {type(cause).__name__}: {cause}"
        what = "was terminated" if reason == "terminated" else "has died"
        text = f"{self._name} {what} ({reason}): {message}"
        self.error = WorkerDied(text, reason)
        self.error.__cause__ = cause
        tell(self.state, "closed" if reason == "terminated" else "died")
        self._ended(text, reason)
        self._release_waiting()
        asyncio.get_running_loop().call_soon(self._let_go)  # JavaScript is in one of them now

    def _let_go(self) -> None:
        for kept in self._kept:
            kept.release()

    def _release_waiting(self) -> None:
        waiting, self._waiting = self._waiting, []
        for future in waiting:
            if not future.done():
                future.set_result(None)


def _print(stream: str, text: str) -> None:
    file = sys.stdout if stream == "stdout" else sys.stderr
    file.write(text)
    file.flush()
