"""Ours without signals: plain data, and the whole tree described anew after each change."""

from data import build

from pyodide_app.bridge.vdom import PythonVDOM, h


class Item:
    __slots__ = ("id", "label")

    def __init__(self, number, label):
        self.id = number
        self.label = label


def row(item, label, selected, select, remove):
    number = item.id
    return h(
        "tr",
        {"class": "danger" if selected else None, "key": number},
        [
            h("td", {"class": "col-md-1"}, number),
            h("td", {"class": "col-md-4"}, h("a", {"onclick": lambda: select(number)}, label)),
            h(
                "td",
                {"class": "col-md-1"},
                h(
                    "a",
                    {"onclick": lambda: remove(number)},
                    h("span", {"class": "glyphicon glyphicon-remove", "aria-hidden": "true"}),
                ),
            ),
            h("td", {"class": "col-md-6"}),
        ],
    )


class Table:
    def __init__(self, container):
        self.items = []
        self.selected = None
        self.app = PythonVDOM(container)
        self.show()

    def row(self, item):
        return row(item, item.label, item.id == self.selected, self.select, self.remove)

    def show(self):
        rows = [self.row(item) for item in self.items]
        self.app.patch(h("table", {"class": "table"}, h("tbody", None, rows)))
        self.app.flush()

    def create(self, count):
        self.items = [Item(*item) for item in build(count)]
        self.selected = None
        self.show()

    def append(self, count):
        self.items += [Item(*item) for item in build(count)]
        self.show()

    def update(self):
        for item in self.items[::10]:
            item.label += " !!!"
        self.show()

    def select(self, number):
        self.selected = number
        self.show()

    def swap(self):
        items = self.items
        items[1], items[998] = items[998], items[1]
        self.show()

    def remove(self, number):
        self.items = [item for item in self.items if item.id != number]
        self.show()

    def clear(self):
        self.items = []
        self.selected = None
        self.show()


def start(container):
    return Table(container)
