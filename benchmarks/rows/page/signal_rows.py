"""What with_ours_signals and with_ours_tstring share: the state, in signals, and the operations."""

from data import build

from pyodide_app.bridge.reactivity import Signal, batch, selector
from pyodide_app.bridge.vdom import flush


class Item:
    __slots__ = ("id", "label")

    def __init__(self, number, label):
        self.id = number
        self.label = Signal(label)


items = Signal([])
selected = Signal(None)
is_selected = selector(selected)


def select(number):
    selected.value = number


def remove(number):
    items.value = [item for item in items.peek() if item.id != number]


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
        select(number)
        flush()

    def swap(self):
        changed = list(items.peek())
        changed[1], changed[998] = changed[998], changed[1]
        items.value = changed
        flush()

    def remove(self, number):
        remove(number)
        flush()

    def clear(self):
        with batch():
            selected.value = None
            items.value = []
        flush()
