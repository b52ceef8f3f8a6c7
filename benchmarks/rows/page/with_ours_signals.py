"""Ours with signals: each row is rendered once; a label and a class are bound to what they show."""

from data import build

from pyodide_app.bridge.reactivity import Signal, selector
from pyodide_app.bridge.vdom import PythonVDOM, each, h


class Item:
    __slots__ = ("id", "label")

    def __init__(self, number, label):
        self.id = number
        self.label = Signal(label)


class Table:
    def __init__(self, container):
        self.items = Signal([])
        self.selected = Signal(None)
        self.is_selected = selector(self.selected)
        self.app = PythonVDOM(container)
        self.app.patch(h("table", {"class": "table"}, h("tbody", None, each(self.items, self.row))))
        self.app.flush()

    def row(self, item):
        number = item.id
        return h(
            "tr",
            {"class": lambda: "danger" if self.is_selected(number) else None},
            [
                h("td", {"class": "col-md-1"}, number),
                h("td", {"class": "col-md-4"}, h("a", {"onclick": lambda: self.select(number)}, item.label)),
                h(
                    "td",
                    {"class": "col-md-1"},
                    h(
                        "a",
                        {"onclick": lambda: self.remove(number)},
                        h("span", {"class": "glyphicon glyphicon-remove", "aria-hidden": "true"}),
                    ),
                ),
                h("td", {"class": "col-md-6"}),
            ],
        )

    def show(self, items):
        self.items.value = items
        self.app.flush()

    def create(self, count):
        self.selected.value = None
        self.show([Item(*item) for item in build(count)])

    def append(self, count):
        self.show(self.items.value + [Item(*item) for item in build(count)])

    def update(self):
        for item in self.items.value[::10]:
            item.label.value += " !!!"
        self.app.flush()

    def select(self, number):
        self.selected.value = number
        self.app.flush()

    def swap(self):
        items = self.items.value[:]
        items[1], items[998] = items[998], items[1]
        self.show(items)

    def remove(self, number):
        self.show([item for item in self.items.value if item.id != number])

    def clear(self):
        self.selected.value = None
        self.show([])


def start(container):
    return Table(container)
