"""How a worker is: whether it answers, computes, or does neither.

ping ──> its message loop turns ──> pong                  "answers"
         Python runs, and looks for signals: beat grows   "computes"; told by shared memory, or by messages
         neither, for as long as one has patience         "silent": stuck in one long step, or hung
         its lock is free                                 "dead"; known at once, without a look
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import final

from pyodide_app.bridge.workers._tell import tell
from pyodide_app.bridge.workers._worker import Pulse, Worker

__all__ = ["Heartbeat", "HeartbeatPolicy"]


@final
@dataclass(frozen=True, kw_only=True)
class HeartbeatPolicy:
    """How a pool looks after its workers.

    Attributes:
        every: seconds between looks.
        patience: seconds without any sign until a worker counts as silent; its state is "unresponsive" then.
        replace: whether a silent one is ended then and replaced: its task raises `WorkerDied`.
    """

    every: float = 1.0
    patience: float = 10.0
    replace: bool = False

    def watch(self, worker: Worker) -> "Heartbeat":
        """Look after a worker that has started."""

        def give_up(worker: Worker) -> None:
            worker.give_up(f"It has given no sign of life for {self.patience:g} s.")

        on_silence = give_up if self.replace else None
        return Heartbeat(worker, every=self.every, patience=self.patience, on_silence=on_silence)

    def __post_init__(self) -> None:
        if self.every <= 0 or self.patience < self.every:
            raise ValueError(
                f"every ({self.every!r}) must be above 0, patience ({self.patience!r}) not below it"
            )


@final
class Heartbeat:
    """Looks after a worker that has started, until it ends or `stop` is called.

    Python that computes gives a sign five times a second, or more often; where neither shared memory nor a
    service worker reaches it, it gives none: let `patience` be longer than the longest call then.

    Args:
        every: seconds between looks.
        patience: seconds without any sign until it is silent; its state is "unresponsive" then.
        on_silence: what to do about it, such as `Worker.terminate`; gets the worker.

    Attributes:
        pulse: the worker's own signal: "answers", "computes", "silent" or "dead".
    """

    def __init__(
        self,
        worker: Worker,
        *,
        every: float = 1.0,
        patience: float = 10.0,
        on_silence: Callable[[Worker], object] | None = None,
    ) -> None:
        HeartbeatPolicy(every=every, patience=patience)  # which checks them
        self.pulse = worker.pulse
        self._worker = worker
        self._every = every
        self._patience = patience
        self._on_silence = on_silence
        self._asked = 0
        self._answered = 0
        self._beat = worker.beat
        self._silence = 0.0  # in looks, not by the clock: the page itself may have been asleep
        self._timer: asyncio.TimerHandle | None = None
        worker.on_pong = self._ponged
        worker.on_end.append(self._ended)
        if worker.error is None:
            self._ask()
        else:
            self._ended(worker)

    def stop(self) -> None:
        """Look no more. Again is harmless."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _ask(self) -> None:
        if self._asked == self._answered:
            self._asked += 1
            self._worker.ping(self._asked)
        self._timer = asyncio.get_running_loop().call_later(self._every, self._look)

    def _ponged(self, number: int) -> None:
        self._answered = number

    def _look(self) -> None:
        beat, before = self._worker.beat, self._beat
        self._beat = beat
        if self._asked == self._answered:
            self._found("answers")
        elif beat != before:
            self._found("computes")
        else:
            self._silence += self._every
            if self._silence >= self._patience and self.pulse.peek() != "silent":
                self._worker.seem(responsive=False)
                tell(self.pulse, "silent")
                if self._on_silence is not None:
                    self._on_silence(self._worker)
        if self._worker.error is None:
            self._ask()

    def _found(self, pulse: Pulse) -> None:
        self._silence = 0.0
        self._worker.seem(responsive=True)
        tell(self.pulse, pulse)

    def _ended(self, worker: Worker) -> None:
        self.stop()
        tell(self.pulse, "dead")
