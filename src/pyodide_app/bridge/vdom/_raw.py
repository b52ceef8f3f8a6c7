"""Markup that is parsed because somebody says so."""

from typing import final

__all__ = ["RawHTML", "raw_html"]


@final
class RawHTML:
    """Markup that becomes the content of an element as it is."""

    __slots__ = ("markup",)

    def __init__(self, markup: str) -> None:
        self.markup = markup

    def __eq__(self, other: object) -> bool:
        return isinstance(other, RawHTML) and other.markup == self.markup

    def __hash__(self) -> int:
        return hash(self.markup)


def raw_html(markup: str) -> RawHTML:
    """Have markup parsed, as the only child of an element. Whoever wrote it can run scripts in the page."""
    return RawHTML(markup)
