"""Ours, with signals: a row is made once, and its label and its being selected update only themselves."""

from data import build

from pyodide_app.bridge.reactivity import Signal, batch, selector
from pyodide_app.bridge.vdom import PythonVDOM, each, flush, h


class Item:
    __slots__ = ("id", "label")

    def __init__(self, number, label):
        self.id = number
        self.label = Signal(label)


items = Signal([])
selected = Signal(None)
is_selected = selector(selected)


def row(item):
    number = item.id

    def on_select():
        selected.value = number

    def on_remove():
        items.value = [other for other in items.peek() if other is not item]

    return h(
        "tr",
        {"class": lambda: "danger" if is_selected(number) else None},
        [
            h("td", {"class": "col-md-1"}, number),
            h("td", {"class": "col-md-4"}, h("a", {"onclick": on_select}, item.label)),
            h("td", {"class": "col-md-1"}, h("a", {"onclick": on_remove}, h("span", ICON))),
            h("td", {"class": "col-md-6"}),
        ],
    )


ICON = {"class": "glyphicon glyphicon-remove", "aria-hidden": "true"}


class Contestant:
    def create(self, count):
        with batch():
            selected.value = None
            items.value = [Item(*item) for item in build(count)]
        flush()

    def append(self, count):
        items.value = items.peek() + [Item(*item) for item in build(count)]
        flush()

    def update(self):
        with batch():
            for item in items.peek()[::10]:
                item.label.value += " !!!"
        flush()

    def select(self, number):
        selected.value = number
        flush()

    def swap(self):
        changed = list(items.peek())
        changed[1], changed[998] = changed[998], changed[1]
        items.value = changed
        flush()

    def remove(self, number):
        items.value = [item for item in items.peek() if item.id != number]
        flush()

    def clear(self):
        with batch():
            selected.value = None
            items.value = []
        flush()


def start(container):
    page = PythonVDOM(container)
    page.patch(h("table", {"class": "table"}, h("tbody", {}, each(items, row))))
    flush()
    return Contestant()
