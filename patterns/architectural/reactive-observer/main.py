# /// script
# requires-python = ">=3.12"
#
# [tool.pyodide-app]
# title = "Reactive: observer"
# ///
"""A shopping list whose page is ordinary HTML: observers of a model write there what has changed."""

import tally
from js import document

from pyodide_app.bridge import Scope, effect, keep_alive, observable


@observable
class Item:
    name: str
    cents: int
    count: int = 1


@observable
class Shopping:
    items: list[Item]
    needle: str = ""
    selected: Item | None = None

    @property
    def total(self) -> int:
        return sum(item.cents * item.count for item in self.items if self.shows(item))

    def shows(self, item: Item) -> bool:
        return self.needle.lower() in item.name.lower()

    def add(self, text: str) -> bool:
        name, _, price = text.strip().rpartition(" ")
        try:
            new = Item(name.strip(), round(float(price.replace(",", ".")) * 100))
        except ValueError:
            new = Item(text.strip(), 0)
        if not new.name or any(item.name == new.name for item in self.items):
            return False
        self.items.append(new)
        return True


def money(cents: int) -> str:
    return f"{cents / 100:.2f}"


# --- the model; it knows nothing of the page ---

shopping = Shopping([Item("Bread", 290), Item("Olive oil", 790), Item("Lemons", 45, 4)])

# --- the page follows the model ---

rows: dict[str, "Row"] = {}


class Row:
    """An item's row: a copy of the template, with what keeps it up to date."""

    def __init__(self, item: Item) -> None:
        self.item = item
        self.element = document.getElementById("row").content.firstElementChild.cloneNode(True)
        self.element.dataset.item = item.name
        self.part(".name").textContent = item.name
        self.part(".less").ariaLabel = f"One {item.name} less"
        self.part(".more").ariaLabel = f"One {item.name} more"
        self.part(".each").textContent = f"{money(item.cents)} each"
        document.getElementById("list").append(self.element)
        self.scope = Scope()
        with self.scope:
            for observer in (self.show_count, self.show_selected, self.show_match):
                effect(tally.counted(observer))

    def part(self, selector: str):
        return self.element.querySelector(selector)

    def show_count(self) -> None:
        self.part("output").textContent = str(self.item.count)
        self.part(".amount").textContent = money(self.item.cents * self.item.count)

    def show_selected(self) -> None:
        selected = shopping.selected is self.item
        self.element.classList.toggle("selected", selected)
        self.part(".name").ariaExpanded = str(selected).lower()
        self.part(".detail").hidden = not selected

    def show_match(self) -> None:
        self.element.hidden = not shopping.shows(self.item)

    def close(self) -> None:
        self.scope.dispose()
        self.element.remove()


@tally.counted
def show_rows(items: list[Item]) -> None:
    names = [item.name for item in items]
    for name in [name for name in rows if name not in names]:
        rows.pop(name).close()
    for item in items:
        if item.name not in rows:
            rows[item.name] = Row(item)


@tally.counted
def show_total() -> None:
    document.getElementById("total").textContent = money(shopping.total)


@tally.counted
def show_empty() -> None:
    document.getElementById("empty").hidden = any(map(shopping.shows, shopping.items))


# --- the model follows the page ---


def listen(id: str, type: str, handler) -> None:
    document.getElementById(id).addEventListener(type, keep_alive(handler).proxy)


def on_click(event) -> None:
    button = event.target.closest("[data-do]")
    if not button:
        return
    item = rows[button.closest("li").dataset.item].item
    match button.dataset.do:
        case "select":
            shopping.selected = None if shopping.selected is item else item
        case "less":
            item.count = max(item.count - 1, 0)
        case "more":
            item.count += 1
        case "remove":
            shopping.items.remove(item)


def on_submit(event) -> None:
    event.preventDefault()
    field = document.getElementById("draft")
    if shopping.add(field.value):
        field.value = ""


def on_needle(event) -> None:
    shopping.needle = event.target.value


show_rows(shopping.items)
shopping.subscribe("items", show_rows)
effect(show_total)
effect(show_empty)
listen("list", "click", on_click)
listen("form", "submit", on_submit)
listen("needle", "input", on_needle)
tally.begin()
