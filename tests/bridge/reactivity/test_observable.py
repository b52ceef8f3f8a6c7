"""observable: classes whose fields can be watched. Answers Vue reactivity's "reactive" cases for objects."""

import copy
import gc
import json
import pickle
import weakref
from dataclasses import KW_ONLY, asdict, dataclass, field, fields, replace
from typing import ClassVar, assert_type

import pytest

from pyodide_app.bridge.reactivity import ReactiveList, Signal, batch, computed, effect, observable, subscribe
from pyodide_app.bridge.reactivity import field as field_of
from pyodide_app.bridge.reactivity._observable import _watched


@observable
@dataclass
class Todo:
    title: str
    done: bool = False
    tags: list[str] = field(default_factory=list)


@observable
class Point:
    x: int = 0
    y: int = 0

    @property
    def total(self) -> int:
        return self.x + self.y


def test_a_field_that_is_read_is_a_dependency_and_others_are_not() -> None:
    """Vue reactivity: "should observe basic properties", "should not observe others"."""
    todo = Todo("milk")
    seen: list[str] = []
    effect(lambda: seen.append(todo.title))
    todo.done = True
    todo.title = "bread"
    todo.title = "bread"
    assert seen == ["milk", "bread"]


def test_each_object_has_fields_of_its_own() -> None:
    one, other = Todo("one"), Todo("other")
    seen: list[str] = []
    effect(lambda: seen.append(one.title))
    other.title = "changed"
    assert seen == ["one"]


def test_computeds_and_properties_of_fields() -> None:
    """Vue reactivity: "should observe getters"."""
    point = Point(1, 2)
    double = computed(lambda: point.total * 2)
    seen: list[int] = []
    effect(lambda: seen.append(double.value))
    with batch():
        point.x = 5
        point.y = 5
    assert seen == [6, 20]


def test_a_batch_that_nets_to_nothing_runs_nothing() -> None:
    point = Point()
    seen: list[int] = []
    effect(lambda: seen.append(point.x))
    with batch():
        point.x = 1
        assert point.x == 1
        point.x = 0
    assert seen == [0]


def test_no_signal_is_made_for_what_nobody_watches() -> None:
    point = Point(1)
    point.x += 1
    assert vars(point) == {"x": 2, "y": 0}
    assert id(point) not in _watched
    effect(lambda: point.x)
    assert list(_watched[id(point)].signals) == ["x"]


def test_an_object_that_was_watched_can_be_collected() -> None:
    def watched() -> tuple[int, weakref.ref[Point]]:
        point = Point()
        effect(lambda: point.x).dispose()
        assert id(point) in _watched
        return id(point), weakref.ref(point)

    number, gone = watched()
    gc.collect()
    assert gone() is None
    assert number not in _watched


def test_it_stays_a_dataclass() -> None:
    todo = Todo("milk", tags=["a"])
    effect(lambda: (todo.title, list(todo.tags)))
    assert repr(todo) == "Todo(title='milk', done=False, tags=['a'])"
    assert todo == Todo("milk", tags=["a"])
    assert [each.name for each in fields(todo)] == ["title", "done", "tags"]
    assert json.dumps(asdict(todo)) == '{"title": "milk", "done": false, "tags": ["a"]}'
    assert replace(todo, done=True).done
    with pytest.raises(TypeError):
        Todo()  # type: ignore[call-arg]


@pytest.mark.parametrize("way", [copy.copy, copy.deepcopy, lambda thing: pickle.loads(pickle.dumps(thing))])
def test_copies_and_pickles_are_objects_of_their_own(way: "object") -> None:
    assert callable(way)
    todo = Todo("milk", tags=["a"])
    seen: list[str] = []
    effect(lambda: seen.append(todo.title))
    other = way(todo)
    other.title = "bread"
    assert (todo.title, other.title, seen) == ("milk", "bread", ["milk"])
    assert isinstance(other.tags, ReactiveList)
    assert vars(todo) == {"title": "milk", "done": False, "tags": ["a"]}


def test_a_plain_annotated_class_becomes_a_dataclass_compared_by_identity() -> None:
    point = Point(1, y=2)
    assert_type(point, Point)
    assert repr(point) == "Point(x=1, y=2)"
    assert point != Point(1, 2)
    assert len({point, point}) == 1


def test_a_class_with_an_init_keeps_it() -> None:
    @observable
    class Clock:
        hour: int
        zone: ClassVar[str] = "UTC"

        def __init__(self) -> None:
            self.hour = 12

    clock = Clock()
    seen: list[int] = []
    effect(lambda: seen.append(clock.hour))
    clock.hour = 13
    assert seen == [12, 13]
    assert Clock.zone == "UTC"


def test_subclasses_inherit_and_add_fields() -> None:
    @observable
    class Point3(Point):
        z: int = 0
        x: int = 7

    class Plain(Point3):
        pass

    point = Plain()
    assert (point.x, point.y, point.z) == (7, 0, 0)
    seen: list[tuple[int, int]] = []
    effect(lambda: seen.append((point.y, point.z)))
    point.y = 1
    point.z = 2
    assert seen == [(0, 0), (1, 0), (1, 2)]
    assert Point().x == 0


def test_keyword_only_and_frozen_dataclasses() -> None:
    @observable
    @dataclass(frozen=True)
    class Fixed:
        x: int
        _: KW_ONLY
        y: int = 1

    fixed = Fixed(1)
    seen: list[int] = []
    effect(lambda: seen.append(fixed.x + fixed.y))
    with pytest.raises(AttributeError):
        fixed.x = 2  # type: ignore[misc]
    assert seen == [2]


def test_slots_are_refused_with_the_reason() -> None:
    with pytest.raises(
        TypeError, match=r"Slotted\.x is a slot, which cannot be watched: make the class without slots"
    ):

        @observable
        @dataclass(slots=True)
        class Slotted:
            x: int = 0


def test_a_field_without_a_value_raises_as_ever_and_is_seen_when_it_comes() -> None:
    """Vue reactivity: "should observe has and delete operations"."""

    @observable
    class Late:
        x: int

        def __init__(self) -> None:
            pass

    late = Late()
    seen: list[object] = []
    effect(lambda: seen.append(getattr(late, "x", None)))
    late.x = 1
    del late.x
    assert seen == [None, 1, None]
    with pytest.raises(AttributeError, match="'Late' object has no attribute 'x'"):
        late.x  # noqa: B018
    with pytest.raises(AttributeError):
        del late.x


def test_a_list_in_a_field_is_reactive_and_its_changes_are_seen() -> None:
    """Vue reactivity: "should observe nested data"."""
    todo = Todo("milk", tags=["a"])
    seen: list[list[str]] = []
    effect(lambda: seen.append(list(todo.tags)))
    todo.tags.append("b")
    todo.tags = ["c"]
    todo.tags[0] = "d"
    todo.tags += ["e"]
    assert seen == [["a"], ["a", "b"], ["c"], ["d"], ["d", "e"]]


def test_an_equal_list_is_no_change() -> None:
    todo = Todo("milk", tags=["a"])
    seen: list[list[str]] = []
    effect(lambda: seen.append(list(todo.tags)))
    todo.tags = ["a"]
    assert seen == [["a"]]


def test_the_old_list_is_no_dependency_any_more() -> None:
    """Vue reactivity: "should not be triggered by replaced objects"."""
    todo = Todo("milk", tags=["a"])
    old = todo.tags
    seen: list[int] = []
    effect(lambda: seen.append(len(todo.tags)))
    todo.tags = ["x", "y"]
    old.append("b")
    assert seen == [1, 2]


def test_an_observable_in_a_signal_is_replaced_even_by_an_equal_one() -> None:
    one, other = Todo("same"), Todo("same")
    chosen = Signal(one)
    chosen.value = other
    assert chosen.value is other


def test_subscribe_as_function_and_as_method() -> None:
    todo = Todo("milk")
    got: list[object] = []
    with subscribe(todo, "title", got.append), todo.subscribe("done", got.append):  # type: ignore[attr-defined]
        todo.title = "bread"
        todo.title = "bread"
        todo.done = True
    todo.title = "cheese"
    assert got == ["bread", True]


def test_a_subscriber_of_a_collection_is_told_of_its_changes() -> None:
    todo = Todo("milk")
    got: list[list[str]] = []
    with subscribe(todo, "tags", lambda tags: got.append(list(tags))):
        todo.tags.append("a")
        todo.tags = ["b"]
        todo.tags.clear()
        with batch():
            todo.tags.append("c")
            todo.tags.append("d")
    assert got == [["a"], ["b"], [], ["c", "d"]]


def test_an_own_subscribe_is_kept() -> None:
    @observable
    class Newsletter:
        title: str = ""

        def subscribe(self) -> str:
            return "mine"

    assert Newsletter().subscribe() == "mine"


@pytest.mark.parametrize("watch", [lambda todo, name: subscribe(todo, name, print), field_of])
def test_an_unknown_field_is_named_with_those_that_there_are(watch: "object") -> None:
    assert callable(watch)
    with pytest.raises(
        AttributeError, match="Todo has no field 'titel' to watch: its fields are title, done, tags"
    ):
        watch(Todo("milk"), "titel")
    with pytest.raises(AttributeError, match="it is not observable"):
        watch(object(), "title")


def test_a_field_as_something_with_a_value() -> None:
    todo = Todo("milk")
    title = field_of(todo, "title")
    seen: list[str] = []
    effect(lambda: seen.append(title.value))
    title.value = "bread"
    todo.title = "cheese"
    assert seen == ["milk", "bread", "cheese"]
    assert title.peek() == "cheese"
