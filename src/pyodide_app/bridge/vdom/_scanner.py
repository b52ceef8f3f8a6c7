"""Reads the markup of an `html` template: what is text, what is an element, and where the holes are.

The markup is read as one text with a NUL in the place of each hole, from left to right. Browsers mend markup
in many ways while they parse it, and would put things elsewhere than they are written. What they would mend
is an error here, so that a template is always what it looks like.
"""

import re
from collections.abc import Sequence
from html import unescape
from typing import NoReturn

__all__ = ["RAW_TEXT", "VOID", "AttributeValue", "Markup", "TemplateError", "scan"]


def _names(names: str) -> frozenset[str]:
    return frozenset(names.split())


HOLE = "\0"
VOID = _names("area base br col embed hr img input link meta source track wbr")
RAW_TEXT = _names("script style")
_TEXT_ONLY = _names("textarea title")
_SPACE = " \t\r\n\f"

AttributeValue = str | bool | int | tuple[str | int, ...]  # a number is a hole's


class TemplateError(ValueError):
    """A template's markup is not right."""


class Markup:
    """An element of a template, or a component: then its tag is a hole.

    An attribute's value is text, True, a hole, or a tuple of texts and holes. A hole with an empty name
    stands for a dict of attributes.
    """

    __slots__ = ("attributes", "children", "end", "line", "tag")

    def __init__(self, tag: str | int, line: int) -> None:
        self.tag = tag
        self.line = line
        self.end = tag  # a component's closing tag is another hole
        self.attributes: list[tuple[str, AttributeValue]] = []
        self.children: list[str | int | Markup] = []

    def __repr__(self) -> str:
        return f"<{self.tag if isinstance(self.tag, str) else '{…}'}>"


def scan(strings: Sequence[str]) -> "list[str | int | Markup]":
    """Read a template's markup.

    Args:
        strings: the texts before, between and after the holes.

    Raises:
        TemplateError: the markup is not right; the message names the line.
    """
    return _Scanner(strings).scan()


_TEXT = re.compile(r"(?:[^\0<]|<(?![A-Za-z/!?\0]))+")
_NAME = re.compile(r"[^\s/>\0\"'=<]+")
_SPACES = re.compile(r"\s*")
_UNQUOTED = re.compile(r"\0(?=[\s/>])|[^\s>\"'<=`]+")


class _Scanner:
    def __init__(self, strings: Sequence[str]) -> None:
        self.source = HOLE.join(strings)
        self.at = 0
        self.holes = 0  # how many have been passed
        self.roots: list[str | int | Markup] = []
        self.open: list[Markup] = []
        if self.source.count(HOLE) != len(strings) - 1:
            self.fail("a NUL character cannot stand in HTML")

    def scan(self) -> "list[str | int | Markup]":
        source = self.source
        while self.at < len(source):
            if source[self.at] == HOLE:
                self.add(self.hole())
            elif text := _TEXT.match(source, self.at):
                self.at = text.end()
                self.text(text[0])
            elif source.startswith("<!--", self.at):
                self.comment()
            elif source.startswith("</", self.at):
                self.close()
            elif source[self.at + 1 : self.at + 2] in ("!", "?"):
                self.fail("declarations have no place in a template")
            else:
                self.element()
        if self.open:
            last = self.open[-1]
            self.fail(f"{last!r} is never closed", last.line)
        return self.roots

    def line(self) -> int:
        return self.source.count("\n", 0, self.at) + 1

    def fail(self, what: str, line: int = 0) -> NoReturn:
        raise TemplateError(f"{what} (line {line or self.line()} of the template)")

    def hole(self) -> int:
        if any(each.tag == "template" for each in self.open):
            self.fail("a hole stands in <template>, where nothing is shown")
        self.at += 1
        self.holes += 1
        return self.holes - 1

    def add(self, child: str | int | Markup) -> None:
        (self.open[-1].children if self.open else self.roots).append(child)

    def text(self, text: str) -> None:
        if not any(each.tag == "pre" for each in self.open):
            text = _tidy(text)
        elif self.open[-1].tag == "pre" and not self.open[-1].children:
            text = text.removeprefix("\n")  # as a browser does
        if text:
            if text.strip(_SPACE) and self.open and self.open[-1].tag in _ONLY:
                self.fail(f"text cannot stand in {self.open[-1]!r}; browsers put it elsewhere")
            self.add(unescape(text))

    def comment(self) -> None:
        end = self.source.find("-->", self.at)
        if end < 0:
            self.fail("a comment is never closed")
        if HOLE in self.source[self.at : end]:
            self.fail("a hole stands in a comment, where nothing is shown")
        self.at = end + 3

    def element(self) -> None:
        line = self.line()
        self.at += 1
        if self.source[self.at] == HOLE:
            element = Markup(self.hole(), line)
        else:
            name = self.name("a tag's name")
            if not _is_camel(name):  # those of SVG keep their capitals
                name = name.lower()
            element = Markup(name, line)
            self.check(element)
        closed = self.attributes(element)
        self.add(element)
        tag = element.tag
        if closed or tag in VOID:
            return
        if tag in RAW_TEXT or tag in _TEXT_ONLY:
            self.raw(element)
        else:
            self.open.append(element)

    def name(self, what: str) -> str:
        found = _NAME.match(self.source, self.at)
        if not found:
            self.fail(f"{self.source[self.at : self.at + 1]!r} stands where {what} belongs")
        self.at = found.end()
        if self.source[self.at : self.at + 1] == HOLE:
            self.fail(f"a hole stands inside {what}; only a whole tag or attribute can be one")
        return found[0]

    def attributes(self, element: Markup) -> bool:
        """Read attributes up to the tag's end; whether it closes the element too."""
        source = self.source
        names = set()
        while True:
            self.spaces()
            if self.at >= len(source):
                self.fail(f"the tag {element!r} has no >", element.line)
            if source[self.at] == ">":
                self.at += 1
                return False
            if source.startswith("/>", self.at):
                self.at += 2
                return True
            if source[self.at] == HOLE:
                element.attributes.append(("", self.hole()))
                if source[self.at : self.at + 1] not in (*_SPACE, "/", ">"):
                    self.fail("a hole stands inside an attribute's name; only a whole attribute can be one")
                continue
            name = self.name("an attribute's name")
            if isinstance(element.tag, str) and not _is_camel(name):
                name = name.lower()
            if name in names:
                self.fail(f"{element!r} has the attribute {name} twice")
            names.add(name)
            self.spaces()
            if source[self.at : self.at + 1] == "=":
                self.at += 1
                self.spaces()
                element.attributes.append((name, self.value(name)))
            else:
                element.attributes.append((name, True))

    def value(self, name: str) -> str | int | tuple[str | int, ...]:
        quote = self.source[self.at : self.at + 1]
        if quote and quote in "\"'":
            end = self.source.find(quote, self.at + 1)
            if end < 0:
                self.fail(f"the value of {name} has no closing {quote}")
            text = self.source[self.at + 1 : end]
            end += 1
        else:
            found = _UNQUOTED.match(self.source, self.at)
            if not found:
                self.fail(f"{name}= has no value")
            text, end = found[0], found.end()
        first, *others = text.split(HOLE)
        parts: list[str | int] = [unescape(first)] if first else []
        for other in others:
            parts.append(self.holes)
            self.holes += 1
            if other:
                parts.append(unescape(other))
        self.at = end
        if len(parts) > 1:
            return tuple(parts)
        return parts[0] if parts else ""

    def spaces(self) -> None:
        self.at = _SPACES.match(self.source, self.at).end()  # type: ignore[union-attr]  # it always matches

    def raw(self, element: Markup) -> None:
        """Read what is only text, up to the closing tag."""
        end = re.compile(rf"</{element.tag}\s*>", re.IGNORECASE).search(self.source, self.at)
        if end is None:
            self.fail(f"{element!r} is never closed", element.line)
        first, *others = self.source[self.at : end.start()].split(HOLE)
        is_raw = element.tag in RAW_TEXT
        if element.tag == "textarea":
            first = first.removeprefix("\n")  # as a browser does
        if others and is_raw:
            self.fail(f"a hole stands in {element!r}, where it would be code", element.line)
        if first:
            element.children.append(first if is_raw else unescape(first))
        for other in others:
            element.children.append(self.holes)
            self.holes += 1
            if other:
                element.children.append(unescape(other))
        self.at = end.end()

    def close(self) -> None:
        line = self.line()
        self.at += 2
        is_hole = self.source[self.at : self.at + 1] == HOLE
        end: str | int = self.hole() if is_hole else self.name("a tag's name")
        self.spaces()
        if self.source[self.at : self.at + 1] != ">":
            self.fail("a closing tag has no >", line)
        self.at += 1
        shown = f"</{end if isinstance(end, str) else '{…}'}>"
        if not self.open:
            self.fail(f"{shown} closes nothing", line)
        last = self.open.pop()
        is_same = (
            last.tag.lower() == end.lower()
            if isinstance(last.tag, str) and isinstance(end, str)
            else type(last.tag) is type(end)
        )
        if not is_same:
            self.fail(f"{shown} stands where {last!r} of line {last.line} has to be closed first", line)
        last.end = end

    def check(self, element: Markup) -> None:
        """See that a browser leaves an element where it is written."""
        tag = element.tag
        parent = self.open[-1] if self.open else None
        if parent is not None and isinstance(parent.tag, str):
            only = _ONLY.get(parent.tag)
            if only is not None and tag not in only:
                advice = "; put a <tbody> between them" if tag == "tr" else ""
                self.fail(f"{element!r} cannot stand in {parent!r}; browsers put it elsewhere{advice}")
        for around in reversed(self.open):
            if around.tag in _WALLS or isinstance(around.tag, int):
                return
            if (around.tag == "p" and tag in _ENDS_P) or (around.tag == tag and tag in _NOT_IN_ITSELF):
                self.fail(f"{element!r} cannot stand in {around!r}; browsers end {around!r} before it")


def _is_camel(name: str) -> bool:
    """Whether a name is one of SVG's that have capitals, such as `linearGradient`."""
    return name[0].islower() and not name.islower()


def _tidy(text: str) -> str:
    """Leave out indentation: line breaks and the spaces around them, as in JSX."""
    lines = text.split("\n")
    last = len(lines) - 1
    if not last:
        return text
    tidied = []
    for number, line in enumerate(lines):
        if number:
            line = line.lstrip(_SPACE)
        if number < last:
            line = line.rstrip(_SPACE)
        if line:
            tidied.append(line)
    return " ".join(tidied)


_ROWS = _names("tr script template style")
_ONLY = {
    "table": _names("caption colgroup thead tbody tfoot script template style"),
    "tbody": _ROWS,
    "thead": _ROWS,
    "tfoot": _ROWS,
    "tr": _names("td th script template style"),
    "colgroup": _names("col template"),
}
_WALLS = _names("table td th caption object template svg math ul ol select dl")
_ENDS_P = _names(
    "address article aside blockquote center details dialog dir div dl fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hgroup hr main menu nav ol p pre search section summary "
    "table ul"
)
_NOT_IN_ITSELF = _names("a button form li option nobr h1 h2 h3 h4 h5 h6")
