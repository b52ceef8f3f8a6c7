"""Events as handlers get them. Attributes are called as in JavaScript, in Python's spelling."""

from typing import Any

from pyodide_app.bridge.vdom.events._event import Event
from pyodide_app.bridge.vdom.events._page import (
    AnimationEvent,
    CustomEvent,
    ProgressEvent,
    StorageEvent,
    ToggleEvent,
    TransitionEvent,
)
from pyodide_app.bridge.vdom.events._user import (
    ChangeEvent,
    ClipboardEvent,
    CompositionEvent,
    DragEvent,
    FocusEvent,
    InputEvent,
    KeyboardEvent,
    MouseEvent,
    PointerEvent,
    SubmitEvent,
    TouchEvent,
    WheelEvent,
)

__all__ = [
    "AnimationEvent",
    "ChangeEvent",
    "ClipboardEvent",
    "CompositionEvent",
    "CustomEvent",
    "DragEvent",
    "Event",
    "FocusEvent",
    "InputEvent",
    "KeyboardEvent",
    "MouseEvent",
    "PointerEvent",
    "ProgressEvent",
    "StorageEvent",
    "SubmitEvent",
    "ToggleEvent",
    "TouchEvent",
    "TransitionEvent",
    "WheelEvent",
    "event_of",
]

_TYPES: dict[type[Event], str] = {
    AnimationEvent: "animationcancel animationend animationiteration animationstart",
    ChangeEvent: "change",
    ClipboardEvent: "copy cut paste",
    CompositionEvent: "compositionend compositionstart compositionupdate",
    DragEvent: "drag dragend dragenter dragleave dragover dragstart drop",
    Event: (
        "abort cancel canplay canplaythrough close cuechange durationchange emptied ended error formdata "
        "fullscreenchange fullscreenerror invalid load loadeddata loadedmetadata loadstart pause play "
        "playing ratechange reset resize scroll scrollend seeked seeking select selectionchange "
        "selectstart slotchange stalled suspend timeupdate volumechange waiting"
    ),
    FocusEvent: "blur focus focusin focusout",
    InputEvent: "beforeinput input",
    KeyboardEvent: "keydown keypress keyup",
    MouseEvent: "dblclick mousedown mouseenter mouseleave mousemove mouseout mouseover mouseup",
    PointerEvent: (
        "auxclick click contextmenu gotpointercapture lostpointercapture pointercancel pointerdown "
        "pointerenter pointerleave pointermove pointerout pointerover pointerrawupdate pointerup"
    ),
    ProgressEvent: "loadend progress",
    StorageEvent: "storage",
    SubmitEvent: "submit",
    ToggleEvent: "beforetoggle toggle",
    TouchEvent: "touchcancel touchend touchmove touchstart",
    TransitionEvent: "transitioncancel transitionend transitionrun transitionstart",
    WheelEvent: "wheel",
}
CLASSES: dict[str, type[Event]] = {type: kind for kind, types in _TYPES.items() for type in types.split()}
"""Which kind of event a type is; all others are custom."""


def event_of(js: Any, id: int, type: str) -> Event:  # noqa: ANN401 - JavaScript's event
    """The event for a handler.

    Args:
        js: JavaScript's event.
        id: the node's that has the handler.
        type: the event's.
    """
    return CLASSES.get(type, CustomEvent)(js, id, type)
