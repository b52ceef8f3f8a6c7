"""The books, and which of them are asked for. Knows nothing of pages, so it also runs in CPython."""

from collections.abc import Callable

from pyodide_app.bridge import ReactiveList, Signal, computed, observable


@observable
class Book:
    """A book, and what the reader has said of it."""

    title: str
    author: str
    year: int
    about: str = ""
    is_read: bool = False
    note: str = ""


ORDERS: dict[str, Callable[[Book], str | int]] = {
    "title": lambda book: book.title.casefold(),
    "author": lambda book: book.author.split()[-1].casefold(),
    "year": lambda book: book.year,
}

books = ReactiveList(
    [
        Book("Anna Karenina", "Leo Tolstoy", 1878, "Two marriages in Russia, and a train that comes back."),
        Book("Dracula", "Bram Stoker", 1897, "A count moves to England. Told in letters and diaries."),
        Book("Frankenstein", "Mary Shelley", 1818, "A student makes a living being, and runs away from it."),
        Book("Jane Eyre", "Charlotte Brontë", 1847, "A governess, her employer, and somebody in the attic."),
        Book("Middlemarch", "George Eliot", 1871, "A town in the Midlands, and what became of good plans."),
        Book("Moby-Dick", "Herman Melville", 1851, "A captain hunts a whale, with everything about whales."),
        Book("Pride and Prejudice", "Jane Austen", 1813, "Five sisters, and two first impressions."),
        Book("The Time Machine", "H. G. Wells", 1895, "Far into the future, and back for dinner."),
        Book("The Wind in the Willows", "Kenneth Grahame", 1908, "A mole, a rat, a toad, and motor cars."),
        Book("Three Men in a Boat", "Jerome K. Jerome", 1889, "Up the Thames, with a dog."),
    ]
)

query = Signal("")
order = Signal("title")  # one of ORDERS
only_unread = Signal(False)

shown = computed(lambda: sorted(filter(is_asked_for, books), key=ORDERS[order.value]))
count_read = computed(lambda: sum(book.is_read for book in books))


def is_asked_for(book: Book) -> bool:
    text = f"{book.title} {book.author}".casefold()
    return all(word in text for word in query.value.casefold().split()) and not (
        only_unread.value and book.is_read
    )
