# /// script
# requires-python = ">=3.12"
#
# [tool.pyodide-app]
# title = "Seven GUIs"
# ///
"""The seven tasks of the 7GUIs benchmark, each in a tab of its own."""

from cells import Cells
from circles import CircleDrawer
from counter import Counter
from crud import Crud
from flight import FlightBooker
from js import location, window
from temperature import Temperature
from timer import Timer

from pyodide_app.bridge import ReactiveList, Signal, effect, keep_alive
from pyodide_app.bridge.vdom import Element, PythonVDOM, each
from pyodide_app.bridge.vdom.elements import a, div, h2, nav, section

TASKS = {
    "counter": ("Counter", Counter),
    "temperature": ("Temperature Converter", Temperature),
    "flight": ("Flight Booker", FlightBooker),
    "timer": ("Timer", Timer),
    "crud": ("CRUD", Crud),
    "circles": ("Circle Drawer", CircleDrawer),
    "cells": ("Cells", Cells),
}

current = Signal("counter")  # one of TASKS
opened: ReactiveList[str] = ReactiveList()  # a task is built when it is first looked at, and stays


def follow_address() -> None:
    name = str(location.hash).removeprefix("#")
    current.value = name if name in TASKS else "counter"


@effect
def open_current() -> None:
    name = current.value
    if name not in opened:
        opened.append(name)


def tab(name: str) -> Element:
    return a(
        href=f"#{name}",
        aria_current=lambda: "page" if current.value == name else None,
    )[TASKS[name][0]]


def panel(name: str) -> Element:
    title, task = TASKS[name]
    return section(aria_label=title, hidden=lambda: current.value != name)[h2[title], task()]


def app() -> Element:
    return div[nav(aria_label="Tasks")[map(tab, TASKS)], each(opened, panel)]


follow_address()
window.addEventListener("hashchange", keep_alive(lambda _event: follow_address()).proxy)
PythonVDOM("app").mount(app)
