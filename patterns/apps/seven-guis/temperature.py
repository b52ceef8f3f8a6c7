"""Task 2, Temperature Converter: two fields, each of which follows the other."""

from collections.abc import Callable

from pyodide_app.bridge import Signal
from pyodide_app.bridge.vdom import Element, component, use
from pyodide_app.bridge.vdom.elements import div, input_, label
from pyodide_app.bridge.vdom.events import InputEvent


def number(text: str) -> float | None:
    """What a text says; None if it is no number."""
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        return None
    return value if abs(value) < 1e15 else None  # nor infinity and the like


def fahrenheit(celsius: float) -> float:
    return celsius * 9 / 5 + 32


def celsius(fahrenheit: float) -> float:
    return (fahrenheit - 32) * 5 / 9


@component
def Temperature() -> Element:
    # The state is the texts, not a temperature: "5." must not turn into "5" under the hands of who types.
    in_celsius, in_fahrenheit = use(lambda: (Signal("5"), Signal("41")))

    def field(name: str, text: Signal[str], other: Signal[str], convert: Callable[[float], float]) -> Element:
        def on_input(event: InputEvent) -> None:
            text.value = event.value
            value = number(event.value)
            if value is not None:
                other.value = f"{round(convert(value), 2):g}"

        return label[
            name,
            input_(
                value=text,
                inputmode="decimal",
                autocomplete="off",
                aria_invalid=lambda: number(text.value) is None,
                on_input=on_input,
            ),
        ]

    return div(class_="row")[
        field("Celsius", in_celsius, in_fahrenheit, fahrenheit),
        field("Fahrenheit", in_fahrenheit, in_celsius, celsius),
    ]
