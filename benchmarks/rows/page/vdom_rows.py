"""Ours, with trees that are rendered again and compared: what with_ours_vdom and with_ours_memo share."""

from data import build

from pyodide_app.bridge.reactivity import Signal
from pyodide_app.bridge.vdom import PythonVDOM, flush, h

ICON = {"class": "glyphicon glyphicon-remove", "aria-hidden": "true"}

state = Signal(([], None))  # id and label of each row; the selected id


def row(number, label, selected):
    return h(
        "tr",
        {"class": "danger" if selected else None, "key": number},
        [
            h("td", {"class": "col-md-1"}, number),
            h("td", {"class": "col-md-4"}, h("a", {"onclick": lambda: select(number)}, label)),
            h("td", {"class": "col-md-1"}, h("a", {"onclick": lambda: remove(number)}, h("span", ICON))),
            h("td", {"class": "col-md-6"}),
        ],
    )


def select(number):
    state.value = (state.peek()[0], number)


def remove(number):
    items, selected = state.peek()
    state.value = ([item for item in items if item[0] != number], selected)


class Contestant:
    def create(self, count):
        state.value = (build(count), None)
        flush()

    def append(self, count):
        items, selected = state.peek()
        state.value = (items + build(count), selected)
        flush()

    def update(self):
        items, selected = state.peek()
        items = list(items)
        items[::10] = [(number, label + " !!!") for number, label in items[::10]]
        state.value = (items, selected)
        flush()

    def select(self, number):
        select(number)
        flush()

    def swap(self):
        items, selected = state.peek()
        items = list(items)
        items[1], items[998] = items[998], items[1]
        state.value = (items, selected)
        flush()

    def remove(self, number):
        remove(number)
        flush()

    def clear(self):
        state.value = ([], None)
        flush()


def shown(container, component):
    PythonVDOM(container).mount(component)
    flush()
    return Contestant()
