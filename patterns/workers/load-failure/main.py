# /// script
# [tool.pyodide-app]
# title = "Load failure"
# ///
"""Workers that cannot start, each for another reason, and what somebody is told who waits for them."""

import traceback
from collections.abc import Callable
from dataclasses import dataclass

import js

from pyodide_app.bridge import PythonVDOM, Signal, Worker, WorkerDied
from pyodide_app.bridge.vdom.elements import (
    button,
    code,
    div,
    h1,
    h2,
    header,
    li,
    output,
    p,
    pre,
    span,
    strong,
    ul,
)

ADVICE = {
    "load": "Look at what the server has at that address, and try again.",
    "syntax": "The script was built or merged wrongly, or is meant for another browser: correct it.",
    "import": "Correct the module at this line.",
    "crashed": "Try again; if it happens again, the browser's console has more.",
    "memory": "Close other tabs, or give it less to do at once.",
    "unresponsive": "The network is slow, or something stands still: try again.",
}


@dataclass(frozen=True)
class Outcome:
    """What became of a worker, in words."""

    reason: str
    message: str
    advice: str
    trace: str
    milliseconds: float


class Case:
    """A way to fail."""

    def __init__(self, title: str, made: str, make: Callable[[], Worker]) -> None:
        self.title = title
        self.made = made
        self.make = make
        self.starting = Signal(False)
        self.outcome = Signal[Outcome | None](None)


def elsewhere() -> str:
    """This server under another name: to the browser that is another origin."""
    url = js.URL.new("worker.js", js.location.href)
    url.hostname = "localhost" if url.hostname == "127.0.0.1" else "127.0.0.1"
    return url.href


def with_script(title: str, script: str, made: str = "") -> Case:
    return Case(title, made or f'Worker(script="{script}")', lambda: Worker(script=script))


CASES = [
    with_script("The script is not there", "missing.js"),
    with_script("A web page in its place", "welcome.html"),
    with_script("On another origin", elsewhere()),
    with_script("A syntax error", "broken.js"),
    with_script("An exception in the script", "throws.js"),
    with_script("Python's WebAssembly is not there", "missing-wasm.js"),
    with_script("One wrong byte in it", "damaged-wasm.js"),
    Case("An exception in the module", 'Worker("prices")', lambda: Worker("prices")),
    Case("Nothing is wrong", "Worker()", Worker),
]


async def start(case: Case) -> None:
    if case.starting.peek():
        return
    case.starting.value, case.outcome.value = True, None
    began = js.performance.now()
    worker = case.make()
    try:
        await worker.ready()
    except WorkerDied as error:
        reason, message, advice = error.reason, str(error), ADVICE.get(error.reason, "")
        trace = own_lines(error.__cause__)
    else:
        reason, message, advice, trace = "ready", f"{worker.name} has started.", "", ""
    milliseconds = js.performance.now() - began
    worker.terminate()
    case.outcome.value = Outcome(reason, message, advice, trace, milliseconds)
    case.starting.value = False


def own_lines(error: BaseException | None) -> str:
    """Where in the app's own files an exception was raised, and which it is."""
    if error is None:
        return ""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if frame.filename.startswith("/home/pyodide/")]
    return "".join([*traceback.format_list(own), *traceback.format_exception_only(error)]).rstrip()


async def start_all() -> None:
    for case in CASES:
        await start(case)


def told(case: Case):
    outcome = case.outcome.value
    if outcome is None:
        return p(class_="quiet")["Starts."] if case.starting.value else None
    return [
        p[
            span(class_=["reason", {"good": outcome.reason == "ready"}])[outcome.reason],
            span(class_="quiet")[f" after {outcome.milliseconds:,.0f} ms"],
        ],
        p[outcome.message],
        outcome.advice and p[strong["What to do: "], outcome.advice],
        outcome.trace and pre(tabindex=0)[outcome.trace],
    ]


def row(case: Case):
    return li[
        div(class_="case")[h2[case.title], code[case.made]],
        button(
            aria_label=f"Start: {case.title}",
            aria_disabled=lambda: str(case.starting.value).lower(),
            on_click=lambda: start(case),
        )[lambda: "Starts" if case.starting.value else "Start again" if case.outcome.value else "Start"],
        output(aria_label=f"Outcome: {case.title}")[lambda: told(case)],
    ]


def view():
    return [
        header[
            h1["Load failure"],
            p["A worker can fail to start for many reasons. Here are eight, and what you are told of each."],
        ],
        button(class_="all", on_click=start_all)["Start them all"],
        ul[map(row, CASES)],
    ]


PythonVDOM("app").mount(view)
