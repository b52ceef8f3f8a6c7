"""Where a library runs the graphs: in a process of CPython, or in a page. Each has one of its own."""

import json
import os
import subprocess
from contextlib import ExitStack
from pathlib import Path
from typing import Protocol, TypedDict

import playwright.sync_api as playwright
from playwright.sync_api import Browser, Error

from benchmarks import browser
from benchmarks.reactivity._environment import peers_python

PAGE = Path(__file__).parent / "page"
SOURCE = Path(__file__).parents[2] / "src"


class Sample(TypedDict):
    """One run of a graph: milliseconds; what is wrong with its result; what ran in vain."""

    time: float
    problem: str
    wasted: str


class Worker(Protocol):
    """Runs graphs with one library."""

    def run(self, graph: str) -> Sample: ...


class Unavailable(Exception):
    """A library does not run there."""


class Process:
    """A process of CPython."""

    def __init__(self, library: str, closing: ExitStack) -> None:
        environment = {**os.environ, "PYTHONPATH": str(SOURCE)}
        self._process = subprocess.Popen(
            [peers_python(), PAGE / "runner.py", library],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # tracebacks of effects, which the result tells of
            text=True,
            bufsize=1,
        )
        closing.callback(self._process.kill)
        self.graphs: list[str] = json.loads(self._line())

    def run(self, graph: str) -> Sample:
        assert self._process.stdin
        self._process.stdin.write(f"{graph}\n")
        sample: Sample = json.loads(self._line())
        return sample

    def _line(self) -> str:
        assert self._process.stdout
        line = self._process.stdout.readline()
        if not line:
            raise Unavailable
        return line


class Page:
    """A page with Pyodide, opened anew after a crash of Python."""

    def __init__(self, library: str, chromium: Browser, url: str, closing: ExitStack) -> None:
        self._url = f"{url}?library={library}"
        self._chromium = chromium
        self._page = self._opened()
        closing.callback(lambda: self._page.close())

    def run(self, graph: str) -> Sample:
        try:
            sample: Sample = json.loads(self._page.evaluate("graph => run(graph)", graph))
        except Error as error:
            crash = "Maximum call stack" in error.message
            self._page.close()
            self._page = self._opened()
            return {"time": 0, "problem": "stack overflow" if crash else error.message, "wasted": ""}
        return sample

    def _opened(self) -> playwright.Page:
        page = browser.open_page(self._chromium, self._url, quiet=True)
        try:
            settled = "pyodide-app[state=ready], pyodide-app[state=error]"
            page.wait_for_selector(settled, state="attached")
            if page.evaluate("typeof run") == "undefined":
                raise Unavailable
        except Error as error:
            raise Unavailable from error
        return page


def cpython_version() -> str:
    """The version of the CPython that runs the processes."""
    asked = [str(peers_python()), "-c", "import platform; print(platform.python_version())"]
    done = subprocess.run(asked, capture_output=True, text=True, check=True)
    return done.stdout.strip()
