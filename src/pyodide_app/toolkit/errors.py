"""How the toolkit speaks of failures: the one error that people see, and paths as they read them."""

from pathlib import Path


class ToolkitError(Exception):
    """A failure that the user can mend.

    Args:
        what: what happened and where, one sentence.
        hint: what to do about it, one sentence; may be empty.
    """

    def __init__(self, what: str, *, hint: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.what}\n{self.hint}" if self.hint else self.what


def shown(path: Path) -> str:
    """A path as messages show it: from the current folder where it lies there."""
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)
