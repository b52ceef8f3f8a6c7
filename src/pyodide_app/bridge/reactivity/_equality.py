"""When two values count as the same."""

__all__ = ["same"]


_PLAIN = frozenset({int, float, bool, str, bytes})


def same(one: object, other: object) -> bool:
    """The default: the same object, or one of the same type that says it is equal.

    What can be watched from inside (`observable`, `ReactiveList` …) is the same only as itself: it may be
    equal now, and no longer so a moment later.
    """
    if one is other:
        return True
    kind = type(one)
    if kind is not type(other):
        return False  # 1, 1.0 and True are shown differently
    if kind in _PLAIN:
        return one == other
    if hasattr(one, "__observable__"):
        return False
    try:
        return bool(one == other)
    except Exception:  # an array, for example, has no single answer
        return False
