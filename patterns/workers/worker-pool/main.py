# /// script
# requires-python = ">=3.12"
#
# [tool.pyodide-app]
# title = "Worker pool"
# ///
"""A picture in 96 tiles, computed by as many workers as the machine has cores; any of them may be ended."""

import asyncio
import random

import js
import scene
from pyodide.ffi import to_js

from pyodide_app.bridge import PythonVDOM, Signal, Worker, WorkerPool
from pyodide_app.bridge.vdom import Ref
from pyodide_app.bridge.vdom.elements import (
    button,
    canvas,
    dd,
    div,
    dl,
    dt,
    h1,
    header,
    i,
    li,
    output,
    p,
    progress,
    small,
    span,
    strong,
    ul,
)

TILES = scene.tiles()

pool = WorkerPool(name="painter")
done = Signal(0)
said = Signal("The workers are starting.")
rendering: Signal[asyncio.Future | None] = Signal(None)
painted_by: dict[str, int] = {}  # who has painted, in the order in which they were first seen
board = Ref()


async def render() -> None:
    """Tiles come as they are ready. One whose worker ends is computed again: that does no harm here."""
    context = board.current.getContext("2d")
    context.clearRect(0, 0, scene.WIDTH, scene.HEIGHT)
    done.value = 0
    said.value = "Renders."
    before = js.performance.now()
    async for corner, pixels, who in pool.map(scene.render, TILES, ordered=False, retries=3):
        image = js.ImageData.new(js.Uint8ClampedArray.new(to_js(pixels).buffer), scene.TILE)
        context.putImageData(image, *corner)
        sign(context, corner, painted_by.setdefault(who, len(painted_by)))
        done.value += 1
    said.value = f"Done in {(js.performance.now() - before) / 1000:.1f} s."


def sign(context, corner: tuple[int, int], painter: int) -> None:
    """A stroke in the painter's colour, at the foot of the tile."""
    x, y = corner
    context.fillStyle = f"hsl({painter * 137 % 360} 75% 50%)"
    context.fillRect(x + 1, y + scene.TILE - 2, 6, 1)


async def start_or_stop() -> None:
    if rendering.value:
        rendering.value.cancel()
        return
    rendering.value = asyncio.ensure_future(render())
    try:
        await asyncio.wait([rendering.value])
        if rendering.value.cancelled():
            said.value = f"Stopped after {done.value} tiles."
        else:
            rendering.value.result()
    finally:
        rendering.value = None


def end_one() -> None:
    """What a crash would do: its tile is computed by another, and a new worker takes its place."""
    busy = [worker for worker in pool.workers.value if worker.state.value == "busy"]
    if busy:
        random.choice(busy).terminate()


def state_of(worker: Worker) -> str:
    state = worker.state.value
    return f"starting: {worker.stage.value}" if state == "starting" else state


def member(worker: Worker):
    return li(key=worker.name)[
        i(class_=lambda: f"dot {worker.state.value}", aria_hidden="true"),
        strong[worker.name],
        span(class_="state")[lambda: state_of(worker)],
    ]


def view():
    return [
        header[
            h1["Worker pool"],
            p["96 tiles, one worker for each core. A stroke in a tile's corner tells who has computed it."],
        ],
        canvas(
            ref=board,
            width=scene.WIDTH,
            height=scene.HEIGHT,
            role="img",
            aria_label="Five spheres on a chequered floor, tile by tile",
        ),
        progress(max=len(TILES), value=done, aria_label="Tiles"),
        div(class_="controls")[
            button(class_="main", on_click=start_or_stop)[lambda: "Stop" if rendering.value else "Render"],
            button(on_click=end_one, aria_disabled=lambda: str(not rendering.value).lower())["End a worker"],
            output[said],
        ],
        dl[
            div[dt["Tiles"], dd[lambda: f"{done.value} of {len(TILES)}"]],
            div[dt["Run"], dd[pool.busy]],
            div[dt["Wait"], dd[pool.queued]],
            div[dt["Workers replaced"], dd[pool.restarts]],
        ],
        ul(aria_label="Workers")[lambda: [member(worker) for worker in pool.workers.value]],
        small[f"This machine runs {js.navigator.hardwareConcurrency} threads at once."],
    ]


PythonVDOM("app").mount(view)
asyncio.ensure_future(start_or_stop())
