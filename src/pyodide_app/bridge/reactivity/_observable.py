"""Objects whose fields can be watched.

A field's value stands in the object's `__dict__`, as ever. A descriptor in the class reads and writes it, and
makes a signal for the field only when a computed or an effect reads it. The signals are kept beside the
objects, so that an object's `vars`, its copies and its pickles are what they would be without them.
"""

import dataclasses
import weakref
from collections.abc import Callable
from inspect import getattr_static
from types import MemberDescriptorType
from typing import Any, Self, TypeVar, dataclass_transform

from pyodide_app.bridge.reactivity import _graph
from pyodide_app.bridge.reactivity._collections import MISSING, Collection, wrap
from pyodide_app.bridge.reactivity._equality import same

__all__ = ["field", "observable", "subscribe"]

T = TypeVar("T")

_FIELDS = "__observable__"  # the class's attribute: the names of the fields


class _Watched(weakref.ref[object]):
    """An object of which a field is watched, and the fields' signals."""

    __slots__ = ("key", "signals")

    key: int
    signals: "dict[str, _graph.Signal[Any]]"

    def __new__(cls, obj: object) -> Self:
        self = super().__new__(cls, obj, _forget)
        self.key = id(obj)
        self.signals = {}
        return self

    def __init__(self, obj: object) -> None:
        super().__init__(obj, _forget)  # type: ignore[call-arg]  # as weakref.ref.__init__ takes it


_watched: dict[int, _Watched] = {}


def _forget(gone: Any, watched: dict[int, _Watched] = _watched) -> None:  # noqa: ANN401 - a _Watched
    watched.pop(gone.key, None)  # by a default, since at exit the module's names may be gone


class _Field:
    """The descriptor of one field."""

    __slots__ = ("_default", "_name")

    def __init__(self, name: str, default: object) -> None:
        self._name = name
        self._default = default

    def __get__(self, obj: object, kind: type | None = None) -> Any:  # noqa: ANN401 - the field's value
        if obj is None:
            if self._default is MISSING:
                raise AttributeError(f"{self._name} is a field of each object, not of the class")
            return self._default  # as dataclasses do
        value = obj.__dict__.get(self._name, self._default)
        if _graph._reads is not None:
            self._signal(obj, value).track()
        if value is MISSING:
            raise AttributeError(f"{type(obj).__name__!r} object has no attribute {self._name!r}")
        return value

    def __set__(self, obj: object, new: object) -> None:
        values = obj.__dict__
        watched = _watched.get(id(obj))
        if watched is None or self._name not in watched.signals:
            values[self._name] = wrap(new)
            return
        old = values.get(self._name, self._default)
        if new is old or same(old, new) or _same_items(old, new):
            return
        values[self._name] = new = wrap(new)
        watched.signals[self._name].value = new

    def __delete__(self, obj: object) -> None:
        if self._name not in obj.__dict__:
            raise AttributeError(self._name)
        del obj.__dict__[self._name]
        watched = _watched.get(id(obj))
        if watched is not None and self._name in watched.signals:
            watched.signals[self._name].value = self._default

    def _signal(self, obj: object, value: object) -> "_graph.Signal[Any]":
        watched = _watched.get(id(obj))
        if watched is None:
            watched = _watched[id(obj)] = _Watched(obj)
        signal = watched.signals.get(self._name)
        if signal is None:
            signal = watched.signals[self._name] = _graph.Signal(value)
        return signal


def _same_items(old: object, new: object) -> bool:
    """Whether a plain collection says the same as the reactive copy of the last one."""
    if not isinstance(old, Collection) or wrap(new) is new:
        return False
    with _graph.untracked():
        return bool(old == new)


@dataclass_transform(eq_default=False, field_specifiers=(dataclasses.field, dataclasses.Field))
def observable(cls: type[T]) -> type[T]:
    """Make a class's fields reactive: a computed or an effect that reads one depends on it.

    The class may be a dataclass, with this decorator above `@dataclass`. A class that only annotates its
    fields becomes one, whose objects are equal only to themselves. Lists, dicts and sets in the fields become
    reactive ones (copies), whose changes are seen too. Unless the class has a `subscribe`, it gets
    `subscribe(field, callback)`.

    Raises:
        TypeError: the class has slots.
    """
    if not dataclasses.is_dataclass(cls) or "__dataclass_fields__" not in vars(cls):
        own_init = "__init__" in vars(cls)
        cls = dataclasses.dataclass(init=not own_init, repr=not own_init, eq=False)(cls)
    names = tuple(each.name for each in dataclasses.fields(cls))  # type: ignore[arg-type]
    for name in names:
        attribute = getattr_static(cls, name, MISSING)
        if isinstance(attribute, MemberDescriptorType):
            raise TypeError(
                f"{cls.__qualname__}.{name} is a slot, which cannot be watched: make the class without slots"
            )
        if not isinstance(attribute, _Field):
            setattr(cls, name, _Field(name, attribute))
    setattr(cls, _FIELDS, names)
    if not hasattr(cls, "subscribe"):
        cls.subscribe = subscribe  # type: ignore[attr-defined]
    return cls


def field(obj: object, name: str) -> "_graph.Computed[Any]":
    """A field of an observable object as something with a `value`, to be read, set and subscribed to.

    Raises:
        AttributeError: there is no such field.
    """
    _check(obj, name)
    return _graph.Computed(lambda: getattr(obj, name), set=lambda value: setattr(obj, name, value))


def subscribe(obj: object, field: str, callback: Callable[[Any], object]) -> "_graph.Subscription":
    """Call back with each new value of a field from now on, until the subscription, or its owner, is closed.

    A list, dict or set in the field counts as new whenever something in it is.

    Raises:
        AttributeError: there is no such field.
    """
    _check(obj, field)

    def read() -> object:
        value = getattr(obj, field)
        if isinstance(value, Collection):
            value.track()
        return value

    def equal(old: object, new: object) -> bool:
        return same(old, new) and not isinstance(new, Collection)

    return _graph.Computed(read, equal).subscribe(callback)


def _check(obj: object, name: str) -> None:
    names: tuple[str, ...] = getattr(obj, _FIELDS, ())
    if name not in names:
        there = f"its fields are {', '.join(names)}" if names else "it is not observable"
        raise AttributeError(f"{type(obj).__name__} has no field {name!r} to watch: {there}")
