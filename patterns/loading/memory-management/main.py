# /// script
# requires-python = ">=3.12"
#
# [tool.pyodide-app]
# title = "Memory management"
# ///
"""Cards that open and close, with four ways to listen to their clicks. One of them never lets go."""

import gc
import weakref

import pyodide_js
from js import Array, Reflect, document
from pyodide.ffi import JsException, create_proxy

from pyodide_app.bridge import Signal, keep_alive, live_count
from pyodide_app.bridge.vdom import PythonVDOM
from pyodide_app.bridge.vdom.elements import button, dd, div, dl, dt, h1, h2, output, p, section

CARDS = 50

alive: weakref.WeakSet["Card"] = weakref.WeakSet()


class Card:
    """What a card shows. Large, so that one can see it go, or stay."""

    def __init__(self) -> None:
        self.picture = bytearray(200_000)
        self.clicks = 0
        alive.add(self)

    def click(self) -> None:
        self.clicks += 1


# --- four ways ---


def forgotten() -> None:
    """The element holds the proxy, this the handler, and this the element: nobody ends the circle."""
    card, element = Card(), document.createElement("button")

    def on_click(_event):
        card.click()
        element.remove()

    element.addEventListener("click", create_proxy(on_click))
    element.click()


class View:
    """Python's side of an element; who closes a card forgets its view."""

    def __init__(self) -> None:
        self.element = document.createElement("button")


def owned() -> None:
    """The proxy ends with the view. If the handler held the view, this would never end."""
    card, view = Card(), View()
    element = view.element

    def on_click(_event):
        card.click()
        element.remove()

    element.addEventListener("click", keep_alive(on_click, owner=view).proxy)
    element.click()


def in_a_block() -> None:
    """The proxy ends with the block."""
    card, element = Card(), document.createElement("button")
    with keep_alive(lambda _event: card.click()) as kept:
        element.addEventListener("click", kept.proxy)
        element.click()
        element.removeEventListener("click", kept.proxy)


def in_a_tree() -> None:
    """No proxy: PythonVDOM has one for all handlers, and forgets a handler with its element."""
    card, place = Card(), document.createElement("div")
    cards = PythonVDOM(place)
    cards.patch(button(on_click=card.click)["Card"])
    cards.flush()
    place.firstChild.click()
    cards.close()


# --- two mistakes ---


def lend() -> None:
    """JavaScript keeps a function that was only lent to it for the call of push."""
    shelf = Array.new()
    shelf.push(lambda: "never seen")
    call(shelf)


def release_too_early() -> None:
    """JavaScript keeps a proxy that Python has ended."""
    shelf = Array.new()
    with keep_alive(lambda: "never seen") as kept:
        shelf.push(kept.proxy)
    call(shelf)


def call(shelf) -> None:
    try:
        Reflect.apply(shelf.at(0), None, Array.new())
    except JsException as error:
        mistake.value = str(error).splitlines()[0]


# --- the page ---

held = Signal(0)
kept = Signal(0)
megabytes = Signal(0.0)
mistake = Signal("")


def measure() -> None:
    gc.collect()
    held.value = len(alive)
    kept.value = live_count()
    megabytes.value = pyodide_js._module.HEAP8.length / 1e6


def open_and_close(way) -> None:
    for _ in range(CARDS):
        way()
    measure()


def choice(title: str, what: str, action):
    return div(class_="choice")[button(on_click=action)[title], p[what]]


def number(name: str, value):
    return div[dt[name], dd[output(aria_label=name)[value]]]


def page():
    return [
        h1["Who lets go?"],
        p[f"Each button opens {CARDS} cards of 200 kB, clicks them, and closes them. Nothing should remain."],
        dl(class_={"leaking": lambda: held.value > 0})[
            number("Closed cards still in memory", held),
            number("Kept by keep_alive", kept),
            number("Memory of Python, in MB", lambda: f"{megabytes.value:.0f}"),
        ],
        section[
            choice("Forget", "create_proxy, and no destroy", lambda: open_and_close(forgotten)),
            choice("Own", "keep_alive with an owner", lambda: open_and_close(owned)),
            choice("Block", "keep_alive in a with block", lambda: open_and_close(in_a_block)),
            choice("Tree", "handlers of PythonVDOM", lambda: open_and_close(in_a_tree)),
        ],
        h2["Let go too early"],
        section[
            choice("Lend", "a bare function, called later", lend),
            choice("Release", "a proxy, called after its end", release_too_early),
        ],
        p(class_="mistake", role="status")[mistake],
    ]


PythonVDOM("app").mount(page)
measure()
