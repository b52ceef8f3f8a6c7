"""Events that people make: with pointer, keyboard, controls and forms."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from pyodide_app.bridge.vdom.events._event import (
    Event,
    flag,
    integer,
    number,
    text,
    text_or_none,
    thing,
)


class _Modified(Event):
    """Made while modifier keys may be held."""

    alt_key = flag("altKey")
    ctrl_key = flag("ctrlKey")
    meta_key = flag("metaKey")
    shift_key = flag("shiftKey")


class MouseEvent(_Modified):
    """Something done with the mouse."""

    client_x = number("clientX")  # CSS pixels from the window's left
    client_y = number("clientY")
    movement_x = number("movementX")  # since the last such event
    movement_y = number("movementY")
    offset_x = number("offsetX")  # from the target's padding edge
    offset_y = number("offsetY")
    page_x = number("pageX")  # from the document's left
    page_y = number("pageY")
    screen_x = number("screenX")
    screen_y = number("screenY")
    button = integer("button")  # which one: 0 main, 1 middle, 2 secondary
    buttons = integer("buttons")  # which are down: a sum of 1 main, 2 secondary, 4 middle
    detail = integer("detail")  # how many clicks in a row
    related_target = thing("relatedTarget")  # where the pointer came from or goes to


class PointerEvent(MouseEvent):
    """Something done with mouse, pen or finger; clicks too."""

    height = number("height")
    is_primary = flag("isPrimary")
    pointer_id = integer("pointerId")
    pointer_type = text("pointerType")  # mouse, pen or touch
    pressure = number("pressure")  # from 0 to 1
    tilt_x = number("tiltX")
    tilt_y = number("tiltY")
    twist = number("twist")
    width = number("width")


class WheelEvent(MouseEvent):
    """The wheel was turned, or fingers scrolled."""

    delta_mode = integer("deltaMode")  # the deltas are 0 pixels, 1 lines, 2 pages
    delta_x = number("deltaX")
    delta_y = number("deltaY")
    delta_z = number("deltaZ")


class DragEvent(MouseEvent):
    """Something is dragged or dropped."""

    _fleeting = (*MouseEvent._fleeting, "text", "files")
    data_transfer = thing("dataTransfer")

    @cached_property
    def text(self) -> str:
        """The text that is dropped; only a drop has it."""
        return _text(self.data_transfer)

    @cached_property
    def files(self) -> list[Any]:
        """The files that are dropped, as JavaScript has them."""
        return _files(self.data_transfer)


class TouchEvent(_Modified):
    """Fingers touch the screen."""

    changed_touches = thing("changedTouches")
    target_touches = thing("targetTouches")
    touches = thing("touches")


class _Control(Event):
    """Happened in a control; what that holds is another thing later."""

    _fleeting = (*Event._fleeting, "value", "checked")


class KeyboardEvent(_Control, _Modified):
    """A key."""

    key = text("key")  # what it means: a, A, Enter, ArrowLeft
    code = text("code")  # where it is: KeyA, Enter
    is_composing = flag("isComposing")  # it is part of a character that is still being composed
    location = integer("location")
    repeat = flag("repeat")  # it is held down


class FocusEvent(_Control):
    """The focus comes or goes."""

    related_target = thing("relatedTarget")  # where it comes from or goes to


class ChangeEvent(_Control):
    """A control has changed: the user is done with it."""

    @cached_property
    def values(self) -> list[str]:
        """What is selected in a select of several."""
        return [str(option.value) for option in self._of_target("selectedOptions")]

    @cached_property
    def files(self) -> list[Any]:
        """The files that were chosen, as JavaScript has them."""
        return list(self._of_target("files"))


class InputEvent(ChangeEvent):
    """A control is changing, with every key."""

    data = text_or_none("data")  # what was typed
    input_type = text("inputType")  # insertText, deleteContentBackward, …
    is_composing = flag("isComposing")


class CompositionEvent(Event):
    """A character is composed of several keys."""

    data = text("data")


class ClipboardEvent(Event):
    """Something is copied, cut or pasted."""

    _fleeting = (*Event._fleeting, "text", "files")
    clipboard_data = thing("clipboardData")

    @cached_property
    def text(self) -> str:
        """The text that is pasted."""
        return _text(self.clipboard_data)

    @cached_property
    def files(self) -> list[Any]:
        """The files that are pasted, as JavaScript has them."""
        return _files(self.clipboard_data)


class SubmitEvent(Event):
    """A form is sent."""

    _fleeting = (*Event._fleeting, "form_lists")
    submitter = thing("submitter")  # the button

    @cached_property
    def form_lists(self) -> Mapping[str, list[Any]]:
        """All values of each of the form's names: texts, and files as JavaScript has them."""
        from js import FormData  # noqa: PLC0415 - only there in the browser

        form, submitter = self.target, self.submitter
        lists: dict[str, list[Any]] = {}
        for name, value in FormData.new(form, submitter) if submitter else FormData.new(form):
            lists.setdefault(name, []).append(value)
        return lists

    @cached_property
    def form_data(self) -> Mapping[str, Any]:
        """What the form's controls hold, by name; the last one where there are several."""
        return {name: values[-1] for name, values in self.form_lists.items()}


def _text(transfer: Any) -> str:  # noqa: ANN401 - JavaScript's DataTransfer
    return str(transfer.getData("text/plain")) if transfer else ""


def _files(transfer: Any) -> list[Any]:  # noqa: ANN401
    return list(transfer.files) if transfer else []
