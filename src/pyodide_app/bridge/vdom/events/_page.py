"""Events that the page itself makes: animations, media, loading, the app's own."""

from pyodide_app.bridge.vdom.events._event import (
    Event,
    flag,
    integer,
    number,
    text,
    text_or_none,
    thing,
)


class AnimationEvent(Event):
    """A CSS animation begins, ends or starts over."""

    animation_name = text("animationName")
    elapsed_time = number("elapsedTime")  # seconds
    pseudo_element = text("pseudoElement")


class TransitionEvent(Event):
    """A CSS transition begins or ends."""

    elapsed_time = number("elapsedTime")  # seconds
    property_name = text("propertyName")
    pseudo_element = text("pseudoElement")


class ToggleEvent(Event):
    """Something opens or closes."""

    new_state = text("newState")  # open or closed
    old_state = text("oldState")


class ProgressEvent(Event):
    """Something is being loaded."""

    length_computable = flag("lengthComputable")
    loaded = integer("loaded")
    total = integer("total")


class StorageEvent(Event):
    """Another page has changed what is stored."""

    key = text_or_none("key")
    new_value = text_or_none("newValue")
    old_value = text_or_none("oldValue")
    url = text("url")


class CustomEvent(Event):
    """An event that a script has made."""

    detail = thing("detail")  # what the script says about it
