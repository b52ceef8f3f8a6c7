"""Lists that are rendered item by item."""

import pytest

from pyodide_app.testing import AppPage

START = """
import js, random
from pyodide_app.bridge.reactivity import *
from pyodide_app.bridge.vdom import *
from pyodide_app.bridge.vdom import _ops
place = js.document.getElementById("app")
app = PythonVDOM(place)
log = []
def shown():
    app.flush()
    return place.textContent
def ops(change):
    # how often each operation is sent for a change; _ops.commit sees the stream before it is cleared
    found = []
    commit = _ops.commit
    def spy(apply):
        found.extend(_ops.ints)
        commit(apply)
    _ops.commit = spy
    try:
        change()
        app.flush()
    finally:
        _ops.commit = commit
    return found
class Item:
    def __init__(self, name): self.name = name
def row(item):
    log.append(item.name)
    return h("li", None, item.name)
a, b, c, d = map(Item, "abcd")
"""


@pytest.mark.parametrize(
    ("source", "change"),
    [
        ("Signal([a, b, c])", "source.value = [c, a, d]"),
        ("ReactiveList([a, b, c])", "source[:] = [c, a, d]"),
    ],
)
def test_only_new_items_are_rendered(pyodide: AppPage, source: str, change: str) -> None:
    assert pyodide.run(
        START
        + f"""
source = {source}
app.mount(lambda: h("ul", None, each(source, row)))
before = shown()
nodes = list(place.querySelectorAll("li"))
{change}
after = shown()
[before, after, log, place.querySelectorAll("li")[1] == nodes[0]]"""
    ) == ["abc", "cad", ["a", "b", "c", "d"], True]


def test_the_list_may_be_a_function_or_a_list_of_the_component(pyodide: AppPage) -> None:
    assert pyodide.run(
        START
        + """
items, other = Signal([a, b]), Signal(0)
@component
def App():
    other.value
    return [each(lambda: items.value[::-1], row), each(list(items.peek()), row)]
app.mount(App)
before = shown()
items.value = [b, c]
middle = shown()
other.value = 1
[before, middle, shown(), log]"""
    ) == ["baab", "cbab", "cbbc", ["b", "a", "a", "b", "c", "c"]]


def test_rendering_the_component_again_renders_no_row_again(pyodide: AppPage) -> None:
    assert pyodide.run(
        START
        + """
items, other, prefix = Signal([a, b]), Signal(0), Signal("")
@component
def App():
    other.value
    before = prefix.value
    def name_of(item): return before + item.name
    def show(item):
        log.append(item.name)
        return h("i", None, name_of(item))
    return each(items, show), each(items, lambda item: h("b", None, item.name))
app.mount(App)
steps = [shown()]
other.value = 1
steps.append(shown())
rendered = list(log)
prefix.value = ">"
[*steps, shown(), rendered, log]"""
    ) == ["abab", "abab", ">a>bab", ["a", "b"], ["a", "b", "a", "b"]]


def test_text_and_numbers_are_told_by_their_value(pyodide: AppPage) -> None:
    assert pyodide.run(
        START
        + """
items = Signal([1000, 2000])
def show(n):
    log.append(n)
    return h("li", None, n)
app.mount(lambda: each(items, show))
app.flush()
items.value = [int("2000"), int("1000"), True, 1, 1.0]
[shown(), log]"""
    ) == ["2000100011.0", [1000, 2000, True, 1, 1.0]]


def test_the_same_item_may_be_there_several_times(pyodide: AppPage) -> None:
    assert pyodide.run(
        START
        + """
items = Signal([a, b, a])
app.mount(lambda: each(items, row))
steps = [shown()]
for value in ([a, a, a, b], [b, a], [], [a]):
    items.value = value
    steps.append(shown())
[steps, log]"""
    ) == [["aba", "aaab", "ba", "", "a"], ["a", "b", "a", "a", "a"]]


def test_another_item_with_the_same_key_takes_over_the_nodes(pyodide: AppPage) -> None:
    assert pyodide.run(
        START
        + """
items = Signal([(1, "one"), (2, "two")])
app.mount(lambda: each(items, lambda item: h("li", None, [item[1], h("input")]), key=lambda item: item[0]))
app.flush()
nodes = list(place.querySelectorAll("li"))
items.value = [(2, "zwei"), (1, "one")]
[shown(), place.querySelector("li") == nodes[1]]"""
    ) == ["zweione", True]


def test_two_items_with_the_same_key_are_an_error_and_the_list_stays(pyodide: AppPage) -> None:
    assert pyodide.run(
        START
        + """
items = Signal([1, 2])
app.mount(lambda: each(items, str, key=lambda n: n % 10))
app.flush()
items.value = [3, 13]
try: app.flush()
except ExceptionGroup as group: said = str(group.exceptions[0]), *group.exceptions[0].__notes__
before = shown()
items.value = [3, 4]
[said[0], said[1], before, shown()]"""
    ) == [
        "each: two items have the key 3; keys must differ",
        "(while rendering a list in <lambda>)",
        "12",
        "34",
    ]


@pytest.mark.parametrize("bad", ["1 / 0", "h('p', {'innerHTML': ''})", "object()", "Broken()"])
def test_an_item_that_fails_leaves_the_others_alone(pyodide: AppPage, bad: str) -> None:
    assert pyodide.run(
        START
        + f"""
@component
def Broken(): raise ValueError("broken")
def show(item):
    return ({bad}) if item.name == "b" and failing else h("li", None, item.name)
failing = True
items = Signal([a, c])
app.mount(lambda: h("ul", None, [each(items, show), "!"]))
app.flush()
errors = []
def now():
    try: app.flush()
    except ExceptionGroup as group: errors.append(len(group.exceptions))
    return place.textContent
steps = []
for value in ([d, c, b, a], [b, a, d], [a, b]):
    items.value = value
    steps.append(now())
failing = False
items.value = [a, Item("b"), c]
[*steps, now(), errors]"""
    ) == ["dca!", "ad!", "a!", "abc!", [1]]


def test_an_item_that_fails_with_the_key_of_another_leaves_the_others_alone(pyodide: AppPage) -> None:
    assert pyodide.run(
        START
        + """
items = Signal([(1, "a"), (2, "b"), (3, "c")])
def show(item): return h("li", {"innerHTML": ""} if item[1] == "bad" else None, item[1])
app.mount(lambda: h("ul", None, each(items, show, key=lambda item: item[0])))
app.flush()
items.value = [(3, "c"), (2, "bad"), (1, "x")]
try: app.flush()
except ExceptionGroup as group: failed = len(group.exceptions)
steps = [place.textContent]
items.value = [(1, "x"), (2, "good"), (3, "c")]
[*steps, shown(), failed]"""
    ) == ["cx", "xgoodc", 1]


def test_effects_that_a_row_makes_end_with_it(pyodide: AppPage) -> None:
    assert pyodide.run(
        START
        + """
items, count = Signal([a, b]), Signal(0)
def show(item):
    effect(lambda: log.append(f"{item.name}{count.value}"))
    return item.name
app.mount(lambda: each(items, show))
app.flush()
items.value = [b]
app.flush()
count.value = 1
log"""
    ) == ["a0", "b0", "b1"]


def test_an_empty_list_keeps_its_place(pyodide: AppPage) -> None:
    assert pyodide.run(
        START
        + """
items = Signal([])
app.mount(lambda: h("p", None, ["<", each(items, row), each([], row), ">"]))
steps = [shown()]
for value in ([a], [], [b, c]):
    items.value = value
    steps.append(shown())
steps"""
    ) == ["<>", "<a>", "<>", "<bc>"]


@pytest.mark.parametrize("items", ["[]", "[Item('n') for _ in range(100)]"])
def test_a_list_alone_in_its_element_is_cleared_at_once(pyodide: AppPage, items: str) -> None:
    assert pyodide.run(
        START
        + f"""
items = Signal([Item(str(n)) for n in range(100)])
app.mount(lambda: h("ul", None, each(items, row)))
app.flush()
sent = ops(lambda: setattr(items, "value", {items}))
there = place.querySelectorAll("li").length
[sent[:5].count(_ops.EMPTY) >= 1, _ops.REMOVE in sent[:5], there == len(items.value)]"""
    ) == [True, False, True]


def test_a_list_with_neighbours_leaves_them(pyodide: AppPage) -> None:
    assert pyodide.run(
        START
        + """
items, more = Signal([a]), Signal(False)
app.mount(lambda: h("ul", None, [each(items, row), "more"] if more.value else each(items, row)))
steps = [shown()]
more.value = True
steps.append(shown())
items.value = [b]
steps.append(shown())
items.value = []
[*steps, shown()]"""
    ) == ["a", "amore", "bmore", "more"]


def test_reordering_sends_as_few_moves_as_can_be(pyodide: AppPage) -> None:
    """As many as are not in a longest rising run, which is counted here the slow way."""
    assert (
        pyodide.run(
            START
            + """
def fewest(order):
    longest = []
    for i, place in enumerate(order):
        longest.append(1 + max((longest[j] for j in range(i) if order[j] < place), default=0))
    return len(order) - max(longest, default=0)
moves = []
from pyodide_app.bridge.vdom import _element
move = _element.Element.move
_element.Element.move = lambda self: (moves.append(1), move(self))
random.seed(3)
items = Signal(list(range(12)))
app.mount(lambda: h("ol", None, [each(items, lambda n: h("li", None, n)), "."]))
app.flush()
wrong = []
try:
    for _ in range(60):
        old = items.value
        new = random.sample(old, 12)
        if random.random() < .3:
            new = old[1:] + old[:1] if random.random() < .5 else [old[-1], *old[1:-1], old[0]]
        moves.clear()
        items.value = new
        if shown() != "".join(map(str, new)) + ".":
            wrong.append(["shown", old, new])
        if len(moves) != fewest([old.index(n) for n in new]):
            wrong.append([old, new, len(moves)])
finally:
    _element.Element.move = move
wrong"""
        )
        == []
    )


def test_two_items_that_change_places_are_the_only_ones_moved(pyodide: AppPage) -> None:
    moves = pyodide.run(
        START
        + """
items = Signal([Item(str(n)) for n in range(50)])
app.mount(lambda: h("ul", None, each(items, row)))
app.flush()
nodes = list(place.querySelectorAll("li"))
steps = []
for one, other in [(1, 48), (0, 49), (7, 8), (3, 5)]:
    changed = list(items.peek())
    changed[one], changed[other] = changed[other], changed[one]
    nodes[one], nodes[other] = nodes[other], nodes[one]
    found = ops(lambda: setattr(items, "value", changed))
    steps.append((found.count(_ops.MOVE), list(place.querySelectorAll("li")) == nodes))
steps"""
    )
    assert [right for _, right in moves] == [True] * 4
    assert [count for count, _ in moves] == [2, 2, 1, 2]


def test_lists_beside_others_swap_and_empty_in_their_own_place(pyodide: AppPage) -> None:
    assert pyodide.run(
        START
        + """
items = Signal([a, b, c])
def pair(item): return fragment(row(item), "-")
app.mount(lambda: h("ul", None, ["<", each(items, row), "|", each(items, pair), ">"]))
steps = [shown()]
for value in ([c, b, a], [], [a, c], [d], [d, d, a], [d, a], [a, d, d, d]):
    items.value = value
    steps.append(shown())
steps"""
    ) == [
        "<abc|a-b-c->",
        "<cba|c-b-a->",
        "<|>",
        "<ac|a-c->",
        "<d|d->",
        "<dda|d-d-a->",
        "<da|d-a->",
        "<addd|a-d-d-d->",
    ]


def test_any_list_becomes_any_other(pyodide: AppPage) -> None:
    """Items that stay keep their element; each list is compared with one that is rendered anew."""
    assert (
        pyodide.run(
            START
            + """
source = random.Random(7)
things = [Item(str(n)) for n in range(6)] + [1, 2, "x", 1.5, True]
def some(): return [source.choice(things) for _ in range(source.randrange(9))]
def show(item): return h("li", None, getattr(item, "name", repr(item)))
items = Signal([])
app.mount(lambda: h("ul", None, each(items, show)))
wrong = []
for _ in range(400):
    before = dict(zip(map(id, items.peek()), place.querySelectorAll("li")))
    unique = len(before) == len(items.peek())
    value = items.value = some()
    text = shown()
    if text != "".join(getattr(i, "name", repr(i)) for i in value):
        wrong.append((value, text))
    now = list(place.querySelectorAll("li"))
    if unique and len(set(map(id, value))) == len(value):
        # 1 and True are equal, so they are told apart by number, as if one of them were there twice.
        wrong += [i for i, node in zip(value, now) if id(i) in before and i != 1 and before[id(i)] != node]
wrong"""
        )
        == []
    )


def test_a_key_that_another_item_has_already_is_named(pyodide: AppPage) -> None:
    errors = pyodide.run(
        START
        + """
items = Signal([a, b, c])
app.mount(lambda: h("ul", None, each(items, row, key=lambda item: item.name)))
app.flush()
items.value = [a, b, Item("a"), c]
try:
    app.flush()
except ExceptionGroup as group:
    said = [str(error) for error in group.exceptions]
items.value = [a, Item("e"), c]
[said, shown()]"""
    )
    assert errors == [["each: two items have the key 'a'; keys must differ"], "aec"]


def test_garbage_is_looked_for_after_a_large_commit_not_in_it(pyodide: AppPage) -> None:
    assert (
        pyodide.run(
            START
            + """
import asyncio, gc
items = Signal([])
app.mount(lambda: h("ul", None, each(items, row)))
app.flush()
items.value = [Item(str(n)) for n in range(1500)]
app.flush()
at_once = gc.isenabled()
while not gc.isenabled():
    await asyncio.sleep(0)
at_once"""
        )
        is False
    )


def test_a_rendering_that_is_interrupted_leaves_the_collector_on(pyodide: AppPage) -> None:
    assert (
        pyodide.run(
            START
            + """
import asyncio, gc
items, stop = Signal([]), Signal(False)
def title():
    if stop.value:
        raise KeyboardInterrupt
    return ""
app.mount(lambda: h("ul", {"title": title}, each(items, row)))
items.value = [Item(str(n)) for n in range(1500)]
app.flush()
while not gc.isenabled():
    await asyncio.sleep(0)
stop.value = True
try:
    app.flush()
except KeyboardInterrupt:
    pass
gc.isenabled()"""
        )
        is True
    )
