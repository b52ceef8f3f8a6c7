"""Python without a framework: one call into the DOM for each operation on it."""

from data import build
from js import document
from pyodide.ffi import create_proxy


class Entry:
    __slots__ = ("id", "label", "row", "text")

    def __init__(self, id, label, row, text):
        self.id = id
        self.label = label
        self.row = row
        self.text = text  # the element that shows the label


class Table:
    def __init__(self, container):
        table = document.createElement("table")
        table.className = "table"
        self.body = document.createElement("tbody")
        table.appendChild(self.body)
        container.appendChild(table)
        self.entries = []
        self.selected = None
        self.listener = create_proxy(self.on_click)
        self.body.addEventListener("click", self.listener)

    def on_click(self, event):
        row = event.target.closest("tr")
        number = int(row.firstChild.textContent)
        if event.target.closest(".col-md-4 a"):
            self.select(number)
        elif event.target.closest(".col-md-1 a"):
            self.remove(number)

    def add(self, items):
        create = document.createElement
        fragment = document.createDocumentFragment()
        append_row = fragment.appendChild
        for number, label in items:
            row = create("tr")
            append = row.appendChild
            cell = create("td")
            cell.className = "col-md-1"
            cell.textContent = str(number)
            append(cell)
            cell = create("td")
            cell.className = "col-md-4"
            text = create("a")
            text.textContent = label
            cell.appendChild(text)
            append(cell)
            cell = create("td")
            cell.className = "col-md-1"
            link = create("a")
            icon = create("span")
            icon.className = "glyphicon glyphicon-remove"
            icon.setAttribute("aria-hidden", "true")
            link.appendChild(icon)
            cell.appendChild(link)
            append(cell)
            cell = create("td")
            cell.className = "col-md-6"
            append(cell)
            append_row(row)
            self.entries.append(Entry(number, label, row, text))
        self.body.appendChild(fragment)

    def find(self, number):
        return next(i for i, entry in enumerate(self.entries) if entry.id == number)

    def create(self, count):
        self.clear()
        self.add(build(count))

    def append(self, count):
        self.add(build(count))

    def update(self):
        for entry in self.entries[::10]:
            entry.label += " !!!"
            entry.text.textContent = entry.label

    def select(self, number):
        if self.selected:
            self.selected.row.className = ""
        self.selected = self.entries[self.find(number)]
        self.selected.row.className = "danger"

    def swap(self):
        entries = self.entries
        one, other = entries[1], entries[998]
        entries[1], entries[998] = other, one
        after = other.row.nextSibling
        self.body.insertBefore(other.row, one.row)
        self.body.insertBefore(one.row, after)

    def remove(self, number):
        self.entries.pop(self.find(number)).row.remove()

    def clear(self):
        self.body.textContent = ""
        self.entries = []
        self.selected = None


def start(container):
    return Table(container)
