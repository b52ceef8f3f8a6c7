"""wybthon 0.39: a signal for each label, `For` keyed by item, the selection tracked by key."""

from data import build
from wybthon import For, component, create_signal, create_store, flush, html, render


class Item:
    __slots__ = ("id", "label", "set_label")

    def __init__(self, number, label):
        self.id = number
        self.label, self.set_label = create_signal(label)


items, set_items = create_signal([])
selection, set_selection = create_store({"of": {}})


def set_selected(number):
    def change(draft):
        draft["of"].clear()
        if number is not None:
            draft["of"][number] = True

    set_selection(change)


def row(item, index):
    def on_select(event):
        set_selected(item.id)

    def on_remove(event):
        set_items(lambda old: [other for other in old if other is not item])

    return html(
        t"""<tr class={"danger" if selection.of.get(item.id) else None}><td class="col-md-1">{item.id}</td>
            <td class="col-md-4"><a onclick={on_select}>{item.label()}</a></td>
            <td class="col-md-1"><a onclick={on_remove}><span class="glyphicon glyphicon-remove"
                aria-hidden="true"></span></a></td><td class="col-md-6"></td></tr>"""
    )


@component
def Table():
    return html(t"""<table class="table"><tbody>{For(items, row)}</tbody></table>""")


class Contestant:
    def create(self, count):
        set_items([Item(*item) for item in build(count)])
        set_selected(None)
        flush()

    def append(self, count):
        made = [Item(*item) for item in build(count)]
        set_items(lambda old: old + made)
        flush()

    def update(self):
        for item in items.peek()[::10]:
            item.set_label(lambda label: label + " !!!")
        flush()

    def select(self, number):
        set_selected(number)
        flush()

    def swap(self):
        changed = list(items.peek())
        changed[1], changed[998] = changed[998], changed[1]
        set_items(changed)
        flush()

    def remove(self, number):
        set_items([item for item in items.peek() if item.id != number])
        flush()

    def clear(self):
        set_items([])
        set_selected(None)
        flush()


def start(container):
    render(Table(), "#app")
    flush()
    return Contestant()
