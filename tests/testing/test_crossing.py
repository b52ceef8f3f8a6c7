"""What may cross between a test and a page, and what is refused on arrival."""

import base64
import collections
import datetime
import decimal
import fractions
import os
import pathlib
import pickle
import types
import uuid

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pyodide_app.testing._crossing import dumps, loads

PLAIN = [
    1j,
    range(3),
    slice(1, 2),
    {1, 2},
    frozenset({1}),
    bytearray(b"x"),
    datetime.datetime(2024, 2, 29, 12, tzinfo=datetime.UTC),
    datetime.timedelta(days=1),
    decimal.Decimal("1.10"),
    fractions.Fraction(1, 3),
    pathlib.PurePosixPath("a/b"),
    types.SimpleNamespace(a=1),
    uuid.UUID(int=3),
    collections.Counter("aab"),
    collections.deque([1], maxlen=2),
    collections.OrderedDict(a=1),
    int,
]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text() | st.binary(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner) | st.tuples(inner, inner),
)


@pytest.mark.parametrize("value", PLAIN, ids=repr)
def test_plain_data_arrives_equal(value: object) -> None:
    assert loads(dumps(value)) == value


@settings(deadline=None)  # the machine may be busy
@given(JSON)
def test_any_nesting_of_it_does(value: object) -> None:
    assert loads(dumps(value)) == value


def test_an_exception_arrives_with_its_arguments() -> None:
    arrived = loads(dumps(UnicodeDecodeError("utf-8", b"\xff", 0, 1, "bad")))
    assert isinstance(arrived, UnicodeDecodeError)
    assert arrived.args == ("utf-8", b"\xff", 0, 1, "bad")


class Own:
    """A type that only this side has."""


@pytest.mark.parametrize(
    ("value", "name"),
    [
        (Own(), "test_crossing.Own"),
        ([{"deep": Own()}], "test_crossing.Own"),
        (object(), "type object"),
        (len, "builtin_function_or_method"),
        ((letter for letter in "ab"), "generator"),
    ],
    ids=["own", "nested", "object", "function", "generator"],
)
def test_what_is_not_plain_is_refused_by_name(value: object, name: str) -> None:
    with pytest.raises(TypeError, match=name):
        dumps(value)


class Harmful:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, ("true",)


@pytest.mark.parametrize("protocol", [0, 2, 5])
def test_a_pickle_that_calls_something_is_refused_on_arrival(protocol: int) -> None:
    text = base64.b64encode(pickle.dumps(Harmful(), protocol)).decode()
    with pytest.raises(TypeError, match=r"posix\.system|nt\.system"):
        loads(text)


@pytest.mark.parametrize("name", ["eval", "getattr", "__import__", "open", "object", "type"])
def test_no_builtin_function_can_be_named(name: str) -> None:
    text = base64.b64encode(f"cbuiltins\n{name}\n.".encode()).decode()
    with pytest.raises(TypeError, match=name):
        loads(text)
