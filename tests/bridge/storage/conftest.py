"""A page with a worker, in both of which Python can be run; a worker costs seconds to start."""

import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pyodide_app.testing import AppPage, OpenApp
from pyodide_app.testing._session import Session

WORK = """
from pyodide.code import eval_code_async

names = {}

async def do(code):
    return await eval_code_async(code, names)
"""
MAIN = """
import work
from pyodide_app.bridge.workers import Worker

worker = await Worker().ready()
"""
BEGIN = """
import asyncio, errno, os, shutil
from pathlib import Path
from pyodide_app.bridge.storage import *

async def told(awaitable):
    try:
        return await awaitable
    except Exception as error:
        return f"{type(error).__name__}: {error}"

async def told_of(awaitable):
    return (await told(awaitable)).partition(":")[0]
"""
Do = Callable[[str], Any]


def write_app(folder: Path) -> None:
    (folder / "work.py").write_text(WORK)
    (folder / "main.py").write_text(MAIN)


def in_worker(app: AppPage) -> Do:
    """Runs Python in the app's worker; the value of the last expression comes back."""

    def do(code: str) -> Any:  # noqa: ANN401
        return app.run("await worker.run(work.do, code)", code=textwrap.dedent(code))

    do(BEGIN)
    return do


def in_page(app: AppPage) -> Do:
    app.run(BEGIN)
    return app.run


@pytest.fixture(scope="module")
def app(_pyodide_session: Session, tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppPage]:
    folder = tmp_path_factory.mktemp("app")
    write_app(folder)
    with _pyodide_session.page(folder, pyodide=None, timeout=120) as app:
        app.wait_ready()
        yield app


@pytest.fixture(scope="module")
def other_app(_pyodide_session: Session, tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppPage]:
    """A page without a worker, whose stores are its own."""
    folder = tmp_path_factory.mktemp("app")
    (folder / "main.py").touch()
    with _pyodide_session.page(folder, pyodide=None, timeout=120) as app:
        app.wait_ready()
        yield app


@pytest.fixture
def working(open_app: OpenApp, tmp_path: Path) -> AppPage:
    """The same for one test."""
    write_app(tmp_path)
    return open_app(tmp_path)


@pytest.fixture
def in_worker_of() -> Callable[[AppPage], Do]:
    return in_worker


@pytest.fixture
def in_page_of() -> Callable[[AppPage], Do]:
    return in_page


@pytest.fixture
def in_the_worker(app: AppPage) -> Do:
    return in_worker(app)


@pytest.fixture
def in_its_page(app: AppPage) -> Do:
    """Runs Python in the page that has the worker."""
    return in_page(app)


@pytest.fixture
def in_the_page(other_app: AppPage) -> Do:
    return in_page(other_app)


@pytest.fixture(params=["worker", "page"])
def do(request: pytest.FixtureRequest) -> Do:
    """Runs Python in a worker, and in a page."""
    run: Do = request.getfixturevalue(f"in_the_{request.param}")
    return run
