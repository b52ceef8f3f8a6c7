"""Buttons that do nothing while the session is busy, and keep the focus."""

from collections.abc import Awaitable, Callable

from session import is_free

from pyodide_app.bridge.vdom import Element
from pyodide_app.bridge.vdom.elements import button, input_, label
from pyodide_app.bridge.vdom.events import ChangeEvent


def action(
    text: str | Callable[[], str],
    do: Callable[[], Awaitable[None]],
    *,
    is_open: Callable[[], object] = lambda: is_free.value,
    class_: str | None = None,
) -> Element:
    async def press() -> None:
        if is_open():
            await do()

    return button(
        type="button", aria_disabled=lambda: "false" if is_open() else "true", on_click=press, class_=class_
    )[text]


def upload(text: str, accept: str, do: Callable[[ChangeEvent], Awaitable[None]]) -> Element:
    return label(class_="file")[
        text, input_(type="file", accept=accept, disabled=lambda: not is_free.value, on_change=do)
    ]
