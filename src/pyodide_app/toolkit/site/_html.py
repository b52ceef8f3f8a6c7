"""Pages as they go out: links to our files, the Content-Security-Policy, and which apps they hold."""

import base64
import hashlib
import html
import re
from collections.abc import Sequence
from html.parser import HTMLParser

from pyodide_app.toolkit._policy import app_policy
from pyodide_app.toolkit.site._folder import OURS

_OURS = re.compile(rf"(?<=[\"'(])/{OURS}/(runtime|static)/")
_HEAD = re.compile(r"<head\b[^>]*>", re.IGNORECASE)


def relink(text: str, depth: int, folders: dict[str, str]) -> str:
    """A page, script or style sheet with our URLs made relative: the site works below any path.

    Args:
        depth: how many folders below the site's root the file lies.
        folders: where "runtime" and "static" lie now.
    """
    up = "./" + "../" * depth
    return _OURS.sub(lambda match: f"{up}{OURS}/{folders[match[1]]}/", text)


def apps_of(text: str) -> list[str]:
    """The `src` of each <pyodide-app> on a page."""
    return _parsed(text).apps


def with_policy(text: str, *, evaluates: bool) -> str:
    """A page with its policy as the first thing in its head; one that has a policy keeps it.

    What stands in the page itself is the author's, and allowed by its hash.

    Args:
        evaluates: a package evaluates JavaScript.
    """
    page = _parsed(text)
    if page.has_policy:
        return text
    policy = app_policy("'unsafe-eval'" if evaluates else "'wasm-unsafe-eval'", *page.hashes)
    content = html.escape(policy, quote=False)
    return _in_head(text, [f'<meta http-equiv="Content-Security-Policy" content="{content}">'])


def with_preloads(text: str, modules: Sequence[str]) -> str:
    """A page whose browser fetches these at once, not only when a script that has come asks for them.

    Scripts only: large files that it fetches before they are asked for keep the page from its first work.
    """
    return _in_head(text, [f'<link rel="modulepreload" href="{html.escape(url)}">' for url in modules])


def _in_head(text: str, lines: Sequence[str]) -> str:
    head = _HEAD.search(text)
    added = "".join(f"\n    {line}" for line in lines)
    return f"{text[: head.end()]}{added}{text[head.end() :]}" if head else text


def _parsed(text: str) -> "_Page":
    page = _Page()
    page.feed(text)
    page.close()
    return page


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.apps: list[str] = []
        self.hashes: list[str] = []
        self.has_policy = False
        self._script = ""
        self._in_script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "pyodide-app" and values.get("src"):
            self.apps.append(values["src"] or "")
        elif tag == "script" and not values.get("src"):
            self._in_script, self._script = True, ""
        elif tag == "meta" and (values.get("http-equiv") or "").lower() == "content-security-policy":
            self.has_policy = True

    def handle_data(self, data: str) -> None:
        if self._in_script:
            self._script += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "script" and self._in_script:
            self._in_script = False
            digest = hashlib.sha256(self._script.encode()).digest()
            self.hashes.append(f"'sha256-{base64.b64encode(digest).decode()}'")
