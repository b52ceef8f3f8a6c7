"""The pattern book: which patterns there are, by category."""

import difflib
import re
from dataclasses import dataclass
from pathlib import Path

from markdown_it.tree import SyntaxTreeNode

from pyodide_app.toolkit._markdown import parse, text_of
from pyodide_app.toolkit.errors import ToolkitError

# In the order of the book, with what each is about.
CATEGORIES = {
    "architectural": "How an app is put together: state, rendering, routing, storage.",
    "workers": "Python off the main thread, so that the page never freezes.",
    "loading": "Getting Python, packages and your code into the page, and saying so when it fails.",
    "testing": "Knowing that it works, in a real browser.",
    "apps": "Whole programs to take apart.",
}


@dataclass(frozen=True, slots=True)
class Pattern:
    """One pattern.

    Args:
        name: "<category>/<folder>".
        title: the heading of its README.
        summary: the first sentence of its README.
        folder: where it is.
    """

    name: str
    title: str
    summary: str
    folder: Path

    @property
    def category(self) -> str:
        return self.name.partition("/")[0]

    @property
    def readme(self) -> Path:
        return self.folder / "README.md"


def book() -> Path:
    """The folder that holds `patterns/`: this checkout, or what the wheel brought.

    Raises:
        ToolkitError: neither is there.
    """
    package = Path(__file__).parent.parent
    for folder in (package / "_book", package.parent.parent):
        if (folder / "patterns").is_dir():
            return folder
    raise ToolkitError("The pattern book is not in this installation.", hint="Install pyodide-app again.")


def load_patterns(root: Path) -> list[Pattern]:
    """All patterns below `root`/patterns in the order of the book: hello first, unknown categories last."""
    order = list(CATEGORIES)

    def place(folder: Path) -> tuple[int, str, bool, str]:
        category = folder.parent.name
        known = order.index(category) if category in order else len(order)
        return known, category, folder.name != "hello", folder.name

    folders = [main.parent for main in root.glob("patterns/*/*/main.py")]
    return [_load(folder) for folder in sorted(folders, key=place)]


def by_category(patterns: list[Pattern]) -> dict[str, list[Pattern]]:
    """The same, grouped; categories without a pattern are left out."""
    groups: dict[str, list[Pattern]] = {}
    for pattern in patterns:
        groups.setdefault(pattern.category, []).append(pattern)
    return groups


def find(name: str, root: Path) -> Pattern:
    """The pattern of that name; the category may be left out where that is clear.

    Raises:
        ToolkitError: there is none, or more than one; says which there are, the nearest first.
    """
    patterns = load_patterns(root)
    found = [one for one in patterns if name in (one.name, one.folder.name)]
    if len(found) == 1:
        return found[0]
    names = [one.name for one in found or patterns]
    names.sort(key=lambda one: -max(_likeness(name, one), _likeness(name, one.partition("/")[2])))
    what = f"There is more than one pattern {name!r}." if found else f"There is no pattern {name!r}."
    raise ToolkitError(what, hint="There are: " + ", ".join(names) + ".")


def _load(folder: Path) -> Pattern:
    title, summary = folder.name.replace("-", " ").capitalize(), ""
    try:
        narrative = parse((folder / "README.md").read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):  # being written, perhaps: the rest of the book still opens
        narrative = SyntaxTreeNode([])
    for node in narrative.children:
        if node.type == "heading" and node.tag == "h1":
            title = text_of(node)
        elif node.type == "paragraph":
            summary = _first_sentence(text_of(node))
            break
    return Pattern(f"{folder.parent.name}/{folder.name}", title, summary, folder)


def _first_sentence(text: str) -> str:
    return re.split(r"(?<=[.!?])\s+(?=[A-Z`\"'(])", text, maxsplit=1)[0]


def _likeness(name: str, other: str) -> float:
    return difflib.SequenceMatcher(None, name, other).ratio()
