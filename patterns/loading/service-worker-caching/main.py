# /// script
# requires-python = ">=3.12"
#
# [tool.pyodide-app]
# title = "Service worker caching"
# ///
"""Where this visit came from, how long it took, and what the browser keeps for the next one."""

import asyncio

import js
import kept

from pyodide_app.bridge import PythonVDOM, Signal, keep_alive, site
from pyodide_app.bridge.vdom.elements import (
    button,
    code,
    dd,
    div,
    dl,
    dt,
    h1,
    h2,
    li,
    ol,
    output,
    p,
    pre,
    section,
)

took = js.performance.now() / 1000  # seconds since the navigation
nothing_because = await kept.why_nothing()
visit = kept.Visit(took, site.is_kept())
visits = [] if nothing_because else kept.remember(visit)

caches: Signal[tuple[tuple[str, int], ...]] = Signal(())
stored = Signal("")
is_ready = Signal(False)  # for the next visit
said = Signal("")
update = Signal(None)  # the event that told of a newer version

ANSWERS = {
    "dev": ("Nothing is kept here.", "The dev server has each file anew, since you are changing them."),
    "insecure": ("Nothing can be kept here.", "Browsers allow it on https and on localhost only."),
    "host": ("This visit came from the host.", "What it has loaded is kept for the next one."),
    "browser": ("This visit came from the browser.", "It would have come without a network, too."),
}


# --- what happens ---


async def look() -> None:
    caches.value = tuple(await kept.caches())
    usage, quota = await kept.usage()
    stored.value = f"{usage / 1e6:.1f} MB of {quota / 1e9:.1f} GB that it may"


async def wait_until_kept() -> None:
    """A service worker is active once it has fetched and checked each file."""
    await look()
    await js.navigator.serviceWorker.ready
    is_ready.value = True
    await look()


async def clear() -> None:
    await site.clear()
    is_ready.value = False
    await look()
    said.value = "Nothing of the site is kept any more. The next visit is a first one."


def on_update(event) -> None:
    event.preventDefault()  # no bar: this page says it in its own way
    update.value = event


async def take_over() -> None:
    await update.value.detail.activate()
    js.location.reload()


# --- the page ---


def verdict():
    where = nothing_because or ("browser" if visit.was_kept else "host")
    answer, reason = ANSWERS[where]
    return div(class_={"verdict": True, "good": visit.was_kept})[
        p(class_="answer")[answer],
        p[reason],
        p(class_="time")[f"The program began {took:.2f} s after you came."],
    ]


def newer():
    return (
        update.value
        and div(class_="verdict", role="status")[
            p[
                "A newer version of this page is here, whole and checked. "
                "You see the old one until you want the new one."
            ],
            button(on_click=take_over)["Take the new version"],
        ]
    )


def history():
    slowest = max(each.seconds for each in visits)
    return section[
        h2["Your last visits"],
        ol[
            (
                li[
                    div(
                        class_={"bar": True, "good": each.was_kept},
                        style={"width": f"{each.seconds / slowest:.0%}"},
                    ),
                    f"{each.seconds:.2f} s, from the {'browser' if each.was_kept else 'host'}",
                ]
                for each in visits
            )
        ],
    ]


def storage():
    return section[
        h2["What the browser keeps"],
        dl[
            lambda: (
                [
                    div[dt[code[name]], dd[f"{count} {'file' if count == 1 else 'files'}"]]
                    for name, count in caches.value
                ]
                or div[dt["No cache"], dd["0 files"]]
            ),
            div[dt["Stored by this origin"], dd[stored]],
        ],
        div(class_="buttons")[
            button(on_click=look)["Look again"],
            button(on_click=clear, disabled=lambda: not is_ready.value)["Clear"],
        ],
        output[lambda: said.value or (is_ready.value and "The next visit needs no network.")],
    ]


def how_to_see_it():
    return section[
        h2["See it kept"],
        p["Build the site, and serve it as a host does:"],
        pre["pyodide-app build patterns/loading/service-worker-caching\npyodide-app preview"],
        p["Visit it twice, then stop the server and visit it again."],
    ]


def page():
    return [
        h1["What the browser keeps"],
        verdict(),
        newer,
        how_to_see_it() if nothing_because else [history(), storage()],
    ]


PythonVDOM("app").mount(page)
if not nothing_because:
    js.document.querySelector("pyodide-app").addEventListener("update", keep_alive(on_update).proxy)
    asyncio.ensure_future(wait_until_kept())
