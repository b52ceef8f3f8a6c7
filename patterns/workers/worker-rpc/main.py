# /// script
# requires-python = ">=3.12"
#
# [tool.pyodide-app]
# title = "Worker RPC"
# ///
"""A Python object in a worker, called from the page's Python; its JavaScript gets a way to one, too."""

import asyncio
from types import SimpleNamespace

import doors
import js
from pyodide.ffi import to_js

from pyodide_app.bridge import PythonVDOM, Signal, Worker, WorkerDied, callback, transfer
from pyodide_app.bridge.vdom import on
from pyodide_app.bridge.vdom.elements import button, div, form, h2, input_, label, output, p, textarea

COMLINK = js.URL.new("node_modules/comlink/dist/esm/comlink.min.mjs", js.document.baseURI).href
TEXT = (
    "The page calls the worker and the worker answers. The worker computes while the page draws. "
    "A call has an answer or an error. An error of the worker is an error of the page. The page waits for "
    "nothing while the worker computes. A stream has many answers and each answer comes when it is ready. "
    "The worker ends and each call that waits ends with an error. The page starts a worker and the worker "
    "starts a model. The model reads a text and writes a text. Each word of the text follows a word that it "
    "has followed before."
)

model: SimpleNamespace | None = None  # the worker's, as functions of this side
draft = Signal(TEXT)
start = Signal("The")
told = Signal("The worker starts.")
written = Signal("")


async def hire() -> None:
    """Start a worker with a model, and tell JavaScript the way to it. Again when it ends."""
    global model
    worker = Worker(name="writer")
    worker.on_end.append(lambda _: again())
    model = SimpleNamespace(**await worker.run(doors.for_python))
    await learn()
    ways = [js.MessageChannel.new()]
    await worker.run(doors.for_javascript, transfer(ways[0].port2), TEXT)
    if (await js.fetch(COMLINK, method="HEAD")).ok:
        ways.append(js.MessageChannel.new())
        await worker.run(doors.for_comlink, transfer(ways[1].port2), COMLINK, TEXT)
    js.postMessage("ways to the worker", js.location.origin, to_js([way.port1 for way in ways]))


def again() -> None:
    global hiring
    js.postMessage("the worker has ended", js.location.origin)  # a MessagePort does not tell
    told.value = "The worker has ended, and all that it knew is gone. A new one starts."
    hiring = asyncio.ensure_future(hire())


async def learn() -> None:
    with callback(on_progress) as progress:
        words = await model.learn(draft.peek(), progress)
    known = await model.known()
    told.value = f"Read {words} words. It knows {known['words']} different ones."


def on_progress(sentence: int, of: int) -> None:
    told.value = f"Reads sentence {sentence} of {of}."


async def write() -> None:
    written.value = ""
    try:
        async for word in await model.write(start.peek().strip(), 40):
            written.update(lambda text, word=word: f"{text} {word}".replace(" .", "."))
    except (LookupError, WorkerDied) as error:  # raised in the worker, and here
        written.value = f"{type(error).__name__}: {error}"


def view():
    return [
        h2["From Python"],
        form(on_submit=on(learn, prevent_default=True))[
            label[
                "What the model reads",
                textarea(value=draft, rows=5, on_input=lambda event: setattr(draft, "value", event.value)),
            ],
            div(class_="row")[button["Read"], output(aria_label="The model")[told]],
        ],
        form(on_submit=on(write, prevent_default=True))[
            div(class_="row")[
                label[
                    "First word",
                    input_(
                        value=start,
                        autocomplete="off",
                        on_input=lambda event: setattr(start, "value", event.value),
                    ),
                ],
                button["Write"],
            ],
            p(class_="text", aria_live="polite", aria_label="Text", role="status")[written],
        ],
    ]


PythonVDOM("app").mount(view)
hiring = asyncio.ensure_future(hire())
