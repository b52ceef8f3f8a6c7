# /// script
# requires-python = ">=3.12"
# dependencies = ["numpy"]
#
# [tool.pyodide-app]
# title = "Shared memory"
# ///
"""A worker grows patterns as fast as it can; the page shows them and draws into them, without one message."""

import asyncio
import random
import struct

import js
from grow import grow
from plate import FRAME, RATES, SIZE, TAKEN

from pyodide_app.bridge import PythonVDOM, SharedArray, Signal, keep_alive, ring_buffer
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
    label,
    option,
    p,
    select,
)
from pyodide_app.bridge.workers import Worker

pictures = SharedArray((2, SIZE, SIZE, 4), "uint8")  # one is shown, the other one is made
rates = SharedArray(2, "float32")
state = SharedArray(2, "int32")
pen, strokes = ring_buffer(4096)

board = Ref()
kind = Signal("Corals")
paused = Signal(False)
shown = Signal(0)
speed = Signal(0)
copied = Signal(0)


def choose(name: str) -> None:
    kind.value = name
    rates[0], rates[1] = RATES[name]


async def draw(x: float, y: float) -> None:
    await pen.write_async(struct.pack("hh", round(x), round(y)))  # waits only if the ring is full


async def drop_seeds() -> None:
    for _ in range(12):
        await draw(random.randrange(SIZE), random.randrange(SIZE))


async def on_pointer(event) -> None:
    if event.buttons:
        size = board.current.clientWidth
        await draw(event.offset_x / size * SIZE, event.offset_y / size * SIZE)


def view():
    return [
        header[
            h1["Shared memory"],
            p["A worker grows a pattern. Draw into it: what you draw reaches the worker while it computes."],
        ],
        canvas(
            ref=board,
            width=SIZE,
            height=SIZE,
            role="img",
            aria_label="The pattern as it grows",
            on_pointerdown=on_pointer,
            on_pointermove=on_pointer,
        ),
        div(class_="controls")[
            label[
                "Pattern",
                select(value=kind, on_change=lambda event: choose(event.value))[
                    [option[name] for name in RATES]
                ],
            ],
            button(on_click=drop_seeds)["Drop seeds"],
            button(
                aria_pressed=lambda: str(paused.value).lower(),
                on_click=lambda: paused.update(lambda is_so: not is_so),
            )[lambda: "Go on" if paused.value else "Pause"],
        ],
        dl[
            div[dt["Pictures"], dd[lambda: f"{shown.value:,}"]],
            div[dt["A second"], dd[speed]],
            div[dt["Bytes of them in this Python"], dd[copied]],
            div[dt["Messages"], dd["0"]],
        ],
    ]


PythonVDOM("app").mount(view)
context = board.current.getContext("2d")
image = js.ImageData.new(SIZE, SIZE)
halves = [pictures.js.subarray(start, start + image.data.length) for start in (0, image.data.length)]


def show(_: float) -> None:
    """Take the newest picture, once a frame: JavaScript copies it, from the shared memory to the canvas."""
    frame = state.atomics.load(FRAME)
    if frame != state.atomics.load(TAKEN) and not paused.value:
        image.data.set(halves[frame % 2])
        context.putImageData(image, 0, 0)
        state.atomics.store(TAKEN, frame)
        state.atomics.notify(TAKEN)
        shown.value = frame
    js.requestAnimationFrame(drawing.proxy)


async def measure() -> None:
    while True:
        before = shown.value
        await asyncio.sleep(1)
        speed.value = shown.value - before
        copied.value = pictures.copies.nbytes


drawing = keep_alive(show)
choose(kind.value)
await drop_seeds()
worker = Worker(name="grower")
growing = asyncio.ensure_future(worker.run(grow, pictures, rates, state, strokes))
measuring = asyncio.ensure_future(measure())
js.requestAnimationFrame(drawing.proxy)
