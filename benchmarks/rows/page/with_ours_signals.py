"""Ours, with signals: a row is made once, and its label and its being selected update only themselves."""

from signal_rows import Contestant, is_selected, items, remove, select

from pyodide_app.bridge.vdom import PythonVDOM, each, flush, h

ICON = {"class": "glyphicon glyphicon-remove", "aria-hidden": "true"}


def row(item):
    number = item.id

    def on_select():
        select(number)

    def on_remove():
        remove(number)

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


def start(container):
    page = PythonVDOM(container)
    page.patch(h("table", {"class": "table"}, h("tbody", {}, each(items, row))))
    flush()
    return Contestant()
