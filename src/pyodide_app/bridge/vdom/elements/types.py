"""What props may be. Type checkers read this; an app that runs does not."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal, Protocol, TypeAlias, TypeVar

from pyodide_app.bridge.vdom._events import Handler
from pyodide_app.bridge.vdom._ref import Ref
from pyodide_app.bridge.vdom.events import Event

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
E = TypeVar("E", bound=Event)


class Readable(Protocol[T_co]):
    """A signal or a computed; one of a narrower type will do."""

    @property
    def value(self) -> T_co: ...
    def peek(self) -> T_co: ...


# None leaves an attribute out.
Live: TypeAlias = T | Readable[T] | Callable[[], T]
Text: TypeAlias = Live[str | None]
Flag: TypeAlias = Live[bool | None]
Integer: TypeAlias = Live[int | None]
Number: TypeAlias = Live[float | None]
Length: TypeAlias = Live[float | str | None]

Classes: TypeAlias = Live[
    str | Mapping[str, object] | Sequence[str | Mapping[str, object] | Literal[False] | None] | None
]
Styles: TypeAlias = Live[str | Mapping[str, object] | None]
Key: TypeAlias = object
Reference: TypeAlias = Ref | Callable[[Any], object] | None
Data: TypeAlias = Mapping[str, Live[str | float | bool | None]]
DataOrAddress: TypeAlias = Data | Text

Handles: TypeAlias = Callable[[], object] | Callable[[E], object] | Handler[E] | None
On: TypeAlias = Mapping[str, Callable[[], object] | Callable[[Any], object] | Handler[Any] | None]
