"""The pattern book as web pages: what there is, and each pattern's narrative, page and source."""

import itertools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from posixpath import normpath
from urllib.parse import quote, unquote, urlsplit

from markdown_it.token import Token
from markupsafe import Markup

from pyodide_app.toolkit._markdown import highlight_file, to_html, tokens_of
from pyodide_app.toolkit._templates import render
from pyodide_app.toolkit.patterns import CATEGORIES, Pattern, by_category, load_patterns

_LARGEST_SOURCE = 100_000  # bytes; what is longer is data, and nobody reads it here


@dataclass(frozen=True, slots=True)
class _Source:
    name: str
    lines: int
    html: Markup


def index(root: Path) -> str:
    """The first page: all patterns by category."""
    groups = by_category(load_patterns(root))
    return render("gallery.html", groups=groups, categories=CATEGORIES, count=sum(map(len, groups.values())))


def pattern(root: Path, name: str) -> str | None:
    """The page of the pattern `name`; None if there is none."""
    patterns = load_patterns(root)
    place = next((i for i, one in enumerate(patterns) if one.name == name), None)
    if place is None:
        return None
    shown = patterns[place]
    sources = _sources(shown)
    links = _links(shown, sources, patterns)
    lead, narrative, sections = _narrative(shown, links)
    return render(
        "pattern.html",
        pattern=shown,
        lead=lead,
        narrative=narrative,
        sections=sections,
        sources=sources,
        before=patterns[place - 1] if place else None,
        after=patterns[place + 1] if place + 1 < len(patterns) else None,
    )


def _narrative(pattern: Pattern, links: Mapping[str, str]) -> tuple[Markup, Markup, list[tuple[str, str]]]:
    """The README's first paragraph, what follows it, and its sections as (anchor, heading)."""
    try:
        tokens = tokens_of(pattern.readme.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        return Markup(""), Markup("<p>The README can't be read: {}</p>").format(error), []
    if [token.type for token in tokens[:1]] == ["heading_open"] and tokens[0].tag == "h1":
        tokens = tokens[3:]
    lead: list[Token] = []
    if [token.type for token in tokens[:1]] == ["paragraph_open"]:
        lead, tokens = tokens[:3], tokens[3:]
    sections = []
    for opening, inline in itertools.pairwise(tokens):
        if opening.type == "heading_open" and opening.tag == "h2":
            anchor = re.sub(r"\W+", "-", inline.content.lower()).strip("-")
            opening.attrSet("id", anchor)
            sections.append((anchor, inline.content))
    for token in lead + tokens:
        _mend_links(token, pattern, links)
    # Both are the renderer's, which escapes all text.
    return Markup(to_html(lead)), Markup(to_html(tokens)), sections  # noqa: S704


def _links(pattern: Pattern, sources: list[_Source], patterns: list[Pattern]) -> dict[str, str]:
    """Where links to files of the book lead: pages of patterns, and the sources on this page."""
    links = {f"patterns/{pattern.name}/{one.name}": f"#source-{quote(one.name)}" for one in sources}
    for one in patterns:
        links[f"patterns/{one.name}"] = links[f"patterns/{one.name}/README.md"] = f"/book/{one.name}"
    return links


def _mend_links(token: Token, pattern: Pattern, links: Mapping[str, str]) -> None:
    """Relative links count from the README's folder, not from the page that shows it."""
    for child in token.children or ():
        for attribute in ("href", "src"):
            link = child.attrGet(attribute)
            parts = urlsplit(link) if isinstance(link, str) else None
            if parts and parts.path and not (parts.scheme or parts.netloc or parts.path.startswith("/")):
                path = normpath(f"patterns/{pattern.name}/{parts.path}")
                fragment = f"#{parts.fragment}" if parts.fragment else ""
                child.attrSet(attribute, links.get(unquote(path), f"/{path}") + fragment)


def _sources(pattern: Pattern) -> list[_Source]:
    """The pattern's files, in the order in which to read them."""

    def place(path: Path) -> tuple[int, str]:
        first = ["main.py", "index.html"]
        known = first.index(path.name) if path.parent == pattern.folder and path.name in first else None
        return (known if known is not None else 2 + (path.suffix != ".py"), path.as_posix())

    files = [path for path in pattern.folder.rglob("*") if _is_source(path) and path != pattern.readme]
    sources = []
    for path in sorted(files, key=place):
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):  # a picture, say: not for reading
            continue
        name = path.relative_to(pattern.folder).as_posix()
        html = Markup(highlight_file(text, path.name))  # noqa: S704 - Pygments escapes the text
        sources.append(_Source(name, len(text.splitlines()), html))
    return sources


def _is_source(path: Path) -> bool:
    hidden = any(part.startswith(".") or part == "__pycache__" for part in path.parts[-3:])
    return (
        path.is_file()
        and not hidden
        and not path.name.endswith(".lock.json")
        and path.stat().st_size <= _LARGEST_SOURCE
    )
