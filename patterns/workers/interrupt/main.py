# /// script
# requires-python = ">=3.12"
# dependencies = ["numpy"]
#
# [tool.pyodide-app]
# title = "Interrupt"
# ///
"""A stop button for anything that a worker does: politely at first, then by a new worker."""

import asyncio
from collections.abc import Awaitable, Callable

import jobs
import js

from pyodide_app.bridge import PythonVDOM, Signal, Worker, keep_alive
from pyodide_app.bridge.vdom.elements import (
    button,
    code,
    dd,
    div,
    dl,
    dt,
    h1,
    h2,
    header,
    li,
    output,
    p,
    span,
    ul,
)

GRACE = 1.5  # seconds for a job to stop
isolated = bool(js.crossOriginIsolated)

if isolated:
    NOTE = "This page is cross-origin isolated, so Python in the worker can be interrupted while it runs."
elif hasattr(js.navigator, "serviceWorker"):
    NOTE = (
        "This page is not cross-origin isolated, so a job asks a service worker five times a second whether "
        "it shall stop."
    )
else:
    NOTE = (
        "This page is neither cross-origin isolated nor secure: only what awaits can be stopped politely. "
        "For all else the worker is replaced."
    )


class Job:
    """A job, what has become of it, and what it has printed since it was started."""

    def __init__(self, title: str, text: str, function: Callable[[], Awaitable[None] | None]) -> None:
        self.title = title
        self.text = text
        self.function = function
        self.outcome = Signal("")
        self.printed: list[str] = []


JOBS = [
    Job("A busy loop", "while True: pass", jobs.loop),
    Job("A sleep", "time.sleep(3600)", jobs.sleep),
    Job("An await", "await asyncio.sleep(3600)", jobs.rest),
    Job("NumPy", "while True: np.sort(numbers)", jobs.sort),
    Job("One that ignores it", "except KeyboardInterrupt: pass", jobs.insist),
]
running = Signal[Job | None](None)
stopped_at = Signal(0.0)  # when the stop button was pressed; 0 if it was not
replaced = Signal(0)


def hire() -> Worker:
    new = Worker("jobs", name=f"worker-{replaced.peek() + 1}", grace=GRACE, on_output=hear)
    new.on_idle.append(on_idle)
    new.on_end.append(on_end)
    return new


def hear(_stream: str, text: str) -> None:
    job = running.peek()
    for line in text.splitlines() if job else ():
        if line == jobs.RUNS:
            job.outcome.value = "Runs."
        elif line:
            job.printed.append(line)


def start(job: Job) -> None:
    global task
    if running.peek() is None:
        running.value = job
        job.printed, job.outcome.value = [], "Is sent."
        task = asyncio.ensure_future(worker.peek().run(job.function))


def stop() -> None:
    if running.peek() and not stopped_at.peek():
        stopped_at.value = js.performance.now()
        task.cancel()  # as for any task: here it ends at once, over there it is stopped


def on_idle(_: Worker) -> None:
    """The job has really ended, and its worker is there for the next one."""
    if running.peek():
        ended("The worker goes on.")


def on_end(dead: Worker) -> None:
    """It did not stop within its grace period; the worker has been ended."""
    replaced.value += 1
    worker.value = hire()
    ended(f"{dead.name} was ended ({dead.error.reason}), a new one is starting.")


def ended(then: str) -> None:
    job = running.peek()
    took = js.performance.now() - stopped_at.peek()
    printed = ", then ".join(job.printed) or "nothing was raised in it"
    job.outcome.value = f"Stopped after {took:,.0f} ms: {printed}. {then}"
    running.value, stopped_at.value = None, 0.0


def on_key(event) -> None:
    if event.key == "Escape":
        stop()


def command(job: Job):
    def label() -> str:
        if running.value is not job:
            return "Start"
        return "Stopping" if stopped_at.value else "Stop"

    def is_closed() -> bool:
        other = running.value not in (None, job)
        return (
            other
            or (running.value is job and bool(stopped_at.value))
            or worker.value.state.value == "starting"
        )

    return button(
        class_={"stop": lambda: running.value is job},
        aria_disabled=lambda: str(is_closed()).lower(),
        aria_label=lambda: f"{label()}: {job.title}",
        on_click=lambda: stop() if running.peek() is job else start(job),
    )[label]


def row(job: Job):
    return li[
        div(class_="job")[h2[job.title], code[job.text]],
        command(job),
        output(aria_label=f"Outcome of {job.title}")[job.outcome],
    ]


def view():
    return [
        header[
            h1["Interrupt"],
            p[
                "Start something that never ends in a worker, and stop it. ",
                span(class_="key")["Esc"],
                " stops, too.",
            ],
        ],
        dl[
            div[dt["Worker"], dd[lambda: worker.value.name]],
            div[dt["State"], dd(class_="state")[lambda: worker.value.state.value]],
            div[dt["Replaced"], dd[replaced]],
            div[dt["Shared memory"], dd["yes" if isolated else "no"]],
        ],
        ul[map(row, JOBS)],
        p(class_="note")[NOTE],
    ]


task: asyncio.Future | None = None
worker = Signal(hire())
js.document.addEventListener("keydown", keep_alive(on_key).proxy)
PythonVDOM("app").mount(view)
