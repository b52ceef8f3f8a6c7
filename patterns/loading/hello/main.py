# /// script
# requires-python = ">=3.12"
# dependencies = ["numpy", "segno"]
#
# [tool.pyodide-app]
# title = "Hello"
# local-packages = ["../../../_my_local_package"]
# ///
"""A QR code of whatever is typed: NumPy, a package from PyPI and one of our own, in the browser."""

import numpy as np
import segno
from js import Event, ImageData, Uint8ClampedArray, document
from my_local_package import describe
from pyodide.ffi import to_js

from pyodide_app.bridge import keep_alive

INK = (24, 58, 99)
QUIET_ZONE = 2  # cells of white around the code


def cells_of(text: str) -> np.ndarray:
    """Return the QR code of a text as a square array of booleans; True is dark."""
    matrix = segno.make(text, micro=False).matrix
    return np.pad(np.array([list(row) for row in matrix], dtype=bool), QUIET_ZONE)


def draw(cells: np.ndarray) -> None:
    """Paint the cells on the page's canvas, one pixel each; the style sheet enlarges them."""
    pixels = np.full((*cells.shape, 4), 255, dtype=np.uint8)
    pixels[cells, :3] = INK
    height, width = cells.shape
    canvas = document.getElementById("code")
    canvas.width, canvas.height = width, height
    data = Uint8ClampedArray.new(to_js(pixels.ravel()))
    canvas.getContext("2d").putImageData(ImageData.new(data, width, height), 0, 0)


def show() -> None:
    text = document.getElementById("text").value
    cells = cells_of(text or " ")
    draw(cells)
    document.getElementById("facts").textContent = describe("Dark cells by row", cells.sum(axis=1).tolist())


def on_input(_event: Event) -> None:
    show()


document.getElementById("text").addEventListener("input", keep_alive(on_input).proxy)
show()
print(f"Hello from NumPy {np.__version__} and segno {segno.__version__}")
