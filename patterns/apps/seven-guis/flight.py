"""Task 3, Flight Booker: fields that constrain each other."""

from datetime import date, datetime

from pyodide_app.bridge import Signal, computed
from pyodide_app.bridge.vdom import Element, component, on, use
from pyodide_app.bridge.vdom.elements import button, form, input_, label, option, p, select
from pyodide_app.bridge.vdom.events import ChangeEvent, InputEvent

FORMAT = "%d.%m.%Y"
ONE_WAY, RETURN = "one-way flight", "return flight"


def day(text: str) -> date | None:
    """The day that a text such as 27.03.2014 names; None if it names none."""
    try:
        return datetime.strptime(text.strip(), FORMAT).date()
    except ValueError:
        return None


class Booking:
    """What stands in the form, and what follows from it."""

    def __init__(self) -> None:
        today = date.today().strftime(FORMAT)
        self.kind = Signal(ONE_WAY)
        self.start = Signal(today)
        self.back = Signal(today)
        self.message = Signal("")
        self.returns = computed(lambda: self.kind.value == RETURN)
        self.bookable = computed(self._bookable)

    def _bookable(self) -> bool:
        start = day(self.start.value)
        if start is None or not self.returns.value:
            return start is not None
        back = day(self.back.value)
        return back is not None and start <= back

    def book(self) -> None:
        message = f"You have booked a {self.kind.value} on {self.start.value}"
        if self.returns.value:
            message += f", and back on {self.back.value}"
        self.message.value = message + "."


@component
def FlightBooker() -> Element:
    booking = use(Booking)

    def choose(event: ChangeEvent) -> None:
        booking.kind.value = event.value

    def date_field(name: str, text: Signal[str], *, only_for_return: bool) -> Element:
        def on_input(event: InputEvent) -> None:
            text.value = event.value

        return label[
            name,
            input_(
                value=text,
                placeholder="dd.mm.yyyy",
                autocomplete="off",
                disabled=lambda: only_for_return and not booking.returns.value,
                aria_invalid=lambda: day(text.value) is None,
                on_input=on_input,
            ),
        ]

    return form(class_="stack", on_submit=on(booking.book, prevent_default=True))[
        label["Flight", select(value=booking.kind, on_change=choose)[option[ONE_WAY], option[RETURN]]],
        date_field("Start", booking.start, only_for_return=False),
        date_field("Back", booking.back, only_for_return=True),
        button(disabled=lambda: not booking.bookable.value)["Book"],
        p(role="status")[booking.message],
    ]
