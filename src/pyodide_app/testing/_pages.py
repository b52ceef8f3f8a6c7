"""The pages of one test: opened, watched, photographed, closed."""

import contextlib
import re
from dataclasses import dataclass
from pathlib import Path

from pyodide_app.testing._loop import LoopThread
from pyodide_app.testing.app_page import AppPage

LINES = 100  # of the console in a report, the newest
PATIENCE = 5  # seconds for a screenshot


@dataclass(slots=True)
class _Opened:
    app: AppPage
    picture: str = ""  # where it is, in words


class Pages:
    """The pages of one test.

    Args:
        loop: where the browser's handlers run.
        name: the test's, for its pictures' files.
        pictures: the folder for them.
    """

    def __init__(self, loop: LoopThread, name: str, pictures: Path) -> None:
        self.has_failed = False  # the test has, already
        self._opened: list[_Opened] = []
        self._closing = contextlib.ExitStack()
        self._loop = loop
        self._name = re.sub(r"[^\w.-]+", "-", name.removeprefix("tests/")).strip("-")
        self._pictures = pictures

    def add(self, opening: contextlib.AbstractContextManager[AppPage]) -> AppPage:
        """Open a page that stays until the test ends."""
        app = self._closing.enter_context(opening)
        self._opened.append(_Opened(app))
        return app

    def unexpected(self) -> list[str]:
        """Return the errors that the test did not ask for; none if it has failed anyway."""
        failures, self._loop.failures = self._loop.failures, []
        if self.has_failed:
            return []
        errors = [f"A callback of the test raised {error!r}." for error in failures]
        for opened in self._opened:
            if not opened.app.allow_errors:
                opened.app.settle()
                errors += opened.app.errors
        return errors

    def photograph(self) -> None:
        """Take a picture of each page that has none yet."""
        from playwright.async_api import Error  # noqa: PLC0415 - heavy; loaded by now

        for number, opened in enumerate(self._opened, 1):
            if opened.picture:
                continue
            file = self._pictures / f"{self._name}{f'-{number}' if number > 1 else ''}.png"
            try:
                opened.app.page.screenshot(path=file, timeout=PATIENCE * 1000)
                opened.picture = f"Screenshot: {file}"
            except Error as error:
                opened.picture = f"No screenshot: {error.message.splitlines()[0]}"

    def sections(self) -> list[tuple[str, str]]:
        """Return what a failing test's report says about its pages, as (title, text)."""
        sections = []
        for opened in self._opened:
            app = opened.app
            sections.append(("Page", f"{app.url}\n{opened.picture}"))
            if app.errors:
                sections.append(("Errors in the page", "\n\n".join(app.errors)))
            if app.console:
                sections.append(("Console of the page", _newest(app)))
        return sections

    def close(self) -> None:
        """Close the pages, the last one first."""
        self._closing.close()


def _newest(app: AppPage) -> str:
    lines = [f"{line.kind:<8}{line.text}" for line in app.console[-LINES:]]
    if len(app.console) > LINES:
        lines.insert(0, f"… {len(app.console) - LINES} earlier lines")
    return "\n".join(lines)
