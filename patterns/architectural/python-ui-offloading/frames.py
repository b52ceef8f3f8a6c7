"""How many frames the page draws, how long each takes to come, and a strip that shows it."""

import asyncio
from dataclasses import dataclass

import js

from pyodide_app.bridge import Signal, keep_alive

WIDTH, HEIGHT = 640, 56
PIXELS = 0.06  # of the strip's width for each millisecond: one for a frame at 60 a second
SLOW = 35  # milliseconds without a frame that one may see
LOOK = 500  # milliseconds between new values of the rate


@dataclass(frozen=True)
class Count:
    """What was seen during some work: frames, and milliseconds."""

    frames: int
    time: float
    longest: float  # without a frame

    @property
    def rate(self) -> float:
        return self.frames / self.time * 1000


class Frames:
    """Counts the frames that the browser draws, from `begin` to `end`."""

    def __init__(self) -> None:
        self.rate: Signal[int | None] = Signal(None)  # frames a second of late
        self._context = None
        self._last = self._began = js.performance.now()
        self._frames = 0
        self._longest = 0.0
        self._lately: list[float] = []
        self._shift = 0.0
        self._waiting: list[asyncio.Future[None]] = []
        self._tick = keep_alive(self._on_frame)

    def show_on(self, canvas) -> None:
        """Draw the strip there, and begin to count."""
        self._context = canvas.getContext("2d")
        self._context.globalCompositeOperation = "copy"
        js.requestAnimationFrame(self._tick.proxy)

    async def begin(self) -> None:
        """Count from the next frame on; what was changed before is in the page then."""
        await self._next()
        self._began, self._frames, self._longest = js.performance.now(), 0, 0.0

    async def end(self) -> Count:
        """What was seen since; the wait for the frame that comes now is in it."""
        frames, time = self._frames, js.performance.now() - self._began
        await self._next()
        return Count(frames, time, self._longest)

    async def _next(self) -> None:
        coming = asyncio.get_running_loop().create_future()
        self._waiting.append(coming)
        await coming

    def _on_frame(self, _: float) -> None:
        now = js.performance.now()  # what the browser gives is when the frame should have come
        took, self._last = now - self._last, now
        self._frames += 1
        self._longest = max(self._longest, took)
        self._draw(took)
        self._lately.append(now)
        if now - self._lately[0] >= LOOK:
            self.rate.value = round((len(self._lately) - 1) / (now - self._lately[0]) * 1000)
            self._lately = [now]
        waiting, self._waiting = self._waiting, []
        for coming in waiting:
            if not coming.done():
                coming.set_result(None)
        js.requestAnimationFrame(self._tick.proxy)

    def _draw(self, took: float) -> None:
        """Move the strip, and put a bar for this frame at its end: as wide and high as it took long."""
        context = self._context
        self._shift += took * PIXELS
        width = int(self._shift)
        self._shift -= width
        if width == 0:
            return
        height = min(HEIGHT, 4 + took * 0.25)
        context.drawImage(context.canvas, -width, 0)
        context.globalCompositeOperation = "source-over"
        context.fillStyle = "#d9483b" if took > SLOW else "#2f9e6e"
        context.fillRect(WIDTH - width, HEIGHT - height, width, height)
        context.globalCompositeOperation = "copy"
