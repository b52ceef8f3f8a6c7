"""Task 5, CRUD: people in a list that can be filtered; create, update, delete."""

from pyodide_app.bridge import ReactiveList, Signal, computed, observable
from pyodide_app.bridge.vdom import Element, component, each, use
from pyodide_app.bridge.vdom.elements import button, div, input_, label, option, select
from pyodide_app.bridge.vdom.events import ChangeEvent, InputEvent


@observable
class Person:
    id: int
    name: str
    surname: str


class People:
    """The people, which of them are shown, and which one is selected."""

    def __init__(self) -> None:
        names = [("Hans", "Emil"), ("Max", "Mustermann"), ("Roman", "Tisch")]
        self.everybody = ReactiveList(Person(number, *name) for number, name in enumerate(names))
        self.prefix = Signal("")
        self.name = Signal("")
        self.surname = Signal("")
        self.chosen: Signal[Person | None] = Signal(None)
        self.shown = computed(self._shown)
        # Somebody whom the filter hides is not selected; nothing can happen to them unseen.
        self.selected = computed(lambda: self.chosen.value if self.chosen.value in self.shown.value else None)

    def _shown(self) -> list[Person]:
        prefix = self.prefix.value.casefold()
        return [person for person in self.everybody if person.surname.casefold().startswith(prefix)]

    def select(self, number: str) -> None:
        for person in self.everybody:
            if str(person.id) == number:
                self.chosen.value = person
                self.name.value, self.surname.value = person.name, person.surname

    def create(self) -> None:
        number = max((person.id for person in self.everybody), default=-1) + 1
        self.everybody.append(Person(number, self.name.value, self.surname.value))

    def update(self) -> None:
        if person := self.selected.value:
            person.name, person.surname = self.name.value, self.surname.value

    def delete(self) -> None:
        if person := self.selected.value:
            self.everybody.remove(person)
            self.chosen.value = None


@component
def Crud() -> Element:
    people = use(People)

    def field(name: str, text: Signal[str]) -> Element:
        def on_input(event: InputEvent) -> None:
            text.value = event.value

        return label[name, input_(value=text, autocomplete="off", on_input=on_input)]

    def entry(person: Person) -> Element:
        return option(value=person.id)[lambda: f"{person.surname}, {person.name}"]

    def nobody() -> bool:
        return people.selected.value is None

    def selected() -> int | str:
        person = people.selected.value
        return "" if person is None else person.id

    def select_one(event: ChangeEvent) -> None:
        people.select(event.value)

    return div(class_="stack")[
        field("Filter by surname", people.prefix),
        div(class_="people")[
            select(
                size=6,
                aria_label="People",
                value=selected,
                on_change=select_one,
            )[each(people.shown, entry)],
            div(class_="stack")[field("Name", people.name), field("Surname", people.surname)],
        ],
        div(class_="row")[
            button(type="button", on_click=people.create)["Create"],
            button(type="button", disabled=nobody, on_click=people.update)["Update"],
            button(type="button", disabled=nobody, on_click=people.delete)["Delete"],
        ],
    ]
