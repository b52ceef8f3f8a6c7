"""What Python and JavaScript both have to know is the same in both."""

import re
from pathlib import Path

from pyodide_app.bridge.vdom import _events, _frame, _ops

RUNTIME = Path(__file__).parents[3] / "src/pyodide_app/runtime"
RENDERER = (RUNTIME / "vdom.js").read_text(encoding="utf-8")
DELEGATION = (RUNTIME / "vdom-events.js").read_text(encoding="utf-8")


def numbers(module: object) -> dict[str, int]:
    return {name: value for name, value in vars(module).items() if name.isupper() and type(value) is int}


def test_the_operations_have_the_same_numbers() -> None:
    listed = re.search(r"const \[([A-Z_,\s]+)\] = Array\((\d+)\)", RENDERER)
    assert listed
    names = re.findall(r"[A-Z_]+", listed[1])
    assert len(names) == int(listed[2])
    operations = {name: value for name, value in numbers(_ops).items() if not name.startswith(("_", "IS_"))}
    assert dict(zip(names, range(len(names)), strict=True)) == operations


def test_the_flags_of_listeners_are_the_same() -> None:
    flags = {name: int(value) for name, value in re.findall(r"const ([A-Z]+) = (\d+);", DELEGATION)}
    assert flags == numbers(_events)


def test_a_large_commit_is_the_same_for_both() -> None:
    assert re.findall(r"const LARGE = (\d+);", RENDERER) == [str(_frame.LARGE)]
