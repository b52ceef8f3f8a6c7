"""Ours, rendered again, with row components that do nothing as long as their arguments are the same."""

from vdom_rows import row, shown, state

from pyodide_app.bridge.vdom import h, memo


@memo
def Row(number, label, selected):
    return row(number, label, selected)


def table():
    items, selected = state.value
    rows = [
        h(Row, {"key": number, "number": number, "label": label, "selected": number == selected})
        for number, label in items
    ]
    return h("table", {"class": "table"}, h("tbody", {}, rows))


def start(container):
    return shown(container, table)
