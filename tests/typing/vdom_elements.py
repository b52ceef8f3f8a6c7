"""What type checkers say about elements: this file is checked, not run. An unused `ignore` is an error."""

from typing import Literal, assert_type

from pyodide_app.bridge.reactivity import Signal, computed
from pyodide_app.bridge.vdom import Element, Ref, on
from pyodide_app.bridge.vdom._events import Handler
from pyodide_app.bridge.vdom.elements import Tag, a, br, button, div, form, input_, object_, p, video
from pyodide_app.bridge.vdom.elements.mathml import math, mfrac
from pyodide_app.bridge.vdom.elements.svg import circle, linear_gradient, svg
from pyodide_app.bridge.vdom.events import (
    Event,
    InputEvent,
    KeyboardEvent,
    MouseEvent,
    PointerEvent,
    SubmitEvent,
)


def takes_nothing() -> None: ...
def takes_event(event: Event) -> None: ...
def takes_mouse(event: MouseEvent) -> None: ...
def takes_key(event: KeyboardEvent) -> None: ...
async def takes_submit(event: SubmitEvent) -> None: ...


text = Signal("x")
number = Signal(1)
kind: Signal[Literal["text", "url"]] = Signal("text")

# What is made, with and without props and children.
assert_type(div(class_="row"), Element)
assert_type(div["text", br, p["more"]], Element)
assert_type(div(class_="row")["text"], Element)

# Props are plain or live.
div(id="x", title=text, hidden=lambda: number.value > 1, tabindex=number, lang=None)
div(title=computed(lambda: text.value.upper()), class_=["a", False, {"b": number}], style={"color": text})
input_(type=kind, value=text, min=0, max="2026-01-01", checked=True)
div(id=3)  # type: ignore[arg-type]
div(title=number)  # type: ignore[arg-type]
div(tabindex=lambda: "no number")  # type: ignore[arg-type,return-value]
div(hreff="x")  # type: ignore[call-arg]
div(href="x")  # type: ignore[call-arg]
a(href="x", target="_blank", download=True)
input_(type="nope")  # type: ignore[arg-type]
button(type="submit", disabled=computed(lambda: number.value > 1), popovertarget="menu")

# What every element takes.
div(key=3, ref=Ref(), data={"id": 3, "name": text}, aria_label="x", aria_hidden=True, role="note")
div(aria_hidden="yes")  # type: ignore[arg-type]
div(data="x")  # type: ignore[arg-type]
object_(data="x")

# Handlers.
button(on_click=takes_nothing)
button(on_click=takes_event)
button(on_click=takes_mouse)
button(on_click=lambda: number.update(lambda n: n + 1))
button(on_click=lambda n=1: number.update(lambda m: m + n))
button(on_click=lambda event: print(event.client_x))
button(on_click=takes_key)  # type: ignore[arg-type]
form(on_submit=takes_submit)
button(on_click=takes_submit)  # type: ignore[arg-type]
button(on_click="alert(1)")  # type: ignore[arg-type]
div(on_cuechange=takes_nothing)  # type: ignore[call-arg]
video(on_timeupdate=takes_nothing)
div(on={"my-event": takes_nothing})

assert_type(on(takes_key, prevent_default=True), Handler[KeyboardEvent])
assert_type(on(takes_nothing), Handler[Event])
button(on_click=on(takes_mouse, once=True), on_keydown=on(takes_key), on_input=on(takes_nothing))
button(on_click=on(takes_key))  # type: ignore[arg-type]


# Events.
def reads(click: PointerEvent, key: KeyboardEvent, typed: InputEvent, submit: SubmitEvent) -> None:
    assert_type(click.client_x, float)
    assert_type(click.shift_key, bool)
    assert_type(click.type, str)
    assert_type(key.key, str)
    assert_type(typed.value, str)
    assert_type(typed.data, str | None)
    print(submit.key)  # type: ignore[attr-defined]


# Other namespaces, custom elements.
svg(view_box="0 0 1 1")[linear_gradient(gradient_units="userSpaceOnUse"), circle(r=1, stroke_width=number)]
circle(radius=1)  # type: ignore[call-arg]
math(display="block")[mfrac(linethickness="0")["1", "2"]]
Tag("my-element")(size=3)["text"]
