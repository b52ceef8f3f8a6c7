# /// script
# requires-python = ">=3.12"
#
# [tool.pyodide-app]
# title = "Cross-origin isolation"
# ///
"""Whether this page is cross-origin isolated, who made it so, and what it has of that."""

from itertools import pairwise

import js

from pyodide_app.bridge import IsolationRequired, PythonVDOM, SharedArray, Signal
from pyodide_app.bridge.vdom.elements import button, code, dd, div, dl, dt, h1, h2, output, p, section, span

HEADERS = ["Cross-Origin-Opener-Policy", "Cross-Origin-Embedder-Policy", "Document-Isolation-Policy"]

said = Signal("")
isolated = bool(js.crossOriginIsolated)
# A fetch by the page is not touched by the service worker, so it shows what the host itself sends.
sent = (await js.fetch(js.location.href, method="HEAD", cache="no-store")).headers
has_worker = bool(getattr(getattr(js.navigator, "serviceWorker", None), "controller", None))


def who() -> str:
    if not isolated:
        return js.document.documentElement.dataset.isolation
    if any(sent.has(name) for name in HEADERS[1:]):
        return "Its host sends the headers for it."
    return "Its host sends no headers for it: a service worker adds them, since the page was loaded again."


def clock() -> str:
    """The smallest step that the browser's clock makes here."""
    times = sorted({js.performance.now() for _ in range(5000)})
    return f"{min(after - before for before, after in pairwise(times)) * 1000:.0f} µs"


def share() -> None:
    try:
        numbers = SharedArray(1000, "i")
    except IsolationRequired as error:
        said.value = str(error)
        return
    numbers[...] = 1
    numbers.js.fill(2, 500)  # JavaScript writes into the same memory
    said.value = (
        f"Python wrote 1, JavaScript 2 into half of them. Python reads a sum of {sum(numbers[...]):,}."
    )


async def start_over() -> None:
    for registration in await js.navigator.serviceWorker.getRegistrations():
        await registration.unregister()
    js.location.reload()


def fact(name: str, value: object):
    return [dt[name], dd[value]]


def view():
    return [
        h1["Cross-origin isolation"],
        div(class_={"verdict": True, "good": isolated})[
            span(class_="sign", aria_hidden="true")["\N{CHECK MARK}" if isolated else "!"],
            div[p(class_="answer")["This page is", " " if isolated else " not ", "isolated."], p[who()]],
        ],
        section[
            h2["What the host sends"],
            dl[[fact(name, code[sent.get(name)] if sent.has(name) else "nothing") for name in HEADERS]],
        ],
        section[
            h2["What the page has"],
            dl[
                fact("SharedArrayBuffer", "yes" if hasattr(js, "SharedArrayBuffer") else "no"),
                fact("A step of the clock", clock()),
                fact(
                    "Measuring memory",
                    "yes" if hasattr(js.performance, "measureUserAgentSpecificMemory") else "no",
                ),
            ],
        ],
        section[
            h2["Try it"],
            div(class_="buttons")[
                button(on_click=share)["Share a thousand numbers"],
                has_worker and button(on_click=start_over)["Remove the service worker and load again"],
            ],
            output[said],
        ],
    ]


PythonVDOM("app").mount(view)
