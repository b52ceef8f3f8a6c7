"""The book's index: what it says of each pattern, and how one is found."""

from pathlib import Path

import pytest

from pyodide_app.toolkit.errors import ToolkitError
from pyodide_app.toolkit.patterns import CATEGORIES, book, by_category, find, load_patterns


@pytest.fixture
def root(tmp_path: Path) -> Path:
    def write(name: str, readme: str) -> None:
        folder = tmp_path / "patterns" / name
        folder.mkdir(parents=True)
        (folder / "main.py").write_text("")
        (folder / "README.md").write_text(readme)

    write("testing/clock", "# The clock\n\nTests *that* wait for `tick`. They sleep not.\n")
    write("loading/fonts", "# Fonts\n\nA page with fonts.\n")
    write("loading/hello", "# Hello\n\nThe first page.\n")
    write("surprises/hello", "# Hello again\n\nA category that nobody knows.\n")
    (tmp_path / "patterns" / "loading" / "unfinished").mkdir()
    return tmp_path


def test_title_and_first_sentence_come_from_the_readme(root: Path) -> None:
    clock = find("testing/clock", root)
    assert (clock.title, clock.summary) == ("The clock", "Tests that wait for tick.")


def test_the_order_is_the_books_with_hello_first_and_unknown_categories_last(root: Path) -> None:
    names = [pattern.name for pattern in load_patterns(root)]
    assert names == ["loading/hello", "loading/fonts", "testing/clock", "surprises/hello"]


def test_only_categories_with_patterns_are_listed(root: Path) -> None:
    assert list(by_category(load_patterns(root))) == ["loading", "testing", "surprises"]


def test_a_pattern_is_found_by_its_own_name_where_that_is_clear(root: Path) -> None:
    assert find("fonts", root).name == "loading/fonts"


def test_a_name_that_two_patterns_have_is_refused_with_both(root: Path) -> None:
    with pytest.raises(ToolkitError, match="more than one") as error:
        find("hello", root)
    assert error.value.hint == "There are: loading/hello, surprises/hello."


def test_an_unknown_pattern_is_refused_with_the_nearest_first(root: Path) -> None:
    with pytest.raises(ToolkitError, match="no pattern 'clok'") as error:
        find("clok", root)
    assert error.value.hint.startswith("There are: testing/clock, ")


def test_a_readme_that_cannot_be_read_leaves_the_rest_of_the_book(root: Path) -> None:
    (root / "patterns" / "loading" / "fonts" / "README.md").write_bytes(b"\xff")
    assert find("loading/fonts", root).title == "Fonts"


def test_the_book_that_comes_with_us_says_something_of_each_pattern() -> None:
    patterns = load_patterns(book())
    assert patterns != []
    assert [pattern.name for pattern in patterns if not pattern.summary] == []
    assert {pattern.category for pattern in patterns} <= set(CATEGORIES)
