"""The JavaScript half: runtime/shared.js and runtime/ring.js."""

from typing import Literal

from pyodide_app.bridge._javascript import Js, half

_FILES = {"Ring": "ring.js", "shared": "shared.js"}


def javascript(name: Literal["Ring", "shared"]) -> Js:
    """What one of them exports."""
    return half("shared", name, _FILES[name])
