"""What the page says about the last thing that was done, and why it did not work."""

from collections.abc import Callable

import tree
from files import Problem

from pyodide_app.bridge import Signal
from pyodide_app.bridge.storage import Store

said = Signal("")
problem = Signal("")
store: Signal[Store | None] = Signal(None)  # the durable folder


def say(text: str) -> None:
    said.value, problem.value = text, ""


def complain(text: str) -> None:
    said.value, problem.value = "", text


def attempt(action: Callable[[], object]) -> bool:
    """Whether it worked; if not, the page says why."""
    try:
        action()
    except Problem as error:
        complain(str(error))
        return False
    return True


async def change(action: Callable[[], object], done: str) -> bool:
    """Changes files, shows them anew, and says so once what is in the durable folder is durable."""
    worked = attempt(action)
    tree.reread()
    if worked and store.value and not store.value.read_only:
        try:
            await store.value.flush()
        except OSError as error:
            complain(f"It is not durable yet, only in memory: {error.strerror or error}.")
            return False
    if worked:
        say(done)
    return worked
