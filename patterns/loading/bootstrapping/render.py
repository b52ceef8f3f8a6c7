"""Writes into `index.html` what `view.py` shows at first: `python render.py`, after each change there.

The developer's Python runs it, the one that has pyodide_app; the browser never does.
"""

import re
import sys
from pathlib import Path

from view import PLACES

from pyodide_app.bridge.vdom import to_html

PAGE = Path(__file__).with_name("index.html")


def with_content(page: str, place: str, html: str) -> str:
    """A page with other HTML between the two comments that name a place."""
    start, end = f"<!-- {place} -->", f"<!-- end of {place} -->"
    before, found_start, rest = page.partition(start)
    _, found_end, after = rest.partition(end)
    if not (found_start and found_end):
        sys.exit(f"{PAGE.name} lacks {start} … {end}")
    lines = re.sub(r"(?=<(?:li|/ul)\b)", "\n", html)  # adopt() minds no white space between elements
    return f"{before}{start}\n{lines}\n{end}{after}"


def main() -> None:
    page = PAGE.read_text(encoding="utf-8")
    for place, component in PLACES.items():
        page = with_content(page, place, to_html(component()))
    PAGE.write_text(page, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
