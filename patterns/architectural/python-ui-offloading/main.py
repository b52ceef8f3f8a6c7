# /// script
# requires-python = ">=3.12"
#
# [tool.pyodide-app]
# title = "Offloading from the page"
# ///
"""The same four pictures, computed in a worker or in the page itself, while the page counts its frames."""

from collections.abc import Awaitable, Callable

import js
from fractal import HEIGHT, WHOLE, WIDTH, colours, escape_times, most_intricate
from frames import HEIGHT as STRIP_HEIGHT
from frames import WIDTH as STRIP_WIDTH
from frames import Count, Frames
from pyodide.ffi import to_js

from pyodide_app.bridge import PythonVDOM, Signal, Worker
from pyodide_app.bridge.vdom import Ref
from pyodide_app.bridge.vdom.elements import (
    button,
    canvas,
    div,
    h1,
    header,
    input_,
    label,
    output,
    p,
    section,
    strong,
    table,
    tbody,
    td,
    th,
    thead,
    tr,
)

PICTURES = 4
Call = Callable[..., Awaitable]

worker = Worker(name="painter")
frames = Frames()
counts = {where: Signal[Count | None](None) for where in ("In a worker", "In the page")}
works = Signal("")  # where, while it does
said = Signal("Each run computes four pictures, each a part of the one before.")
board = Ref()
strip = Ref()


async def dive(call: Call) -> None:
    """Linear code: it reads the same, whoever does the work."""
    spot = WHOLE
    for number in range(PICTURES):
        times = await call(escape_times, spot)
        show(await call(colours, times), number)
        spot = await call(most_intricate, spot, times)


async def here(function: Callable, *args):
    """A call that is none: the page does the work itself."""
    return function(*args)


def show(picture: bytes, number: int) -> None:
    pixels = js.Uint8ClampedArray.new(to_js(picture).buffer)
    board.current.getContext("2d").putImageData(js.ImageData.new(pixels, WIDTH), 0, 0)
    said.value = f"Picture {number + 1} of {PICTURES}."


async def run(where: str, call: Call) -> None:
    if works.value:
        return
    works.value = where
    said.value = f"{where}: at work."
    try:
        await frames.begin()
        await dive(call)
        counts[where].value = count = await frames.end()
        said.value = f"{where}: {count.frames:,} frames meanwhile."
    finally:
        works.value = ""


def command(where: str, call: Call):
    def is_open() -> bool:
        return not works.value and (call is here or worker.state.value != "starting")

    return button(aria_disabled=lambda: str(not is_open()).lower(), on_click=lambda: run(where, call))[where]


def result(where: str):
    def shown(text: Callable[[Count], str]):
        return lambda: text(counts[where].value) if counts[where].value else "\N{EN DASH}"

    return tr[
        th(scope="row")[where],
        td(class_="frames")[shown(lambda count: f"{count.frames:,}")],
        td[shown(lambda count: f"{count.rate:.0f}")],
        td[shown(lambda count: f"{count.longest:,.0f} ms")],
        td[shown(lambda count: f"{count.time / 1000:.1f} s")],
    ]


def view():
    return [
        header[
            h1["Offloading from the page"],
            p["Compute four pictures, and see what becomes of the page meanwhile."],
        ],
        section(class_="meter", aria_label="Frames")[
            p[
                strong[lambda: frames.rate.value or "\N{EN DASH}"],
                " frames a second",
            ],
            canvas(
                ref=strip,
                width=STRIP_WIDTH,
                height=STRIP_HEIGHT,
                role="img",
                aria_label="The last ten seconds: a bar for each frame, the higher the later it came",
            ),
            label["Type here meanwhile", input_(autocomplete="off")],
        ],
        div(class_="work")[
            canvas(
                ref=board, width=WIDTH, height=HEIGHT, role="img", aria_label="The picture, as far as it is"
            ),
            div(class_="side")[
                p["Compute"],
                div(class_="buttons")[command("In a worker", worker.run), command("In the page", here)],
                output[said],
            ],
        ],
        div(class_="results", tabindex=0, role="region", aria_label="Results")[
            table[
                thead[
                    tr[
                        td(),
                        th(scope="col")["Frames meanwhile"],
                        th(scope="col")["A second"],
                        th(scope="col")["Longest wait"],
                        th(scope="col")["Work"],
                    ]
                ],
                tbody[[result(where) for where in counts]],
            ]
        ],
    ]


PythonVDOM("app").mount(view)
frames.show_on(strip.current)
