# /// script
# requires-python = ">=3.12"
#
# [tool.pyodide-app]
# title = "Reactive: virtual DOM"
# ///
"""A shopping list whose page is a function of its state: after each change the function runs again."""

from dataclasses import dataclass, replace

import tally

from pyodide_app.bridge.vdom import PythonVDOM, memo, on
from pyodide_app.bridge.vdom.elements import button, div, form, h1, header, input_, li, output, p, span, ul


@dataclass(frozen=True)
class Item:
    name: str
    cents: int
    count: int = 1


@dataclass(frozen=True)
class State:
    items: tuple[Item, ...] = (Item("Bread", 290), Item("Olive oil", 790), Item("Lemons", 45, 4))
    draft: str = ""
    needle: str = ""
    selected: str | None = None


state = State()
app = PythonVDOM("app")


def change(**changes: object) -> None:
    """The only way in which anything changes: a new state, and the page that belongs to it."""
    global state
    state = replace(state, **changes)
    app.patch(view(state))


def add() -> None:
    name, _, price = state.draft.strip().rpartition(" ")
    try:
        new = Item(name.strip(), round(float(price.replace(",", ".")) * 100))
    except (ValueError, OverflowError):  # no price, or an infinite one
        new = Item(state.draft.strip(), 0)
    if new.name and all(item.name != new.name for item in state.items):
        change(items=(*state.items, new), draft="")


def count(name: str, by: int) -> None:
    change(
        items=tuple(
            replace(item, count=max(item.count + by, 0)) if item.name == name else item
            for item in state.items
        )
    )


def remove(name: str) -> None:
    change(items=tuple(item for item in state.items if item.name != name), selected=None)


def select(name: str) -> None:
    change(selected=None if state.selected == name else name)


def money(cents: int) -> str:
    return f"{cents / 100:.2f}"


@memo
@tally.counted
def row(item: Item, selected: bool):
    name = item.name
    return li(class_={"row": True, "selected": selected})[
        button(class_="name", aria_expanded=selected, on_click=lambda: select(name))[name],
        span(class_="stepper")[
            button(aria_label=f"One {name} less", on_click=lambda: count(name, -1))["\N{MINUS SIGN}"],
            output[item.count],
            button(aria_label=f"One {name} more", on_click=lambda: count(name, 1))["+"],
        ],
        span(class_="amount")[money(item.cents * item.count)],
        selected
        and p(class_="detail")[f"{money(item.cents)} each", button(on_click=lambda: remove(name))["Remove"]],
    ]


@tally.counted
def view(state: State):
    shown = [item for item in state.items if state.needle.lower() in item.name.lower()]
    total = sum(item.cents * item.count for item in shown)
    return div(class_="shopping")[
        header[h1["Shopping"], output(aria_label="Total")[money(total)]],
        form(on_submit=on(add, prevent_default=True))[
            input_(
                value=state.draft,
                on_input=lambda event: change(draft=event.value),
                aria_label="Add something, with its price",
                placeholder="Coffee 6.50",
                autocomplete="off",
            ),
            button["Add"],
        ],
        input_(
            type="search",
            value=state.needle,
            on_input=lambda event: change(needle=event.value),
            aria_label="Filter",
            placeholder="Filter",
        ),
        ul[(row(item, item.name == state.selected).keyed(item.name) for item in shown)],
        not shown and p(class_="empty")["Nothing to buy."],
    ]


app.patch(view(state))
app.flush()
tally.begin()
