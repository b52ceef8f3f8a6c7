"""Keeps the todos in the browser's localStorage."""

import json
import sys
from collections.abc import Iterable

from js import localStorage
from todos import Todo

KEY = "todos-pyodide_app"


def load() -> list[Todo]:
    """Return what was saved. What cannot be understood is kept under another key, and left out."""
    text = localStorage.getItem(KEY)
    if not isinstance(text, str):
        return []
    try:
        saved = json.loads(text)
        if not isinstance(saved, list):
            raise TypeError(f"it holds a {type(saved).__name__}, not a list")
    except (ValueError, TypeError, RecursionError) as error:
        _set_aside(text, error)
        return []
    todos: list[Todo] = []
    for number, entry in enumerate(saved, 1):
        match entry:
            case {"title": str(title), **rest} if title.strip():
                todos.append(Todo(number, title, rest.get("completed") is True))
            case _:
                _set_aside(text, TypeError(f"entry {number} is no todo: {entry!r}"))
                text = ""
    return todos


def save(todos: Iterable[Todo]) -> None:
    entries = [{"id": todo.id, "title": todo.title, "completed": todo.completed} for todo in todos]
    localStorage.setItem(KEY, json.dumps(entries, ensure_ascii=False, separators=(",", ":")))


def _set_aside(text: str, error: Exception) -> None:
    if not text:
        return  # it is there already
    number = 1
    while isinstance(localStorage.getItem(aside := f"{KEY}-broken-{number}"), str):
        number += 1
    localStorage.setItem(aside, text)
    print(f"The saved todos are damaged ({error}); they are kept as {aside!r}.", file=sys.stderr)
