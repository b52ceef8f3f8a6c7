"""Shared arrays of NumPy's dtypes."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pyodide_app.testing import AppPage, OpenApp
from pyodide_app.testing._session import Session
from pyodide_app.toolkit import runtimes

MAIN = """\
# /// script
# dependencies = ["numpy"]
# ///
import numpy as np
from pyodide_app.bridge import SharedArray
"""


@pytest.fixture(scope="module")
def app(_pyodide_session: Session, tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppPage]:
    folder = tmp_path_factory.mktemp("app")
    (folder / "main.py").write_text(MAIN)
    if lack := _pyodide_session.lacks(runtimes.DEFAULT, "numpy"):
        pytest.skip(lack)
    with _pyodide_session.page(folder, pyodide=runtimes.DEFAULT, timeout=120) as app:
        app.wait_ready()
        yield app


@pytest.mark.pyodide_matrix
@pytest.mark.pyodide_packages("numpy")
def test_parts_are_read_and_written_as_in_numpy(open_app: OpenApp, tmp_path: Path) -> None:
    (tmp_path / "main.py").write_text(MAIN)
    same = open_app(tmp_path).run("""
        model = np.arange(120, dtype="float32").reshape(4, 5, 6)
        shared = SharedArray.from_array(model)
        parts = [..., 1, (1, 2, 3), (slice(None), 2), np.s_[::2, 1:, ::-3], np.s_[1:1], (..., 0)]
        same = [np.array_equal(shared[part], model[part]) for part in parts]
        for number, part in enumerate(parts):
            values = np.random.default_rng(number).random(model[part].shape, "float32")
            shared[part] = model[part] = values
            same.append(np.array_equal(shared[...], model))
        shared.js[0] = model[0, 0, 0] = 5
        [*same, np.array_equal(np.asarray(shared), model)]
    """)
    assert same == [True] * len(same)


def test_dtypes_of_every_kind_cross(app: AppPage) -> None:
    seen = app.run("""
        names = ["bool", "float16", "complex64", "complex128", "datetime64[s]", "timedelta64[ms]", "S3", "U2",
                 [("a", "i4"), ("b", "f8")]]
        seen = {}
        for name in names:
            values = np.zeros(3, np.dtype(name))
            values[1] = (1, 2) if isinstance(name, list) else 1
            shared = SharedArray.from_array(values)
            assert shared.dtype == values.dtype, name
            assert (shared[...] == values).all() and shared[1] == values[1], name
            seen[str(name)[:10]] = shared.js.constructor.name
        seen
    """)
    assert seen == {
        "bool": "Uint8Array",
        "float16": "Uint8Array",
        "complex64": "Float32Array",
        "complex128": "Float64Array",
        "datetime64": "BigInt64Array",
        "timedelta6": "BigInt64Array",
        "S3": "Uint8Array",
        "U2": "Uint8Array",
        "[('a', 'i4": "Uint8Array",
    }


def test_what_is_not_in_order_costs_a_copy_more(app: AppPage) -> None:
    counts = app.run("""
        shared = SharedArray((2, 3), "int16")
        counts = []
        for values in (np.ones((2, 3), "int16"), np.ones((3, 2), "int16").T, np.ones(3, "int16"), 5):
            before = shared.copies.times
            shared[...] = values
            counts.append(shared.copies.times - before)
        [counts, shared[...].tolist()]
    """)
    assert counts == [[1, 2, 2, 1], [[5, 5, 5], [5, 5, 5]]]


def test_reading_into_an_array_makes_none(app: AppPage) -> None:
    seen = app.run("""
        shared = SharedArray.from_array(np.arange(6, dtype="uint8").reshape(2, 3))
        out = np.zeros(3, "uint8")
        shared.read_into(out, 1)
        first = out.tolist()
        shared.read_into(out[:2], (..., 2))
        [first, out.tolist()]
    """)
    assert seen == [[3, 4, 5], [2, 5, 5]]


@pytest.mark.parametrize(
    ("code", "error", "message"),
    [
        ("SharedArray(3, object)", TypeError, "elements are Python objects"),
        ("SharedArray(3, [('a', object)])", TypeError, "elements are Python objects"),
        ("SharedArray(3, '>i4')", TypeError, "use this machine's byte order"),
        ("SharedArray(3, 'nonsense')", TypeError, "nonsense"),
        ("SharedArray.from_array(np.array([None]))", TypeError, "elements are Python objects"),
        ("shared[0] = np.array([None] * 3)", TypeError, "the array holds Python objects"),
        (
            "shared[0] = np.ones(3)",
            TypeError,
            r"float64, and the shared array float32: use .astype\('float32'\)",
        ),
        (
            "shared[0] = np.ones(4, 'f4')",
            ValueError,
            r"shape \(4,\) does not fit the part of the shape \(3,\)",
        ),
        ("shared[shared[...] > 0]", TypeError, "not ndarray; read the part"),
        ("shared.read_into(np.ones((3, 2), 'f4').T)", ValueError, "in C order"),
        ("shared.read_into(np.ones(3, 'f4'))", ValueError, r"shape \(3,\) does not fit"),
        ("np.array(shared, copy=False)", ValueError, "always a copy"),
    ],
)
def test_a_mistake_is_named(app: AppPage, code: str, error: type[Exception], message: str) -> None:
    app.run("shared = SharedArray((2, 3), 'float32')")
    with pytest.raises(error, match=message):
        app.run(code)
