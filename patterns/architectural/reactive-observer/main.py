# /// script
# requires-python = ">=3.12"
#
# [tool.pyodide-app]
# title = "Reactive: observer"
# ///
"""A shopping list whose page is ordinary HTML: a model that can be watched, and elements bound to it."""

import tally
from js import document

from pyodide_app.bridge import Scope, keep_alive, observable, selector
from pyodide_app.bridge.vdom import bind, flush

# --- the model; it knows nothing of the page ---


@observable
class Item:
    name: str
    cents: int
    count: int = 1


@observable
class Shopping:
    items: list[Item]
    draft: str = ""
    needle: str = ""
    selected: Item | None = None

    @tally.counted
    def total(self) -> int:
        return sum(item.cents * item.count for item in self.items if self.shows(item))

    def shows(self, item: Item) -> bool:
        return self.needle.lower() in item.name.lower()

    def add(self) -> None:
        name, _, price = self.draft.strip().rpartition(" ")
        try:
            new = Item(name.strip(), round(float(price.replace(",", ".")) * 100))
        except (ValueError, OverflowError):  # no price, or an infinite one
            new = Item(self.draft.strip(), 0)
        if new.name and all(item.name != new.name for item in self.items):
            self.items.append(new)
            self.draft = ""


def money(cents: int) -> str:
    return f"{cents / 100:.2f}"


shopping = Shopping([Item("Bread", 290), Item("Olive oil", 790), Item("Lemons", 45, 4)])
is_selected = selector(lambda: shopping.selected)

# --- the page follows the model ---

rows: dict[str, "Row"] = {}


class Row:
    """An item's row: a copy of the template, bound to the item until it is closed."""

    def __init__(self, item: Item) -> None:
        self.item = item
        self.element = document.getElementById("row").content.firstElementChild.cloneNode(True)
        self.element.dataset.item = item.name
        self.part(".name").textContent = item.name
        self.part(".less").ariaLabel = f"One {item.name} less"
        self.part(".more").ariaLabel = f"One {item.name} more"
        self.part(".each").textContent = f"{money(item.cents)} each"
        self.scope = Scope()
        with self.scope:
            bind(self.element, "class", lambda: "row selected" if is_selected(item) else "row")
            bind(self.element, "hidden", lambda: not self.matches())
            bind(self.part(".name"), "aria-expanded", lambda: is_selected(item))
            bind(self.part("output"), "text", item, "count")
            bind(self.part(".amount"), "text", self.amount)
            bind(self.part(".detail"), "hidden", lambda: not is_selected(item))
        document.getElementById("list").append(self.element)

    def part(self, selector: str):
        return self.element.querySelector(selector)

    @tally.counted
    def amount(self) -> str:
        return money(self.item.cents * self.item.count)

    @tally.counted
    def matches(self) -> bool:
        return shopping.shows(self.item)

    def close(self) -> None:
        self.scope.dispose()
        self.element.remove()


@tally.counted
def show_rows(items: list[Item]) -> None:
    names = {item.name for item in items}
    for name in rows.keys() - names:
        rows.pop(name).close()
    for item in items:
        if item.name not in rows:
            rows[item.name] = Row(item)


@tally.counted
def nothing() -> bool:
    return not any(map(shopping.shows, shopping.items))


show_rows(shopping.items)
shopping.subscribe("items", show_rows)
bind("total", "text", lambda: money(shopping.total()))
bind("empty", "hidden", lambda: not nothing())
bind("draft", "value", shopping, "draft")
bind("needle", "value", shopping, "needle")

# --- the model follows the page ---


def on_click(event) -> None:
    button = event.target.closest("[data-do]")
    if not button:
        return
    item = rows[button.closest("li").dataset.item].item
    match button.dataset.do:
        case "select":
            shopping.selected = None if is_selected(item) else item
        case "less":
            item.count = max(item.count - 1, 0)
        case "more":
            item.count += 1
        case "remove":
            shopping.items.remove(item)
            shopping.selected = None


def on_submit(event) -> None:
    event.preventDefault()
    shopping.add()


document.getElementById("list").addEventListener("click", keep_alive(on_click).proxy)
document.getElementById("form").addEventListener("submit", keep_alive(on_submit).proxy)
flush()
tally.begin()
