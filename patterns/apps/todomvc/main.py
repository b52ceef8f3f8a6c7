# /// script
# requires-python = ">=3.12"
#
# [tool.pyodide-app]
# title = "TodoMVC"
# ///
"""What the page shows of the todos, and what it does when somebody types and clicks."""

import storage
from js import location, window
from todos import FILTERS, Todo, Todos

from pyodide_app.bridge import Signal, computed, effect, keep_alive, selector
from pyodide_app.bridge.vdom import Element, PythonVDOM, Ref, each, flush
from pyodide_app.bridge.vdom.elements import (
    a,
    button,
    div,
    footer,
    h1,
    header,
    input_,
    label,
    li,
    section,
    span,
    strong,
    ul,
)
from pyodide_app.bridge.vdom.events import KeyboardEvent

todos = Todos(storage.load())
route = Signal("all")  # one of FILTERS
new_title = Signal("")
editing: Signal[Todo | None] = Signal(None)
is_editing = selector(editing)

has_todos = computed(lambda: todos.count.value > 0)
has_completed = computed(lambda: todos.completed.value > 0)
shown = computed(lambda: [todo for todo in todos.list if FILTERS[route.value](todo)])


# --- what happens ---


def add(event: KeyboardEvent) -> None:
    if event.key == "Enter" and not event.is_composing:
        todos.add(event.value)
        new_title.value = ""
        flush()  # the next key may come before the next frame, and must find the field empty


def save(todo: Todo, text: str) -> None:
    """End editing. Comes twice when Enter or Escape hides the field, since that takes its focus away."""
    if is_editing(todo):
        editing.value = None
        todos.rename(todo, text)


def follow_address() -> None:
    name = str(location.hash).removeprefix("#/")
    route.value = name if name in FILTERS else "all"


# --- what is shown ---


def item(todo: Todo) -> Element:
    """One todo. Called once for each; what changes later are the functions in it."""
    draft = Signal("")
    field, box = Ref(), Ref()

    def edit() -> None:
        editing.value = todo
        draft.value = todo.title
        field.current.focus()

    def on_toggle_key(event: KeyboardEvent) -> None:
        if event.key == "F2":
            edit()

    def on_edit_key(event: KeyboardEvent) -> None:
        if event.is_composing or event.key not in ("Enter", "Escape"):
            return
        save(todo, event.value if event.key == "Enter" else todo.title)
        if box.current is not None:  # an empty title has removed it
            box.current.focus()

    return li(class_={"completed": lambda: todo.completed, "editing": lambda: is_editing(todo)})[
        div(class_="view")[
            input_(
                class_="toggle",
                type="checkbox",
                ref=box,
                aria_label=lambda: f"Toggle todo: {todo.title}",
                checked=lambda: todo.completed,
                on_change=lambda event: setattr(todo, "completed", event.checked),
                on_keydown=on_toggle_key,
            ),
            label(on_dblclick=edit)[lambda: todo.title],
            button(
                class_="destroy",
                type="button",
                aria_label=lambda: f"Delete todo: {todo.title}",
                on_click=lambda: todos.remove(todo),
            ),
        ],
        input_(
            class_="edit",
            ref=field,
            aria_label="Edit todo",
            value=draft,
            on_input=lambda event: setattr(draft, "value", event.value),
            on_keydown=on_edit_key,
            on_blur=lambda event: save(todo, event.value),
        ),
    ]


def list_of_todos() -> Element:
    return section(class_="main")[
        input_(
            id="toggle-all",
            class_="toggle-all",
            type="checkbox",
            checked=lambda: todos.left.value == 0,
            on_change=lambda event: todos.mark_all(completed=event.checked),
        ),
        label(for_="toggle-all")["Mark all as complete"],
        ul(class_="todo-list")[each(shown, item)],
    ]


def summary() -> Element:
    return footer(class_="footer")[
        span(class_="todo-count")[
            strong[todos.left],
            lambda: " item left" if todos.left.value == 1 else " items left",
        ],
        ul(class_="filters")[
            (
                li[
                    a(href=href, class_={"selected": lambda name=name: route.value == name})[
                        name.capitalize()
                    ]
                ]
                for name, href in (("all", "#/"), ("active", "#/active"), ("completed", "#/completed"))
            )
        ],
        lambda: (
            button(class_="clear-completed", type="button", on_click=todos.clear_completed)["Clear completed"]
            if has_completed.value
            else None
        ),
    ]


def app() -> Element:
    return section(class_="todoapp")[
        header(class_="header")[
            h1["todos"],
            input_(
                class_="new-todo",
                placeholder="What needs to be done?",
                aria_label="New todo",
                autocomplete="off",
                ref=lambda element: element.focus(),
                value=new_title,
                on_input=lambda event: setattr(new_title, "value", event.value),
                on_keydown=add,
            ),
        ],
        lambda: [list_of_todos(), summary()] if has_todos.value else None,
    ]


follow_address()
window.addEventListener("hashchange", keep_alive(lambda _event: follow_address()).proxy)
effect(lambda: storage.save(todos.list))
PythonVDOM("app").mount(app)
