"""Markdown as we read it: CommonMark with tables; HTML in it is text."""

from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexer import Lexer
from pygments.lexers import TextLexer, get_lexer_by_name, get_lexer_for_filename
from pygments.util import ClassNotFound


@cache
def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False, "highlight": _highlight}).enable("table")


def tokens_of(text: str) -> list[Token]:
    return _markdown().parse(text)


def parse(text: str) -> SyntaxTreeNode:
    return SyntaxTreeNode(tokens_of(text))


def to_html(tokens: list[Token]) -> str:
    """The tokens as HTML in which all text is escaped."""
    html: str = _markdown().renderer.render(tokens, _markdown().options, {})
    return html


def text_of(node: SyntaxTreeNode) -> str:
    """The words in a node, without markup."""
    if node.type in ("text", "code_inline"):
        return node.content
    if node.type in ("softbreak", "hardbreak"):
        return " "
    return "".join(text_of(child) for child in node.children)


def highlight_file(source: str, name: str) -> str:
    """A source file as HTML, coloured after its name's type."""
    try:
        lexer = get_lexer_for_filename(name)
    except ClassNotFound:
        lexer = TextLexer()
    return _coloured(source, lexer)


def _highlight(source: str, language: str, _: str) -> str:
    try:
        lexer = get_lexer_by_name(language)
    except ClassNotFound:
        lexer = TextLexer()
    return _coloured(source, lexer)


def _coloured(source: str, lexer: Lexer) -> str:
    return highlight(source, lexer, HtmlFormatter(nowrap=True))
