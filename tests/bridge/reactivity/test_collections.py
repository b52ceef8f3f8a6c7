"""Reactive lists, dicts and sets. Answers Vue reactivity's cases for arrays, maps and sets."""

import copy
import json
import pickle
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pyodide_app.bridge.reactivity import ReactiveDict, ReactiveList, ReactiveSet, batch, effect


def at(items: list[int], index: int) -> int | None:
    try:
        return items[index]
    except IndexError:
        return None


class Runs:
    """Effects by name, and which of them have run."""

    def __init__(self, **effects: Callable[[], object]) -> None:
        self.names: list[str] = []
        self.values: dict[str, object] = {}
        for name, fn in effects.items():
            effect(lambda name=name, fn=fn: self._run(name, fn))  # type: ignore[misc]
        self.names.clear()

    def _run(self, name: str, fn: Callable[[], object]) -> None:
        self.names.append(name)
        self.values[name] = fn()

    def after(self, change: Callable[[], object]) -> list[str]:
        """The effects that a change makes run."""
        self.names.clear()
        change()
        return sorted(self.names)


@pytest.mark.parametrize(
    ("change", "runs"),
    [
        (lambda items: items.append(9), ["all", "len"]),
        (lambda items: items.insert(0, 9), ["all", "first", "len", "second"]),
        (lambda items: items.insert(1, 9), ["all", "len", "second"]),
        (lambda items: items.__setitem__(1, 9), ["all", "second"]),
        (lambda items: items.__setitem__(-2, 9), ["all", "second"]),
        (lambda items: items.__setitem__(1, 2), []),
        (lambda items: items.__setitem__(slice(0, 1), [9]), ["all", "first"]),
        (lambda items: items.__setitem__(slice(0, 1), [1]), []),
        (lambda items: items.__setitem__(slice(None), []), ["all", "first", "len", "second"]),
        (lambda items: items.__delitem__(2), ["all", "len"]),
        (lambda items: items.__delitem__(slice(0, 2)), ["all", "first", "len", "second"]),
        (lambda items: items.__delitem__(slice(0, 0)), []),
        (lambda items: items.pop(), ["all", "len"]),
        (lambda items: items.pop(0), ["all", "first", "len", "second"]),
        (lambda items: items.remove(3), ["all", "len"]),
        (lambda items: items.clear(), ["all", "first", "len", "second"]),
        (lambda items: items.extend([8, 9]), ["all", "len"]),
        (lambda items: items.extend([]), []),
        (lambda items: items.__iadd__([8]), ["all", "len"]),
        (lambda items: items.__imul__(2), ["all", "len"]),
        (lambda items: items.__imul__(1), []),
        (lambda items: items.reverse(), ["all", "first"]),
        (lambda items: items.sort(), []),
        (lambda items: items.sort(reverse=True), ["all", "first"]),
        (lambda items: items.sort(key=lambda item: -item), ["all", "first"]),
    ],
)
def test_each_change_of_a_list_runs_who_has_read_what_changed(
    change: Callable[[ReactiveList[int]], object], runs: list[str]
) -> None:
    """Vue reactivity: "array mutation methods", "should trigger only the index that changed"."""
    items = ReactiveList([1, 2, 3])
    plain = [1, 2, 3]
    watched = Runs(
        all=lambda: list(items),
        len=lambda: len(items),
        first=lambda: at(items, 0),
        second=lambda: at(items, 1),
    )
    assert watched.after(lambda: change(items)) == runs
    change(plain)  # type: ignore[arg-type]
    assert items == plain
    assert watched.values["all"] == plain


@pytest.mark.parametrize(
    ("change", "runs"),
    [
        (lambda items: items.__setitem__("a", 9), ["a", "items"]),
        (lambda items: items.__setitem__("a", 1), []),
        (lambda items: items.__setitem__("z", 9), ["items", "keys", "len", "z"]),
        (lambda items: items.__delitem__("a"), ["a", "items", "keys", "len"]),
        (lambda items: items.pop("b"), ["items", "keys", "len"]),
        (lambda items: items.pop("nothing", None), []),
        (lambda items: items.popitem(), ["items", "keys", "len"]),
        (lambda items: items.clear(), ["a", "items", "keys", "len"]),
        (lambda items: items.setdefault("a", 5), []),
        (lambda items: items.setdefault("z", 5), ["items", "keys", "len", "z"]),
        (lambda items: items.update(a=9), ["a", "items"]),
        (lambda items: items.update({"a": 1}, b=2), []),
        (lambda items: items.update([("z", 1)]), ["items", "keys", "len", "z"]),
        (lambda items: items.__ior__({"b": 9}), ["items"]),
    ],
)
def test_each_change_of_a_dict_runs_who_has_read_what_changed(
    change: Callable[[ReactiveDict[str, int]], object], runs: list[str]
) -> None:
    """Vue reactivity: Map, "should not observe non value changing mutations"."""
    items = ReactiveDict({"a": 1, "b": 2})
    plain = {"a": 1, "b": 2}
    watched = Runs(
        a=lambda: items.get("a"),
        z=lambda: "z" in items,
        keys=lambda: list(items),
        len=lambda: len(items),
        items=lambda: list(items.items()),
    )
    assert watched.after(lambda: change(items)) == runs
    change(plain)  # type: ignore[arg-type]
    assert items == plain
    assert watched.values["items"] == list(plain.items())


@pytest.mark.parametrize(
    ("change", "runs"),
    [
        (lambda items: items.add(9), ["all", "len", "nine"]),
        (lambda items: items.add(1), []),
        (lambda items: items.discard(1), ["all", "len", "one"]),
        (lambda items: items.discard(7), []),
        (lambda items: items.remove(2), ["all", "len"]),
        (lambda items: items.clear(), ["all", "len", "one"]),
        (lambda items: items.update([2, 9]), ["all", "len", "nine"]),
        (lambda items: items.__ior__({9}), ["all", "len", "nine"]),
        (lambda items: items.__iand__({1}), ["all", "len"]),
        (lambda items: items.__isub__({1}), ["all", "len", "one"]),
        (lambda items: items.__ixor__({1, 9}), ["all", "nine", "one"]),
        (lambda items: items.difference_update([2]), ["all", "len"]),
        (lambda items: items.intersection_update([1, 2]), []),
        (lambda items: items.symmetric_difference_update([2]), ["all", "len"]),
    ],
)
def test_each_change_of_a_set_runs_who_has_read_what_changed(
    change: Callable[[ReactiveSet[int]], object], runs: list[str]
) -> None:
    """Vue reactivity: Set, "should not observe non value changing mutations"."""
    items = ReactiveSet([1, 2])
    plain = {1, 2}
    watched = Runs(
        one=lambda: 1 in items, nine=lambda: 9 in items, len=lambda: len(items), all=lambda: sorted(items)
    )
    assert watched.after(lambda: change(items)) == runs
    change(plain)  # type: ignore[arg-type]
    assert items == plain
    assert watched.values["all"] == sorted(plain)


@pytest.mark.parametrize(
    "read",
    [
        lambda items: items == [1],
        lambda items: items + [2],  # noqa: RUF005
        lambda items: [0] + items,  # noqa: RUF005
        lambda items: items * 2,
        lambda items: 5 in items,
        lambda items: items[-1:],
        lambda items: items.count(5),
        lambda items: list(reversed(items)),
        lambda items: sorted(items),
        lambda items: [*items],
        lambda items: json.dumps(items),
        lambda items: repr(items),
        lambda items: sum(items),
        lambda items: ",".join(map(str, items)),
        lambda items: tuple(items),
        lambda items: dict.fromkeys(items),
        lambda items: items.copy(),
        lambda items: copy.copy(items),
        lambda items: items < [4],
    ],
)
def test_every_way_to_read_a_list_is_seen(read: Callable[[ReactiveList[int]], object]) -> None:
    """Vue reactivity: "array identity and searching methods", "iteration"."""
    items = ReactiveList([1])
    watched = Runs(read=lambda: read(items))
    assert watched.after(lambda: items.append(5)) == ["read"]
    assert watched.values["read"] == read(ReactiveList([1, 5]))


@pytest.mark.parametrize(
    "read",
    [
        lambda items: {**items},
        lambda items: dict(items),
        lambda items: json.dumps(items),
        lambda items: items | {"c": 1},
        lambda items: {"c": 1} | items,
        lambda items: list(items.values()),
        lambda items: items == {"a": 1},
        lambda items: repr(items),
        lambda items: bool(items),
        lambda items: sorted(items),
        lambda items: list(reversed(items)),
        lambda items: items.copy(),
        lambda items: copy.copy(items),
    ],
)
def test_every_way_to_read_a_dict_is_seen(read: Callable[[ReactiveDict[str, int]], object]) -> None:
    items = ReactiveDict({"a": 1})
    watched = Runs(read=lambda: read(items))
    assert watched.after(lambda: items.update(z=1)) == ["read"]
    assert watched.values["read"] == read(ReactiveDict({"a": 1, "z": 1}))


@pytest.mark.parametrize(
    "read",
    [
        lambda items: items | {7},
        lambda items: {7} | items,
        lambda items: {1, 7} & items,
        lambda items: {1, 7} - items,
        lambda items: {1, 7} ^ items,
        lambda items: items & {9},
        lambda items: items.union([3]),
        lambda items: items >= {9},
        lambda items: {9} <= items,
        lambda items: items == {1},
        lambda items: sorted(items),
        lambda items: items.isdisjoint([9]),
        lambda items: frozenset(iter(items)),
        lambda items: copy.copy(items),
    ],
)
def test_every_way_to_read_a_set_is_seen(read: Callable[[ReactiveSet[int]], object]) -> None:
    items = ReactiveSet([1])
    watched = Runs(read=lambda: read(items))
    assert watched.after(lambda: items.add(9)) == ["read"]
    assert watched.values["read"] == read(ReactiveSet([1, 9]))


def test_what_is_put_in_becomes_reactive_at_any_depth() -> None:
    """Vue reactivity: "nested reactives"."""
    tree = ReactiveList[Any]([{"children": [1]}])
    watched = Runs(deep=lambda: tree[0]["children"][0], outer=lambda: list(tree))
    assert watched.after(lambda: tree[0]["children"].__setitem__(0, 2)) == ["deep"]


def test_every_way_to_put_something_in_makes_it_reactive() -> None:
    tree = ReactiveList[Any]([{}])
    tree.append([1])
    tree.insert(0, {1})
    tree.extend([{}])
    tree[0:1] = [[0], [1]]
    assert {type(item) for item in tree} == {ReactiveList, ReactiveDict}
    table = ReactiveDict[str, Any](a=[])
    table["b"] = {}
    table.setdefault("c", set())
    table.update(d=[])
    table |= {"e": []}
    assert [type(item).__name__ for item in table.values()] == [
        "ReactiveList",
        "ReactiveDict",
        "ReactiveSet",
        "ReactiveList",
        "ReactiveList",
    ]


@pytest.mark.parametrize(
    "thing", [ReactiveList[Any]([1, [2]]), ReactiveDict[str, Any](a=1, b=[2]), ReactiveSet([1, 2])], ids=type
)
def test_they_are_lists_dicts_and_sets_to_everybody(thing: "ReactiveList[Any]") -> None:
    plain_type = type(thing).__mro__[2]
    assert isinstance(thing, plain_type)
    runs = Runs(all=lambda: list(thing))
    for other in (
        copy.copy(thing),
        copy.deepcopy(thing),
        pickle.loads(pickle.dumps(thing)),
        type(thing)(thing),
    ):
        assert other == thing
        assert type(other) is type(thing)
        assert runs.after(other.clear) == []
        assert len(thing) == 2
    with pytest.raises(TypeError):
        hash(thing)


def test_reprs_are_those_of_the_plain_ones() -> None:
    assert repr(ReactiveList[Any]([1, {"a": [2]}])) == "[1, {'a': [2]}]"
    assert repr(ReactiveSet([1])) == "ReactiveSet({1})"


def test_a_mutation_that_fails_tells_what_it_has_done_and_no_more() -> None:
    """Ours: exception safety."""
    items = ReactiveList([3, 1, 2])
    watched = Runs(all=lambda: list(items), len=lambda: len(items))

    def failing(change: Callable[[], object]) -> Callable[[], None]:
        def run() -> None:
            with pytest.raises((ZeroDivisionError, ValueError, IndexError)):
                change()

        return run

    assert watched.after(failing(lambda: items.remove(9))) == []
    assert watched.after(failing(lambda: items.pop(9))) == []
    assert watched.after(failing(lambda: items.__setitem__(9, 1))) == []
    assert watched.after(failing(lambda: items.__setitem__(slice(0, 3, 2), [1]))) == []
    assert watched.after(failing(lambda: items.sort(key=lambda item: 1 // (item - 1)))) == []
    assert watched.after(failing(lambda: items.extend(1 // number for number in (1, 0)))) == ["all", "len"]
    assert watched.values["all"] == [3, 1, 2, 1]


def test_a_batch_tells_once_and_reads_in_it_see_its_writes() -> None:
    items = ReactiveList([1])
    watched = Runs(all=lambda: list(items), len=lambda: len(items))

    def change() -> None:
        with batch():
            items.append(2)
            items.append(3)
            assert len(items) == 3

    assert watched.after(change) == ["all", "len"]


def test_an_element_that_nobody_reads_any_more_is_forgotten() -> None:
    items = ReactiveList(range(100))
    watches = [effect(lambda index=index: items[index]) for index in range(100)]  # type: ignore[misc]
    assert len(list(items.watch().parts.keys())) == 100
    for watch in watches:
        watch.dispose()
    del watch, watches
    assert len(list(items.watch().parts.keys())) == 0


def test_an_effect_that_appends_to_what_it_does_not_read_is_no_cycle() -> None:
    """Vue reactivity: "should avoid infinite loops with push in effects"."""
    log = ReactiveList[int]()
    source = ReactiveList([1])
    effect(lambda: log.append(source[0]))
    source[0] = 2
    assert log == [1, 2]


operations = st.one_of(
    st.tuples(st.sampled_from(["append", "remove", "insert_0"]), st.integers(0, 3)),
    st.tuples(st.sampled_from(["pop", "reverse", "sort", "clear"]), st.none()),
    st.tuples(st.sampled_from(["set", "delete"]), st.tuples(st.integers(-4, 4), st.integers(0, 3))),
    st.tuples(
        st.just("slice"),
        st.tuples(
            st.integers(-4, 4),
            st.integers(-4, 4),
            st.sampled_from([1, 2, -1]),
            st.lists(st.integers(0, 3), max_size=3),
        ),
    ),
)


def apply(items: list[int], operation: tuple[str, Any]) -> None:
    match operation:
        case "append" | "remove" as name, value:
            getattr(items, name)(value)
        case "insert_0", value:
            items.insert(0, value)
        case "pop" | "reverse" | "sort" | "clear" as name, _:
            getattr(items, name)()
        case "set", (index, value):
            items[index] = value
        case "delete", (index, _):
            del items[index]
        case "slice", (start, stop, step, values):
            items[start:stop:step] = values


@settings(max_examples=150, deadline=None)
@given(st.lists(st.integers(0, 3), max_size=5), st.lists(operations, max_size=15))
def test_a_list_behaves_as_a_list_and_runs_exactly_who_has_read_what_changed(
    start: list[int], steps: list[tuple[str, Any]]
) -> None:
    """Against an oracle: a plain list to which the same is done."""
    items, plain = ReactiveList(start), list(start)
    seen: dict[object, list[object]] = {}

    def watch(name: object, read: Callable[[list[int]], object]) -> None:
        seen[name] = []
        effect(lambda: seen[name].append(read(items)))

    reads: dict[object, Callable[[list[int]], object]] = {"all": lambda of: [*of], "len": len}
    reads |= {index: partial(at, index=index) for index in range(6)}
    for name, read in reads.items():
        watch(name, read)
    for step in steps:
        before = {name: read(plain) for name, read in reads.items()}
        for values in seen.values():
            values.clear()
        raised: list[object] = []
        for target in (items, plain):
            try:
                apply(target, step)
            except (IndexError, ValueError) as error:
                raised.append((type(error), str(error)))
            else:
                raised.append(None)
        assert raised[0] == raised[1]
        for name, read in reads.items():
            now = read(plain)
            assert seen[name] == ([] if now == before[name] else [now]), name
