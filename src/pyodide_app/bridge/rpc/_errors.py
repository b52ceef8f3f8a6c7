"""What can go wrong between two ends, as exceptions."""

from typing import final

__all__ = [
    "BlockingUnavailable",
    "CrossingError",
    "DeadlineExceeded",
    "DeadlockError",
    "ReleasedError",
    "RemoteError",
    "WorkerDied",
]


class RemoteError(Exception):
    """An exception of the other side whose type cannot be had, or not be rebuilt, on this one.

    Its traceback and its causes are those of the other side.

    Args:
        type_name: its type there, as "module.Type".
        message: what it says.
    """

    def __init__(self, type_name: str, message: str) -> None:
        super().__init__(type_name, message)
        self.type_name = type_name
        self.message = message

    def __str__(self) -> str:
        return f"{self.type_name}: {self.message}" if self.message else self.type_name


@final
class DeadlineExceeded(TimeoutError):
    """A call was not answered in time; the other side was told to cancel it."""


class WorkerDied(ConnectionError):
    """The other side is gone, and with it every call that waited for it.

    Args:
        message: what happened, and what to do.
        reason: "load", "syntax", "import", "terminated", "crashed", "memory", "unresponsive" or "closed".
    """

    def __init__(self, message: str, reason: str = "closed") -> None:
        super().__init__(message)
        self.reason = reason

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (str(self), self.reason)


@final
class DeadlockError(RuntimeError):
    """Two sides wait for each other, so neither would ever get an answer."""


@final
class CrossingError(TypeError):
    """A value cannot cross to the other side; the message says which one, and where it is.

    Args:
        missing: the package that would let it cross.
    """

    def __init__(self, message: str, missing: str = "") -> None:
        super().__init__(message)
        self.missing = missing


@final
class ReleasedError(ReferenceError):
    """A function was called through a handle that was released."""


@final
class BlockingUnavailable(RuntimeError):
    """Nothing here can block a thread until another one answers; the message names the missing capability."""
