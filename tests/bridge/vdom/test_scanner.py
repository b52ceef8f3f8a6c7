"""What a template's markup is read as."""

import pytest

from pyodide_app.bridge.vdom._build import build
from pyodide_app.bridge.vdom._children import node_of
from pyodide_app.bridge.vdom._html import to_html
from pyodide_app.bridge.vdom._scanner import Markup, TemplateError, scan


def read(markup: str) -> str:
    """The markup as it was understood; `@` in it are holes, whose values are their numbers."""
    strings = markup.split("@")
    values = tuple(f"{{{number}}}" for number in range(len(strings) - 1))
    parts = scan(strings)
    return "".join(
        to_html(
            node_of(build(part, values))
            if isinstance(part, Markup)
            else part
            if isinstance(part, str)
            else values[part]
        )
        for part in parts
    )


@pytest.mark.parametrize(
    ("markup", "read_as"),
    [
        ("a < b & c > d", "a &lt; b &amp; c &gt; d"),
        ("&lt;b&gt; &copy;", "&lt;b&gt; ©"),
        ("<P CLASS=a>x</p>", '<p class="a">x</p>'),
        ("<p title='a\"b' lang = de hidden>x</p>", '<p title="a&quot;b" lang="de" hidden="">x</p>'),
        ("<img src=/a/b.png><br/>x", '<img src="/a/b.png"><br>x'),
        ("<p><b />x</p>", "<p><b></b>x</p>"),
        ("<p>a<!-- <b> -->b</p>", "<p>ab</p>"),
        ("<style>a > b {}</style>", "<style>a > b {}</style>"),
        ("<textarea>\n<b>@</textarea>", "<textarea>&lt;b&gt;{0}</textarea>"),
        ("<svg viewBox='0 0 1 1'><linearGradient/></svg>", None),
        ("<p class='a @ b@' title=@ lang='@'>@</p>", '<p class="a {0} b{1}" title="{2}" lang="{3}">{4}</p>'),
    ],
)
def test_markup(markup: str, read_as: str | None) -> None:
    expected = read_as or '<svg viewBox="0 0 1 1"><linearGradient></linearGradient></svg>'
    assert read(markup) == expected


@pytest.mark.parametrize(
    ("markup", "read_as"),
    [
        ("\n  <p>\n    a\n    b\n  </p>\n  <b>c</b>\n", "<p>a b</p><b>c</b>"),
        ("<p> a <b>b</b> c </p>", "<p> a <b>b</b> c </p>"),
        ("<p>\n  @ and\n  @\n</p>", "<p>{0} and{1}</p>"),
        ("<pre>\n  a\n</pre>", "<pre>  a\n</pre>"),
        ("<p>&nbsp;\n</p>", "<p>\xa0</p>"),
    ],
)
def test_indentation_is_left_out(markup: str, read_as: str) -> None:
    assert read(markup) == read_as


@pytest.mark.parametrize(
    ("markup", "message"),
    [
        ("<p>\n<b>x</p>", "</p> stands where <b> of line 2 has to be closed first (line 2 "),
        ("<p>\n\n<b>x</b>", "<p> is never closed (line 1 "),
        ("x</p>", "</p> closes nothing"),
        ("<br></br>", "</br> closes nothing"),
        ("<p title='a>x</p>", "the value of title has no closing '"),
        ("<p title=>x</p>", "title= has no value"),
        ("<p a a>x</p>", "has the attribute a twice"),
        ("<p\na", "the tag <p> has no >"),
        ("<!-- x", "a comment is never closed"),
        ("<!doctype html>", "declarations have no place"),
        ("<p\n><!-- @ --></p>", "a hole stands in a comment, where nothing is shown (line 2 "),
        ("<script>@</script>", "a hole stands in <script>, where it would be code"),
        ("<template><p>@</p></template>", "a hole stands in <template>, where nothing is shown"),
        ("<p@>x</p>", "a hole stands inside a tag's name"),
        ("<p data-@=1>x</p>", "a hole stands inside an attribute's name"),
        ("<p @=1>x</p>", "a hole stands inside an attribute's name"),
        ("<@>x</p>", "</p> stands where <{…}> of line 1 has to be closed first"),
        ("<table><tr><td>x</td></tr></table>", "put a <tbody> between them"),
        ("<table>x</table>", "text cannot stand in <table>"),
        ("<p><b><div>x</div></b></p>", "<div> cannot stand in <p>"),
        ("<a href=x><b><a>x</a></b></a>", "<a> cannot stand in <a>"),
    ],
)
def test_what_is_not_right_is_an_error_with_its_line(markup: str, message: str) -> None:
    with pytest.raises(TemplateError) as raised:
        read(markup)
    assert message in str(raised.value)
