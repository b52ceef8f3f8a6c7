"""Each pattern is whole: a page, a program, a narrative in the schema, and a test."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PATTERNS = sorted(main.parent for main in ROOT.glob("patterns/*/*/main.py"))
SECTIONS = ["Context", "Problem", "Forces", "Solution", "Implementation", "Resulting Context"]

every_pattern = pytest.mark.parametrize(
    "pattern", PATTERNS, ids=lambda path: f"{path.parent.name}/{path.name}"
)


def test_the_book_has_patterns() -> None:
    assert len(PATTERNS) >= 6


@every_pattern
def test_a_pattern_has_a_page(pattern: Path) -> None:
    page = (pattern / "index.html").read_text(encoding="utf-8")
    assert '<html lang="en">' in page
    assert "width=device-width" in page


@every_pattern
def test_a_narrative_has_a_title_a_sentence_and_the_sections_in_order(pattern: Path) -> None:
    narrative = (pattern / "README.md").read_text(encoding="utf-8")
    title, sentence, *_ = narrative.split("\n\n")
    assert re.fullmatch(r"# \S.*", title)
    assert re.fullmatch(r"[A-Z].*\.", sentence)
    assert re.findall(r"^## (.*)$", narrative, re.MULTILINE) == SECTIONS


@every_pattern
def test_a_pattern_has_a_test(pattern: Path) -> None:
    name = pattern.name.replace("-", "_")
    assert (ROOT / "tests" / "patterns" / pattern.parent.name / f"test_{name}.py").is_file()
