"""Which part of a value cannot cross, and where in it that is: `args[1]["rows"][3]`."""

from collections.abc import Callable, Iterator
from types import FunctionType
from typing import Any

from pyodide_app.bridge.rpc._errors import CrossingError

_DEPTH = 20  # a value may hold itself


def explain(
    value: object,
    names: tuple[str, ...],
    reason: Exception,
    error: Exception,
    crosses: Callable[[object], bool],
) -> CrossingError:
    """The error for a value that cannot cross, which names its innermost part that cannot.

    Args:
        names: what to call the value's parts, if it is a tuple of so many.
        reason: what was raised.
        error: what was raised by the last way that was tried.
        crosses: whether a part crosses.
    """
    parts: Any = value if isinstance(value, tuple) and len(value) == len(names) else (value,)
    for name, part in zip(names, parts, strict=False):
        found = _find(part, name, 0, crosses)
        if found:
            place, culprit = found
            break
    else:
        place, culprit = names[0], value
    kind = culprit if _named(culprit) else type(culprit)
    by_value = kind is culprit or kind.__module__ == "__main__"
    if by_value and isinstance(error, ModuleNotFoundError) and error.name == "cloudpickle":
        return CrossingError(
            f"{place} cannot cross: {kind.__qualname__!r} of {kind.__module__} can only go by value, "
            "for which the package cloudpickle is missing. Add cloudpickle to the app's dependencies, or "
            "move the function or class into a module of the app.",
            missing="cloudpickle",
        )
    advice = "pass callback(…) of it" if callable(culprit) else "pass plain data in its place"
    return CrossingError(f"{place} cannot cross: it is {_kind(culprit)} ({reason}); {advice}")


def _named(value: Any) -> bool:  # noqa: ANN401 - anything
    return isinstance(value, FunctionType | type)


def _kind(value: object) -> str:
    kind = type(value)
    article = "an" if kind.__qualname__[:1].lower() in "aeiou" else "a"
    return f"{article} {kind.__module__}.{kind.__qualname__}".replace("builtins.", "")


def _find(value: object, path: str, depth: int, crosses: Callable[[object], bool]) -> tuple[str, Any] | None:
    """The innermost part that cannot be pickled."""
    if crosses(value):
        return None
    if depth < _DEPTH:
        for name, part in _parts(value):
            if found := _find(part, path + name, depth + 1, crosses):
                return found
    return path, value


def _parts(value: object) -> Iterator[tuple[str, object]]:
    if isinstance(value, dict):
        for key, each in value.items():
            yield f"[{key!r}]", each
            yield f"[{key!r}] (the key)", key
    elif isinstance(value, list | tuple):
        yield from ((f"[{index}]", each) for index, each in enumerate(value))
    elif isinstance(value, set | frozenset):
        yield from (("{…}", each) for each in value)
    elif not _named(value):
        state = getattr(value, "__dict__", None)
        if isinstance(state, dict):
            yield from ((f".{name}", each) for name, each in state.items())
