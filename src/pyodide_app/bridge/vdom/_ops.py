"""The op stream: what is to be written to the DOM, collected here and sent in one crossing.

Nodes are called by numbers (ids). An operation is a few integers in `ints`; the strings that it needs stand
in `strings`, in the same order. runtime/vdom.js applies them; it has the same list of operations.

There is one stream and one table of nodes for all apps of an interpreter: what they change in the same frame
goes to the page together.
"""

import json
from array import array
from typing import Any, Final

from pyodide_app.bridge.core import IS_EMSCRIPTEN

# What each is followed by: [in ints] and "in strings".
NAME: Final = 0  # "name": the next number for a tag, an attribute or the like
TEMPLATE: Final = 1  # "markup": the next number for a template
OPEN: Final = 2  # [name, id] begin an element in the frame
CLOSE: Final = 3  # put it where the frame before it says
CLONE: Final = 4  # [template, id] begin a template's copy; its roots and holes are numbered from there on
TEXT: Final = 5  # [id] "text": a text node
CONTENT: Final = 6  # "text": the current element's only content
ATTRIBUTE: Final = 7  # [name] "value"
NO_ATTRIBUTE: Final = 8  # [name]
STYLE: Final = 9  # "declarations"
FLAG: Final = 10  # [name, 0 or 1] a property that is true or false
VALUE: Final = 11  # "value" of a control
HTML_CONTENT: Final = 12  # "markup": the current element's only content
LISTEN: Final = 13  # [name of a type, flags, id of the current element]
UNLISTEN: Final = 14  # [name of a type]
ON: Final = 15  # [id] makes it the current element
INTO: Final = 16  # [id] begin a frame at the end of an element
BEFORE: Final = 17  # [id] begin a frame before a node
AFTER: Final = 18  # [id] begin a frame after a node
END: Final = 19  # of such a frame
MOVE: Final = 20  # [id] a node to the frame
REMOVE: Final = 21  # [id]
EMPTY: Final = 22  # [id] remove all that is in an element
FREE: Final = 23  # [count, ids…] forget nodes
SET_TEXT: Final = 24  # [id] "text" of a text node
ADOPT: Final = 25  # [id] begin a frame that takes over what an element already has
REMOVE_RANGE: Final = 26  # [first id, last id] remove these and what is between
CONTENT_CLOSE: Final = 27  # "text": both
TEMPLATE_LISTEN: Final = 28  # [template, place among the copy's numbers, name of a type, flags]
FREE_RANGES: Final = 29  # [count, (id, count)…] forget nodes that are numbered one after the other

ints: list[int] = []
strings: list[str] = []
values: dict[int, str | bool] = {}  # of controls, by id: last of all, and only the last one
_defined: list[int] = []  # definitions stay when an update is abandoned
_definitions: list[str] = []
names: dict[str, int] = {}
_templates = 0
free_ids: list[int] = []
_freed: list[int] = []  # since the last commit; only after it their numbers may be used again
_freed_ranges: list[int] = []  # first id and count of each
_pools: dict[int, list[int]] = {}  # the first ids of free ranges, by count
_highest = 0
adopting = False
"""Whether what is being mounted takes over nodes that the page has."""
commits = 0
"""How many crossings there have been."""
written = 0
"""How many integers the last one had."""


def name(text: str) -> int:
    """The number of a tag, an attribute, a property or a type of event."""
    number = names.get(text)
    if number is None:
        number = names[text] = len(names)
        _defined.append(NAME)
        _definitions.append(text)
    return number


def template(markup: str) -> int:
    """The number of a new template."""
    global _templates
    _defined.append(TEMPLATE)
    _definitions.append(markup)
    _templates += 1
    return _templates - 1


def take_id() -> int:
    """A number for a new node."""
    global _highest
    if free_ids:
        return free_ids.pop()
    _highest += 1
    return _highest


def listen(template: int, place: int, type: str, flags: int) -> None:
    """Let all further copies of a template listen to something."""
    code = name(type)
    _defined.extend((TEMPLATE_LISTEN, template, place, code, flags))


def pool(count: int) -> list[int]:
    """The first of as many numbers in a row, for each such row that is free."""
    return _pools.setdefault(count, [])


def take_range(count: int) -> int:
    """The first of as many numbers in a row, none of which was in use."""
    global _highest
    _highest += count
    return _highest - count + 1


free_id = _freed.append
"""Give the number of a node back that is no longer needed."""
free_range = _freed_ranges.extend
"""Give several in a row back: the first and how many."""


def mark() -> tuple[int, int]:
    """Where the stream is now."""
    return len(ints), len(strings)


def rewind(mark: tuple[int, int]) -> None:
    """Forget what came after a mark."""
    del ints[mark[0] :]
    del strings[mark[1] :]


def waiting() -> bool:
    """Whether there is something to commit."""
    return bool(ints or values or _freed or _freed_ranges or _defined)


def ids_in_use() -> int:
    """How many nodes Python knows."""
    free = sum(count * len(ranges) for count, ranges in _pools.items()) + sum(_freed_ranges[1::2])
    return _highest - len(free_ids) - len(_freed) - free


def commit(apply: Any) -> None:  # noqa: ANN401 - a JavaScript function
    """Write everything to the DOM; one crossing, or none if there is nothing to write.

    Args:
        apply: the renderer's.
    """
    global commits, written
    written = 0
    for id, value in values.items():
        if isinstance(value, bool):
            ints.extend((ON, id, FLAG, name("checked"), int(value)))
        else:
            ints.extend((ON, id, VALUE))
            strings.append(value)
    if _freed:
        ints.append(FREE)
        ints.append(len(_freed))
        ints.extend(_freed)
    if _freed_ranges:
        ints.append(FREE_RANGES)
        ints.append(len(_freed_ranges) // 2)
        ints.extend(_freed_ranges)
    if not ints and not _defined:
        return
    stream, texts = _defined + ints, _definitions + strings
    free_ids.extend(_freed)
    for first, count in zip(_freed_ranges[::2], _freed_ranges[1::2], strict=True):
        _pools[count].append(first)
    for each in (values, ints, strings, _defined, _definitions, _freed, _freed_ranges):
        each.clear()
    text = "\0".join(texts)
    is_json = text.count("\0") >= max(len(texts), 1)
    if is_json:
        text = json.dumps(texts)
    commits += 1
    if IS_EMSCRIPTEN:
        codes = array("I", stream)  # none is negative, and this is twice as quick as "i"
        address, length = codes.buffer_info()
        apply(address, length, text, is_json)
    written = len(stream)
