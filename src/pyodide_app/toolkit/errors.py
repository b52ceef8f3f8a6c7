"""The one error that the toolkit shows to people."""


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
