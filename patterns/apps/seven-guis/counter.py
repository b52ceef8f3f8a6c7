"""Task 1, Counter: a number, and a button that adds one."""

from pyodide_app.bridge import Signal
from pyodide_app.bridge.vdom import Element, component, use
from pyodide_app.bridge.vdom.elements import button, div, output


@component
def Counter() -> Element:
    count = use(lambda: Signal(0))

    def add_one() -> None:
        count.value += 1

    return div(class_="row")[
        output(class_="number", aria_label="Count")[count],
        button(type="button", on_click=add_one)["Count"],
    ]
