"""The list of todos. Knows nothing of pages, so it also runs, and is tested, in CPython."""

from collections.abc import Callable, Iterable

from pyodide_app.bridge import ReactiveList, batch, computed, observable


@observable
class Todo:
    """One thing to do."""

    id: int
    title: str
    completed: bool = False


FILTERS: dict[str, Callable[[Todo], bool]] = {
    "all": lambda _todo: True,
    "active": lambda todo: not todo.completed,
    "completed": lambda todo: todo.completed,
}


class Todos:
    """All todos, in order, and what follows from them."""

    def __init__(self, todos: Iterable[Todo] = ()) -> None:
        self.list = ReactiveList(todos)
        self.count = computed(lambda: len(self.list))
        self.left = computed(lambda: sum(not todo.completed for todo in self.list))
        self.completed = computed(lambda: self.count.value - self.left.value)

    def add(self, title: str) -> None:
        """Add a todo at the end; one without a title counts for nothing."""
        if title := title.strip():
            new_id = max((todo.id for todo in self.list), default=0) + 1
            self.list.append(Todo(new_id, title))

    def rename(self, todo: Todo, title: str) -> None:
        """Give a todo another title; without one it is removed."""
        if title := title.strip():
            todo.title = title
        else:
            self.remove(todo)

    def remove(self, todo: Todo) -> None:
        self.list.remove(todo)

    def mark_all(self, *, completed: bool) -> None:
        with batch():
            for todo in self.list:
                todo.completed = completed

    def clear_completed(self) -> None:
        self.list[:] = [todo for todo in self.list if not todo.completed]
