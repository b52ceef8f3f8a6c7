"""The pattern book in the browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from pyodide_app.toolkit.server import Server

README = """# Clock

A page that <b>ticks</b>.

## Context

See [the other](../other/README.md), [the code](main.py), [a picture](face.png), [a site](https://example.org/x)
and [a trap](javascript:alert(1)).

<script>alert("narrative")</script>

```python
wait = "<i>"
```

## Resulting Context

| a | b |
|---|---|
| 1 | 2 |
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    clock = tmp_path / "patterns" / "testing" / "clock"
    other = tmp_path / "patterns" / "testing" / "other"
    for folder in (clock, other):
        folder.mkdir(parents=True)
        (folder / "main.py").write_text('print("</code><script>alert(2)</script>")\n')
    (clock / "README.md").write_text(README)
    (clock / "face.png").write_bytes(b"\x89PNG\xff")
    (clock / "main.lock.json").write_text("{}")
    (clock / ".env").write_text("secret")
    (other / "README.md").write_text("# Other <i>\n\nAnother.\n")
    (tmp_path / "pyproject.toml").write_text("secret")
    return tmp_path


@pytest.fixture
def server(root: Path) -> Iterator[Server]:
    with Server(root) as running:
        yield running


def get(server: Server, path: str) -> requests.Response:
    return requests.get(server.url + path, timeout=10)


def test_the_first_page_lists_each_pattern_by_category_with_a_line(server: Server) -> None:
    page = get(server, "").text
    assert '<h2 id="testing">Testing</h2>' in page
    assert '<a href="/book/testing/clock">Clock</a>' in page
    assert "<p>A page that &lt;b&gt;ticks&lt;/b&gt;.</p>" in page
    assert '<a class="run" href="/patterns/testing/clock/"' in page


def test_a_title_with_markup_is_text(server: Server) -> None:
    assert "Other &lt;i&gt;" in get(server, "").text


def test_a_page_of_the_book_has_the_narrative_with_its_sections(server: Server) -> None:
    page = get(server, "book/testing/clock").text
    assert '<h2 id="context">Context</h2>' in page
    assert '<a href="#resulting-context">Resulting Context</a>' in page
    assert "<td>2</td>" in page


def test_it_runs_the_pattern_and_links_to_it(server: Server) -> None:
    page = get(server, "book/testing/clock").text
    assert '<iframe src="/patterns/testing/clock/"' in page
    assert '<a href="/patterns/testing/clock/">' in page


def test_html_in_the_narrative_is_text(server: Server) -> None:
    page = get(server, "book/testing/clock").text
    assert '<script>alert("narrative")' not in page
    assert "&lt;script&gt;alert(&quot;narrative&quot;)" in page


def test_a_link_cannot_run_a_script(server: Server) -> None:
    assert 'href="javascript:' not in get(server, "book/testing/clock").text


def test_links_of_the_narrative_lead_where_they_mean(server: Server) -> None:
    page = get(server, "book/testing/clock").text
    assert '<a href="/book/testing/other">the other</a>' in page
    assert '<a href="#source-main.py">the code</a>' in page
    assert '<a href="/patterns/testing/clock/face.png">a picture</a>' in page
    assert '<a href="https://example.org/x">a site</a>' in page


def test_the_source_is_shown_as_text(server: Server) -> None:
    page = get(server, "book/testing/clock").text
    assert 'id="source-main.py"' in page
    assert "</code><script>" not in page
    assert "&lt;/code&gt;&lt;script&gt;alert(2)" in page


def test_files_that_nobody_wrote_by_hand_are_not_shown_as_source(server: Server) -> None:
    page = get(server, "book/testing/clock").text
    for name in ("face.png", "main.lock.json", ".env", "README.md"):
        assert f'id="source-{name}"' not in page


def test_its_pages_run_no_script_of_anybody(server: Server) -> None:
    for path in ("", "book/testing/clock"):
        assert get(server, path).headers["Content-Security-Policy"].startswith("default-src 'self';")


def test_a_pattern_without_a_page_of_its_own_runs_in_the_default_one(server: Server) -> None:
    assert '<pyodide-app src="main.py" output>' in get(server, "patterns/testing/clock/").text


def test_nothing_but_patterns_is_served_from_the_books_folder(server: Server) -> None:
    assert get(server, "pyproject.toml").status_code == 404
    assert get(server, "patterns/testing/clock/.env").status_code == 404


@pytest.mark.parametrize("path", ["book/testing/none", "book/none/clock", "book/..%2f../x", "book/testing"])
def test_a_pattern_that_is_not_there_is_not_found(server: Server, path: str) -> None:
    assert get(server, path).status_code == 404


def test_a_pattern_that_was_just_written_is_there(root: Path, server: Server) -> None:
    folder = root / "patterns" / "apps" / "todo"
    folder.mkdir(parents=True)
    (folder / "main.py").write_text("")
    (folder / "README.md").write_text("# To do\n\nA list.\n")
    assert "To do" in get(server, "").text
    assert get(server, "book/apps/todo").status_code == 200
