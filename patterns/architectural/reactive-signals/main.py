# /// script
# requires-python = ">=3.12"
#
# [tool.pyodide-app]
# title = "Reactive: signals"
# ///
"""A shopping list whose tree is made once: what changes are signals, and the places that read them follow."""

import tally

from pyodide_app.bridge import Signal, computed, selector
from pyodide_app.bridge.vdom import PythonVDOM, each, on
from pyodide_app.bridge.vdom.elements import button, div, form, h1, header, input_, li, output, p, span, ul


class Item:
    def __init__(self, name: str, cents: int, count: int = 1) -> None:
        self.name = name
        self.cents = cents
        self.count = Signal(count)


items = Signal([Item("Bread", 290), Item("Olive oil", 790), Item("Lemons", 45, 4)])
draft = Signal("")
needle = Signal("")
selected = Signal[Item | None](None)
is_selected = selector(selected)


@computed
@tally.counted
def shown() -> list[Item]:
    return [item for item in items.value if needle.value.lower() in item.name.lower()]


@computed
@tally.counted
def total() -> str:
    return money(sum(item.cents * item.count.value for item in shown.value))


def add() -> None:
    name, _, price = draft.peek().strip().rpartition(" ")
    try:
        new = Item(name.strip(), round(float(price.replace(",", ".")) * 100))
    except (ValueError, OverflowError):  # no price, or an infinite one
        new = Item(draft.peek().strip(), 0)
    if new.name and all(item.name != new.name for item in items.peek()):
        items.value = [*items.peek(), new]
        draft.value = ""


def count(item: Item, by: int) -> None:
    item.count.update(lambda count: max(count + by, 0))


def remove(item: Item) -> None:
    items.value = [other for other in items.peek() if other is not item]
    selected.value = None


def select(item: Item) -> None:
    selected.value = None if selected.peek() is item else item


def money(cents: int) -> str:
    return f"{cents / 100:.2f}"


@tally.counted
def amount(item: Item) -> str:
    return money(item.cents * item.count.value)


@tally.counted
def detail(item: Item):
    if not is_selected(item):
        return None
    return p(class_="detail")[f"{money(item.cents)} each", button(on_click=lambda: remove(item))["Remove"]]


@tally.counted
def row(item: Item):
    name = item.name
    return li(class_={"row": True, "selected": lambda: is_selected(item)})[
        button(class_="name", aria_expanded=lambda: is_selected(item), on_click=lambda: select(item))[name],
        span(class_="stepper")[
            button(aria_label=f"One {name} less", on_click=lambda: count(item, -1))["\N{MINUS SIGN}"],
            output[item.count],
            button(aria_label=f"One {name} more", on_click=lambda: count(item, 1))["+"],
        ],
        span(class_="amount")[lambda: amount(item)],
        lambda: detail(item),
    ]


@tally.counted
def view():
    return div(class_="shopping")[
        header[h1["Shopping"], output(aria_label="Total")[total]],
        form(on_submit=on(add, prevent_default=True))[
            input_(
                value=draft,
                on_input=lambda event: setattr(draft, "value", event.value),
                aria_label="Add something, with its price",
                placeholder="Coffee 6.50",
                autocomplete="off",
            ),
            button["Add"],
        ],
        input_(
            type="search",
            value=needle,
            on_input=lambda event: setattr(needle, "value", event.value),
            aria_label="Filter",
            placeholder="Filter",
        ),
        ul[each(shown, row)],
        lambda: None if shown.value else p(class_="empty")["Nothing to buy."],
    ]


app = PythonVDOM("app")
app.mount(view)
app.flush()
tally.begin()
