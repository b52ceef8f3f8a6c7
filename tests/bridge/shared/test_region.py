"""An index names the same elements as in nested lists, and its bytes are found where they lie."""

from itertools import product
from math import prod
from types import EllipsisType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pyodide_app.bridge.shared._region import Index, Region, region_of

SHAPES = st.lists(st.integers(0, 4), max_size=3).map(tuple)


@st.composite
def parts(draw: st.DrawFn) -> tuple[tuple[int, ...], Index]:
    shape: tuple[int, ...] = draw(SHAPES)
    keys: list[int | slice | EllipsisType] = []
    for length in shape[: draw(st.integers(0, len(shape)))]:
        key: st.SearchStrategy[int | slice] = st.slices(length)
        keys.append(draw(key | st.integers(-length, length - 1) if length else key))
    if draw(st.booleans()):
        keys.append(...)
    return shape, tuple(keys)


def named(shape: tuple[int, ...], index: Index) -> list[int]:
    """The positions that an index names, found by looking at every one."""
    keys = [
        key for key in (index if isinstance(index, tuple) else (index,)) if not isinstance(key, EllipsisType)
    ]
    picked = []
    for axis, length in enumerate(shape):
        key = keys[axis] if axis < len(keys) else slice(None)
        picked.append(list(range(length))[key] if isinstance(key, slice) else [range(length)[key]])
    strides = [prod(shape[axis + 1 :]) for axis in range(len(shape))]
    return [sum(i * s for i, s in zip(place, strides, strict=True)) for place in product(*picked)]


def visited(region: Region) -> list[int]:
    steps = [
        [i * stride for i in range(count)] for count, stride in zip(region.shape, region.strides, strict=True)
    ]
    return [region.start + sum(place) for place in product(*steps)]


@given(parts())
def test_an_index_names_the_elements_that_it_names_in_lists(part: tuple[tuple[int, ...], Index]) -> None:
    shape, index = part
    region = region_of(index, shape)
    assert visited(region) == named(shape, index)


@given(parts(), st.sampled_from([1, 2, 8, 12]))
def test_the_runs_are_its_bytes_in_order(part: tuple[tuple[int, ...], Index], itemsize: int) -> None:
    region = region_of(part[1], part[0])
    if not region.size:
        return
    at, run, loops = region.runs(itemsize)
    steps = [[i * step for i in range(count)] for count, step in zip(loops[::2], loops[1::2], strict=True)]
    found = [at + sum(place) + byte for place in product(*steps) for byte in range(run)]
    assert found == [element * itemsize + byte for element in visited(region) for byte in range(itemsize)]


def test_neighbours_are_one_run() -> None:
    assert region_of(slice(2, 4), (5, 6, 7)).runs(8) == (2 * 42 * 8, 2 * 42 * 8, [])
    assert region_of((1, slice(2, 4)), (5, 6, 7)).runs(8) == ((42 + 14) * 8, 14 * 8, [])
    assert region_of((slice(None), 0), (5, 6)).runs(4) == (0, 4, [5, 24])


@pytest.mark.parametrize(
    ("index", "message"),
    [
        (5, "index 5 is out of range for axis 0 with size 5"),
        ((0, -7), "index -7 is out of range for axis 1 with size 6"),
        ((0, 0, 0), "3 indices for an array of 2 dimensions"),
        ((..., ...), "only one ellipsis"),
    ],
)
def test_what_is_not_there_is_an_index_error(index: Index, message: str) -> None:
    with pytest.raises(IndexError, match=message):
        region_of(index, (5, 6))


@pytest.mark.parametrize("index", [[0, 1], True, 1.5, None, "a", (0, None)])
def test_what_is_no_index_is_a_type_error(index: object) -> None:
    with pytest.raises(TypeError, match="integers, slices and"):
        region_of(index, (5, 6))  # type: ignore[arg-type]
