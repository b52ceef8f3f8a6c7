"""Ours, rendered again as a whole whenever something changes."""

from vdom_rows import row, shown, state

from pyodide_app.bridge.vdom import h


def table():
    items, selected = state.value
    rows = [row(number, label, number == selected) for number, label in items]
    return h("table", {"class": "table"}, h("tbody", {}, rows))


def start(container):
    return shown(container, table)
