"""The pytest plugin: apps and Pyodide itself, in a real browser.

Everything heavy is imported when a test first needs it, so that the plugin costs other projects nothing.
"""

from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pyodide_app.testing import AppPage, OpenApp
    from pyodide_app.testing._pages import Pages
    from pyodide_app.testing._session import Session

MARKERS = (
    "pyodide_matrix: run on one version of every supported series of Pyodide, or on those that "
    "--pyodide-version names",
    "pyodide_fresh: give the test an interpreter of its own, as --pyodide-fresh does for all tests",
    "pyodide_packages(*names): the test needs these packages of the Pyodide distribution; "
    "skipped where they can't be had",
)
TIMEOUT = 120.0  # seconds for the shared interpreter to start, and for each `run` to finish
_asked_key = pytest.StashKey[tuple[str, ...]]()  # versions on the command line
_pages_key = pytest.StashKey["Pages"]()


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("pyodide", "Pyodide in the browser")
    group.addoption(
        "--pyodide-version",
        action="append",
        default=[],
        metavar="VERSION",
        help="run on this Pyodide, or on 'all' that are known; may be given several times: tests marked "
        "pyodide_matrix run on each, other tests on the first",
    )
    group.addoption("--pyodide-fresh", action="store_true", help="start an interpreter for each test")
    group.addoption(
        "--pyodide-results",
        default="test-results",
        metavar="FOLDER",
        help="where screenshots of failing tests go, from the root folder (default: %(default)s)",
    )


def pytest_configure(config: pytest.Config) -> None:
    for marker in MARKERS:
        config.addinivalue_line("markers", marker)
    asked: list[str] = config.getoption("--pyodide-version")
    config.stash[_asked_key] = _versions(asked) if asked else ()


def _versions(asked: list[str]) -> tuple[str, ...]:
    # The default one comes first of all, since unmarked tests run on the first.
    from pyodide_app.toolkit import runtimes  # noqa: PLC0415 - see the top of this file
    from pyodide_app.toolkit.errors import ToolkitError  # noqa: PLC0415

    every = sorted(runtimes.versions(), key=lambda version: version != runtimes.DEFAULT)
    try:
        wanted = [
            name for each in asked for name in (every if each == "all" else [runtimes.get(each).version])
        ]
    except ToolkitError as error:
        raise pytest.UsageError(f"--pyodide-version: {error}") from None
    return tuple(dict.fromkeys(wanted))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if not metafunc.definition.get_closest_marker("pyodide_matrix"):
        return
    if "_asked_version" not in metafunc.fixturenames:
        raise pytest.UsageError(
            f"{metafunc.definition.nodeid} is marked pyodide_matrix, but runs no Pyodide."
        )
    from pyodide_app.toolkit import runtimes  # noqa: PLC0415 - see the top of this file

    versions = metafunc.config.stash[_asked_key] or runtimes.one_of_each_series()
    metafunc.parametrize("_asked_version", versions, indirect=True)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    pages = item.stash.get(_pages_key, None)
    if pages and report.failed:
        pages.has_failed = True
        pages.photograph()
        report.sections += pages.sections()
    return report


@pytest.fixture(scope="session")
def _pyodide_session(tmp_path_factory: pytest.TempPathFactory) -> Iterator["Session"]:
    try:
        from pyodide_app.testing._session import Session  # noqa: PLC0415 - see the top of this file
        from pyodide_app.testing.browser import NoBrowserError, find_browser  # noqa: PLC0415

        session = Session(find_browser(), tmp_path_factory.mktemp("blank"))
    except ModuleNotFoundError as error:
        pytest.fail(f"There is no {error.name}: pip install pyodide-app[testing].", pytrace=False)
    except NoBrowserError as error:
        pytest.fail(str(error), pytrace=False)
    yield session
    session.close()


@pytest.fixture
def _pyodide_pages(request: pytest.FixtureRequest, _pyodide_session: "Session") -> Iterator["Pages"]:
    from pyodide_app.testing._pages import Pages  # noqa: PLC0415 - see the top of this file

    pictures = request.config.rootpath / request.config.getoption("--pyodide-results")
    pages = Pages(_pyodide_session.loop, request.node.nodeid, pictures)
    request.node.stash[_pages_key] = pages
    yield pages
    try:
        errors = pages.unexpected()
        if errors:
            pages.photograph()
    finally:
        pages.close()
    if errors:
        text = "\n\n".join(errors)
        pytest.fail(f"The page had errors that the test did not expect:\n{text}", pytrace=False)


@pytest.fixture
def _asked_version(request: pytest.FixtureRequest) -> str | None:
    asked = request.config.stash[_asked_key]
    version: str | None = getattr(request, "param", asked[0] if asked else None)
    return version


@pytest.fixture
def pyodide_version(
    request: pytest.FixtureRequest, _asked_version: str | None, _pyodide_session: "Session"
) -> str:
    """The Pyodide version that the test runs on, unless its app names another one itself."""
    from pyodide_app.toolkit import runtimes  # noqa: PLC0415 - see the top of this file

    version = _asked_version or runtimes.DEFAULT
    for marker in request.node.iter_markers("pyodide_packages"):
        for package in marker.args:
            if lack := _pyodide_session.lacks(version, package):
                pytest.skip(lack)
    return version


@pytest.fixture
def app_path(pytestconfig: pytest.Config) -> Path:
    """The app that `open_app()` opens, and where its relative paths start; the root folder.

    Define a fixture of this name in a conftest.py to have another one.
    """
    return pytestconfig.rootpath


@pytest.fixture
def open_app(
    _pyodide_session: "Session",
    _pyodide_pages: "Pages",
    _asked_version: str | None,
    pyodide_version: str,
    app_path: Path,
) -> "OpenApp":
    """Serve an app and open it in the browser: `app = open_app("folder")` waits until it is ready.

    `app.page` is Playwright's page, `app.run("1 + 1")` runs Python in it, `app.console` has its lines.
    Each app gets a browser context and an interpreter of its own. See OpenApp for the arguments.
    """
    from pyodide_app.testing import OpenApp  # noqa: PLC0415 - see the top of this file

    return OpenApp(_pyodide_session, _pyodide_pages, app_path, _asked_version)


@pytest.fixture
def pyodide(
    request: pytest.FixtureRequest, _pyodide_session: "Session", _pyodide_pages: "Pages", pyodide_version: str
) -> "AppPage":
    """Pyodide in a blank page: `pyodide.run("1 + 1")`.

    It is started once for all tests, and put back after each: the namespace, modules and their attributes,
    import paths, environment, files, working folder, warning filters, tasks; the document, listeners,
    timers, storage. Where that fails, where the page shows an error, or where Playwright was asked for
    something lasting (a route, a listener, another address), the next test gets a new one.

    Beyond reach: what objects of the standard library hold, packages that were installed, compiled
    modules, JavaScript modules. A test that changes those is marked pyodide_fresh.
    """
    fresh = request.node.get_closest_marker("pyodide_fresh") or request.config.getoption("--pyodide-fresh")
    return _pyodide_pages.add(
        _pyodide_session.interpreter(pyodide_version, fresh=bool(fresh), timeout=TIMEOUT)
    )
