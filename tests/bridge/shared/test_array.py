"""Shared arrays of the standard library's formats, for which NumPy is not needed."""

import pytest

from pyodide_app.bridge.shared import IsolationRequired, SharedArray
from pyodide_app.testing import AppPage


@pytest.mark.pyodide_matrix
def test_python_and_javascript_see_the_same_numbers(pyodide: AppPage) -> None:
    seen = pyodide.run("""
        from array import array
        from pyodide_app.bridge import SharedArray

        shared = SharedArray((3, 4), "d")
        shared[...] = array("d", range(12))
        shared[1, ::2] = -1
        shared.js[11] = 99
        parts = [shared[...].tolist(), shared[:, 1].tolist(), shared[::-1, ::3].tolist(), shared[2, 2]]
        [parts, list(shared.js)]
    """)
    rows = [[0, 1, 2, 3], [-1, 5, -1, 7], [8, 9, 10, 99]]
    parts = [rows, [1, 5, 9], [[8, 99], [-1, 7], [0, 3]], 10]
    assert seen == [parts, [*rows[0], *rows[1], *rows[2]]]


@pytest.mark.parametrize(
    ("letter", "typed_array"),
    [
        *(("b", "Int8Array"), ("B", "Uint8Array"), ("h", "Int16Array"), ("H", "Uint16Array")),
        *(("i", "Int32Array"), ("I", "Uint32Array"), ("l", "Int32Array"), ("L", "Uint32Array")),
        *(("q", "BigInt64Array"), ("Q", "BigUint64Array"), ("f", "Float32Array"), ("d", "Float64Array")),
        ("?", "Uint8Array"),
    ],
)
def test_each_format_has_its_typed_array(pyodide: AppPage, letter: str, typed_array: str) -> None:
    code = """
        from pyodide_app.bridge import SharedArray

        shared = SharedArray(3, letter)
        shared[1] = 1
        [shared.js.constructor.name, shared[...].tolist(), shared.nbytes]
    """
    name, values, nbytes = pyodide.run(code, letter=letter)
    assert (name, values) == (typed_array, [0, 1, 0])
    assert nbytes == 3 * pyodide.run("import struct; struct.calcsize(letter)", letter=letter)


def test_a_part_is_a_copy(pyodide: AppPage) -> None:
    seen = pyodide.run("""
        from pyodide_app.bridge import SharedArray

        shared = SharedArray(4, "i")
        part = shared[1:3]
        part[0] = 5
        shared[2] = 6
        [part.tolist(), shared[...].tolist()]
    """)
    assert seen == [[5, 0], [0, 0, 6, 0]]


def test_it_reads_into_what_is_there_already(pyodide: AppPage) -> None:
    seen = pyodide.run("""
        from array import array
        from pyodide_app.bridge import SharedArray

        shared = SharedArray.from_array(array("h", range(6)))
        out = array("h", [0, 0, 0])
        shared.read_into(out, slice(None, None, 2))
        out.tolist()
    """)
    assert seen == [0, 2, 4]


def test_each_copy_is_counted(pyodide: AppPage) -> None:
    seen = pyodide.run("""
        from array import array
        from pyodide_app.bridge import SharedArray

        shared = SharedArray(4, "i")
        counts = [tuple(shared.copies)]
        shared[...] = array("i", [1, 2, 3, 4])
        counts.append(tuple(shared.copies))
        shared[1]
        counts.append(tuple(shared.copies))
        shared[...] = memoryview(array("i", range(8)))[::2]  # it does not lie in one piece
        counts.append(tuple(shared.copies))
        shared.js.fill(3)
        shared[4:]
        counts.append(tuple(shared.copies))
        counts
    """)
    assert seen == [(0, 0), (1, 16), (2, 20), (4, 52), (4, 52)]


def test_an_array_may_be_empty_or_have_no_dimensions(pyodide: AppPage) -> None:
    seen = pyodide.run("""
        from pyodide_app.bridge import SharedArray

        empty, one = SharedArray((0, 3), "d"), SharedArray((), "d")
        empty[...] = 1
        one[...] = 2.5
        [len(empty), empty[...].tolist(), empty[:, 1].tolist(), one[()], one[...]]
    """)
    assert seen == [0, [], [], 2.5, 2.5]


@pytest.mark.parametrize(
    ("code", "error", "message"),
    [
        ("shared[1] = array('d', [1, 2, 3])", TypeError, "has the format 'd', and the shared array 'i'"),
        (
            "shared[1] = array('i', [1, 2])",
            ValueError,
            r"shape \(2,\) does not fit the part of the shape \(3,\)",
        ),
        ("shared[1] = [1, 2, 3]", TypeError, "takes arrays and numbers, not list"),
        ("shared[1] = 1.5", TypeError, "takes integers, not float 1.5"),
        ("shared[1] = 2**31", OverflowError, "2147483648 does not fit i"),
        ("shared[2]", IndexError, "index 2 is out of range for axis 0"),
        ("shared.read_into(b'123456789012', 1)", TypeError, "has the format 'B'"),
        (
            "shared.read_into(memoryview(array('i', range(3))).toreadonly(), 1)",
            TypeError,
            "not into a read-only",
        ),
        ("shared.read_into(memoryview(array('i', range(6)))[::2], 1)", ValueError, "in C order"),
        ("SharedArray(-1, 'i')", ValueError, "a size is negative"),
        ("SharedArray(2.5, 'i')", TypeError, "integer"),
        ("SharedArray(3, 'int32')", ModuleNotFoundError, "needs NumPy, which is not installed"),
        ("SharedArray(2**46, 'd')", MemoryError, "no 562,949,953,421,312 bytes of shared memory"),
        ("SharedArray.from_array([1, 2])", TypeError, "takes arrays and numbers, not list"),
        ("import pickle; pickle.dumps(shared)", TypeError, "only cross to another thread"),
    ],
)
def test_a_mistake_is_named(pyodide: AppPage, code: str, error: type[Exception], message: str) -> None:
    pyodide.run("from array import array; from pyodide_app.bridge import SharedArray")
    pyodide.run("shared = SharedArray((2, 3), 'i')")
    with pytest.raises(error, match=message):
        pyodide.run(code)


def test_elsewhere_there_is_none() -> None:
    with pytest.raises(IsolationRequired, match="not Pyodide"):
        SharedArray(3, "i")
