"""Who takes part in `rows` and `memory`."""

from dataclasses import dataclass
from pathlib import Path

PAGE = Path(__file__).parent / "page"
REFERENCE = "handwritten"


@dataclass(frozen=True, slots=True)
class Contestant:
    """One way to make the table.

    Args:
        name: as the page's address names it; a Python contestant is the module page/with_<name>.py.
        title: as the tables show it.
        python: whether it runs in Pyodide.
    """

    name: str
    title: str
    python: bool = True


ALL = (
    Contestant(REFERENCE, "hand-written JS", python=False),
    Contestant("preact", "Preact 11.2", python=False),
    Contestant("ours_signals", "ours: signals"),
    Contestant("ours_tstring", "ours: t-string"),
    Contestant("ours_memo", "ours: vdom, memo"),
    Contestant("ours_vdom", "ours: vdom"),
    Contestant("ffi", "FFI calls"),
    Contestant("wybthon", "wybthon 0.39"),
    Contestant("puepy", "PuePy 0.6.5"),
)


def chosen(names: list[str]) -> list[Contestant]:
    """The contestants with these names, or all of them: those that have been written.

    The reference is always among them.
    """
    return [
        contestant
        for contestant in ALL
        if (not names or contestant.name in names or contestant.name == REFERENCE)
        and (not contestant.python or (PAGE / f"with_{contestant.name}.py").exists())
    ]
