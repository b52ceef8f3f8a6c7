"""Ours, with templates from t-strings, cloned in the page; what changes is a signal in a hole."""

from signal_rows import Contestant, is_selected, items, remove, select

from pyodide_app.bridge.vdom import PythonVDOM, each, flush, html


def row(item):
    number = item.id

    def on_select():
        select(number)

    def on_remove():
        remove(number)

    return html(
        t"""<tr class={(lambda: "danger" if is_selected(number) else None)}><td class="col-md-1">{number}</td>
            <td class="col-md-4"><a onclick={on_select}>{item.label}</a></td>
            <td class="col-md-1"><a onclick={on_remove}><span class="glyphicon glyphicon-remove"
                aria-hidden="true"></span></a></td><td class="col-md-6"></td></tr>"""
    )


def start(container):
    page = PythonVDOM(container)
    page.patch(html(t"""<table class="table"><tbody>{each(items, row)}</tbody></table>"""))
    flush()
    return Contestant()
