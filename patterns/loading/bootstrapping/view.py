"""What the page shows of the books, and what it does when somebody types and clicks.

Imported in the browser by `main.py`, and in CPython by `render.py`: so nothing here may need a browser.
"""

from books import ORDERS, Book, books, count_read, only_unread, order, query, shown

from pyodide_app.bridge import Signal
from pyodide_app.bridge.vdom import Element, each, on
from pyodide_app.bridge.vdom.elements import (
    button,
    details,
    div,
    form,
    input_,
    label,
    li,
    option,
    p,
    search,
    select,
    span,
    summary,
    ul,
)

new_title, new_author, new_year = Signal(""), Signal(""), Signal("")


def add() -> None:
    books.append(Book(new_title.value.strip(), new_author.value.strip(), int(new_year.value)))
    for field in (new_title, new_author, new_year):
        field.value = ""


# --- outside <pyodide-app>: controls that hold something ---


def questions() -> Element:
    return search[
        label[
            "Search",
            input_(type="search", value=query, on_input=lambda event: setattr(query, "value", event.value)),
        ],
        label[
            "Sort by",
            select(value=order, on_change=lambda event: setattr(order, "value", event.value))[
                (option(value=name)[name.capitalize()] for name in ORDERS)
            ],
        ],
        label(class_="tick")[
            input_(
                type="checkbox",
                checked=only_unread,
                on_change=lambda event: setattr(only_unread, "value", event.checked),
            ),
            "Only unread",
        ],
    ]


def row(book: Book) -> Element:
    return li(class_={"read": lambda: book.is_read})[
        label(class_="tick")[
            input_(
                type="checkbox",
                checked=lambda: book.is_read,
                on_change=lambda event: setattr(book, "is_read", event.checked),
            ),
            span(class_="title")[book.title],
        ],
        p(class_="by")[f"{book.author}, {book.year}"],
        input_(
            class_="note",
            aria_label=f"Note on {book.title}",
            placeholder="Note",
            value=lambda: book.note,
            on_input=lambda event: setattr(book, "note", event.value),
        ),
        book.about and details[summary["About"], p[book.about]],
    ]


def reading() -> list[Element]:
    return [
        questions(),
        p(class_="count", role="status")[
            lambda: f"{len(shown.value)} of {len(books)} books, {count_read.value} read"
        ],
        ul[each(shown, row)],
    ]


# --- inside <pyodide-app>: a button, whose click nobody would hear ---


def field(name: str, text: Signal[str], **props: object) -> Element:
    def on_input(event) -> None:
        text.value = event.value

    return label[name, input_(value=text, on_input=on_input, required=True, **props)]


def adding() -> Element:
    # method="dialog": outside a dialog, a browser that sends the form before anybody listens goes nowhere.
    return form(method="dialog", on_submit=on(add, prevent_default=True))[
        field("Title", new_title, pattern=r".*\S.*"),
        field("Author", new_author, pattern=r".*\S.*"),
        field("Year", new_year, type="number", min=1, max=2100),
        div[button["Add"]],
    ]


PLACES = {"adding": adding, "reading": reading}
"""What is shown where, by the id of the element in `index.html`."""
