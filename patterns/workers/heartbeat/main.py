# /// script
# requires-python = ">=3.12"
#
# [tool.pyodide-app]
# title = "Heartbeat"
# ///
"""A worker that waits, computes, hangs or dies: four things that look the same to who waits for it."""

import asyncio

import jobs
import js

from pyodide_app.bridge import Heartbeat, PythonVDOM, Signal, Worker, WorkerDied
from pyodide_app.bridge.vdom.elements import (
    button,
    code,
    dd,
    div,
    dl,
    dt,
    h1,
    header,
    i,
    input_,
    label,
    li,
    output,
    p,
    section,
    ul,
)

EVERY, PATIENCE = 0.25, 2.0  # seconds
LOOKS = 60  # shown

JOBS = [
    ("Wait", "await asyncio.sleep(4)", jobs.wait),
    ("Compute", "while True: pass", jobs.compute),
    ("Hang", "sum(range(10**11))", jobs.hang),
    ("Crash", "js.close()", jobs.crash),
]
MEANS = {
    "starting": "It starts.",
    "answers": "Its message loop turns: it answers at once.",
    "computes": "It does not answer, but Python runs: it is busy.",
    "silent": f"No answer and no sign of Python for {PATIENCE:g} s: one long step, or it hangs.",
    "dead": "The thread is gone.",
}

replace = Signal(True)
replaced = Signal(0)
said = Signal("Nothing was asked of it yet.")
looks: Signal[tuple[str, ...]] = Signal(())
task: asyncio.Future | None = None


def hire() -> Worker:
    worker = Worker(name=f"worker-{replaced.peek() + 1}")
    worker.on_idle.append(look_after)
    worker.on_end.append(on_end)
    return worker


def look_after(worker: Worker) -> None:
    """It has started: from now on its heart is listened to."""
    worker.on_idle.remove(look_after)
    Heartbeat(worker, every=EVERY, patience=PATIENCE, on_silence=on_silence)


def on_silence(worker: Worker) -> None:
    """The policy: what to do about a worker that gives no sign."""
    if replace.value:
        worker.give_up(f"It has given no sign of life for {PATIENCE:g} s.")


def on_end(_: Worker) -> None:
    replaced.value += 1
    looks.value = (*looks.value, "dead")[-LOOKS:]
    current.value = hire()


def pulse() -> str:
    worker = current.value
    return "starting" if worker.state.value == "starting" else worker.pulse.value


async def ask(name: str, function) -> None:
    global task
    if current.value.state.value != "idle":
        return
    said.value = f"{name}: it was asked, and has not answered."
    task = asyncio.ensure_future(current.value.run(function))
    try:
        await asyncio.wait([task])
        task.result()
        said.value = f"{name}: it has answered."
    except asyncio.CancelledError:
        said.value = f"{name}: you have cancelled it."
    except WorkerDied as error:
        said.value = f"{name}: {error}"


def stop() -> None:
    if task and not task.done():
        task.cancel()


def choose(event) -> None:
    replace.value = event.checked


async def listen() -> None:
    """One stroke for each look."""
    while True:
        looks.value = (*looks.value, pulse())[-LOOKS:]
        await asyncio.sleep(EVERY)


def ready() -> bool:
    return current.value.state.value == "idle"


def job(name: str, text: str, function):
    return li[
        button(aria_disabled=lambda: str(not ready()).lower(), on_click=lambda: ask(name, function))[name],
        code[text],
    ]


def view():
    return [
        header[
            h1["Heartbeat"],
            p["No answer may mean four things. Ask the worker for each: its pulse tells them apart."],
        ],
        section(class_=lambda: f"heart {pulse()}", aria_label="Pulse")[
            div(class_="beat")[i(aria_hidden="true"), output[pulse]],
            p[lambda: MEANS[pulse()]],
            div(class_="strip", aria_hidden="true")[lambda: [i(class_=look) for look in looks.value]],
        ],
        ul[[job(*each) for each in JOBS]],
        div(class_="controls")[
            button(on_click=stop, aria_disabled=lambda: str(ready()).lower())["Cancel"],
            label[
                input_(type="checkbox", checked=replace, on_change=choose),
                f"Replace a worker that is silent for {PATIENCE:g}\u00a0s",
            ],
        ],
        output(class_="said")[said],
        dl[
            div[dt["Worker"], dd[lambda: current.value.name]],
            div[dt["State"], dd[lambda: current.value.state.value]],
            div[dt["Replaced"], dd[replaced]],
            div[dt["Shared memory"], dd["yes" if js.crossOriginIsolated else "no"]],
        ],
    ]


current: Signal[Worker] = Signal(hire())
PythonVDOM("app").mount(view)
listening = asyncio.ensure_future(listen())
