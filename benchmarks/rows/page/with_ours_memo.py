"""Ours as with_ours_vdom, with rows that are rendered again only if what they show has changed."""

import with_ours_vdom

from pyodide_app.bridge.vdom import memo

Row = memo(with_ours_vdom.row)


class Table(with_ours_vdom.Table):
    def row(self, item):
        return Row(item, item.label, item.id == self.selected, self.select, self.remove).keyed(item.id)


def start(container):
    return Table(container)
