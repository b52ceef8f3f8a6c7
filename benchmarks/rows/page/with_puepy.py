"""PuePy: the page's tags are made anew and patched into the DOM. It has no keys, and updates by itself only
after a timeout, so the page is asked to redraw at once."""

from data import build
from puepy import Application, Page, t

application = Application()


@application.page()
class Table(Page):
    redraw_on_state_changes = False

    def initial(self):
        return {"items": [], "selected": None}

    def populate(self):
        selected = self.state["selected"]
        with t.table(classes="table"), t.tbody():
            for number, label in self.state["items"]:
                with t.tr(classes={"danger": number == selected}):
                    t.td(str(number), classes="col-md-1")
                    with t.td(classes="col-md-4"):
                        t.a(label, on_click=lambda event, number=number: self.select(number))
                    with t.td(classes="col-md-1"):  # noqa: SIM117 - one tag a line
                        with t.a(on_click=lambda event, number=number: self.remove(number)):
                            t.span(classes="glyphicon glyphicon-remove", aria_hidden="true")
                    t.td(classes="col-md-6")

    def change(self, **state):
        for key, value in state.items():
            self.state[key] = value
        self.redraw()

    def create(self, count):
        self.change(items=build(count), selected=None)

    def append(self, count):
        self.change(items=self.state["items"] + build(count))

    def update(self):
        items = list(self.state["items"])
        items[::10] = [(number, label + " !!!") for number, label in items[::10]]
        self.change(items=items)

    def select(self, number):
        self.change(selected=number)

    def swap(self):
        items = list(self.state["items"])
        items[1], items[998] = items[998], items[1]
        self.change(items=items)

    def remove(self, number):
        self.change(items=[item for item in self.state["items"] if item[0] != number])

    def clear(self):
        self.change(items=[], selected=None)


def start(container):
    application.mount("#app")
    return application.active_page
