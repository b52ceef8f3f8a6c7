"""What a test leaves in the shared interpreter is gone for the next one."""

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Error

from pyodide_app.testing import OpenApp
from pyodide_app.testing._session import Session
from pyodide_app.testing._shared import Shared


@dataclass
class Trace:
    """What a test may do, how the next one would see it, and what that one shall see."""

    left: str
    look: str
    clean: object


IN_PYTHON = {
    "global": Trace("left = 1", "'left' in globals()", False),
    "module": Trace("sys.modules['left'] = sys", "'left' in sys.modules", False),
    "submodule": Trace(
        "pyodide_app.left = sys.modules['pyodide_app.left'] = types.ModuleType('pyodide_app.left')",
        "hasattr(pyodide_app, 'left')",
        False,
    ),
    "builtin": Trace("builtins.left = 1", "hasattr(builtins, 'left')", False),
    "patched function": Trace("time.time = None", "time.time is None", False),
    "import path": Trace("sys.path.insert(0, '/left')", "'/left' in sys.path", False),
    "import hook": Trace("sys.meta_path.append(sys)", "sys in sys.meta_path", False),
    "environment": Trace("os.environ['LEFT'] = '1'", "'LEFT' in os.environ", False),
    "working folder": Trace("os.chdir('/')", "os.getcwd()", "/home/pyodide"),
    "file": Trace("open('left', 'w').close()", "os.listdir()", ["main.py"]),
    "changed file": Trace("open('main.py', 'w').write('left')", "open('main.py').read()", ""),
    "removed file": Trace("os.remove('main.py')", "os.listdir()", ["main.py"]),
    "folder": Trace("os.makedirs('/left/deep')", "os.path.exists('/left')", False),
    "link": Trace("os.symlink('/tmp', 'left')", "os.listdir()", ["main.py"]),
    "warning filter": Trace("warnings.simplefilter('error')", "warnings.warn('x')", None),
    "log handler": Trace("logging.basicConfig()", "logging.root.handlers", []),
    "log level": Trace("logging.root.setLevel(1)", "logging.root.level", 30),
    "task": Trace("left = asyncio.create_task(asyncio.sleep(1e6))", "len(asyncio.all_tasks())", 1),
}
IN_THE_PAGE = {
    "text": Trace("document.body.append('left')", "'left' in document.body.textContent", False),
    "content": Trace(
        "document.getElementById('app').append('left')", "document.body.textContent.strip()", ""
    ),
    "removed element": Trace(
        "document.getElementById('app').remove()", "bool(document.getElementById('app'))", True
    ),
    "attribute": Trace("document.body.className = 'left'", "document.body.className", ""),
    "changed attribute": Trace("document.documentElement.lang = 'de'", "document.documentElement.lang", "en"),
    "style": Trace("document.head.append(document.createElement('style'))", "len(document.styleSheets)", 1),
    "title": Trace("document.title = 'left'", "document.title == 'left'", False),
    "address": Trace("js.history.replaceState(None, '', '#left')", "js.location.hash", ""),
    "window property": Trace("js.left = 1", "hasattr(js, 'left')", False),
    "patched window function": Trace("js.fetch = 1", "js.fetch == 1", False),
    "local storage": Trace("js.localStorage.setItem('left', '1')", "js.localStorage.length", 0),
    "session storage": Trace("js.sessionStorage.setItem('left', '1')", "js.sessionStorage.length", 0),
    "cookie": Trace("document.cookie = 'left=1'", "document.cookie", ""),
    "cache": Trace("await js.caches.open('left')", "len(await js.caches.keys())", 0),
    "database": Trace(
        "js.indexedDB.open('left').onsuccess = create_proxy(lambda event: event.target.result.close())",
        "len(await js.indexedDB.databases())",
        0,
    ),
    "private file": Trace(
        "folder = await js.navigator.storage.getDirectory(); "
        "await folder.getDirectoryHandle('left', create=True)",
        "folder = await js.navigator.storage.getDirectory(); [name async for name in folder.keys()]",
        [],
    ),
    "listener": Trace(
        "js.addEventListener('left', create_proxy(lambda event: js.document.body.append('heard')))",
        "js.dispatchEvent(js.Event.new('left')); 'heard' in document.body.textContent",
        False,
    ),
    "interval": Trace(
        "js.setInterval(create_proxy(lambda: js.document.body.append('heard')), 1)",
        "await asyncio.sleep(0.05); 'heard' in document.body.textContent",
        False,
    ),
}
IMPORTS = """
import asyncio, builtins, logging, os, sys, time, types, warnings
import js, pyodide_app
from js import document
from pyodide.ffi import create_proxy
"""


@pytest.mark.parametrize("trace", [pytest.param(t, id=name) for name, t in (IN_PYTHON | IN_THE_PAGE).items()])
def test_a_trace_is_gone(
    _pyodide_session: Session, pyodide_version: str, trace: Trace, caplog: pytest.LogCaptureFixture
) -> None:
    with _pyodide_session.interpreter(pyodide_version, fresh=False, timeout=60) as one:
        one.run(f"{IMPORTS}\n{trace.left};")
    with _pyodide_session.interpreter(pyodide_version, fresh=False, timeout=60) as other:
        assert other is one, caplog.text
        assert other.run(f"{IMPORTS}\n{trace.look}") == trace.clean


@pytest.mark.parametrize(
    "spoil",
    [
        "import js; js.location.href = 'about:blank';",
        """
        import asyncio
        asyncio.get_running_loop().call_soon(lambda: 1 / 0)
        await asyncio.sleep(0.1)
        """,
        """
        import asyncio

        async def stay():
            while True:
                try:
                    await asyncio.sleep(0.1)
                except asyncio.CancelledError:
                    pass

        task = asyncio.create_task(stay())
        """,
    ],
    ids=["another address", "an error panel", "a task that cannot be cancelled"],
)
def test_what_cannot_be_put_back_is_replaced(
    _pyodide_session: Session, pyodide_version: str, spoil: str
) -> None:
    sharing = _pyodide_session.interpreter(pyodide_version, fresh=False, timeout=60)
    with sharing as one, contextlib.suppress(Error):  # the page goes while it answers
        one.run(spoil)
    with _pyodide_session.interpreter(pyodide_version, fresh=False, timeout=60) as other:
        assert other is not one
        assert other.run("1 + 1") == 2


def test_what_was_asked_of_playwright_is_not_handed_on(
    _pyodide_session: Session, pyodide_version: str
) -> None:
    with _pyodide_session.interpreter(pyodide_version, fresh=False, timeout=60) as one:
        one.page.set_viewport_size({"width": 100, "height": 100})
    with _pyodide_session.interpreter(pyodide_version, fresh=False, timeout=60) as other:
        assert other.page.viewport_size != {"width": 100, "height": 100}


def test_lines_and_errors_of_one_test_are_not_anothers(
    _pyodide_session: Session, pyodide_version: str
) -> None:
    with _pyodide_session.interpreter(pyodide_version, fresh=False, timeout=60) as one:
        one.run("print('left')")
        assert [line.text for line in one.console] == ["left"]
    with _pyodide_session.interpreter(pyodide_version, fresh=False, timeout=60) as other:
        assert other.console == []


@pytest.mark.pyodide_packages("numpy")
def test_a_compiled_package_stays_loaded(
    _pyodide_session: Session, open_app: OpenApp, write_app: Callable[[str], Path]
) -> None:
    app = open_app(write_app("# /// script\n# dependencies = ['numpy']\n# ///\n"))
    shared = Shared(_pyodide_session.loop, app)
    shared.begin(timeout=60)
    app.run("import numpy")
    assert shared.restore() == []
    assert app.run("import numpy; numpy.arange(3).tolist()") == [0, 1, 2]


LATE = """
import asyncio
from js import requestAnimationFrame, setTimeout
from pyodide.ffi import create_proxy

there = True

def look(*_):
    assert there

async def leave():
    try:
        await asyncio.sleep(100)
    finally:
        later = create_proxy(look)
        requestAnimationFrame(later)
        for delay in range(40):  # milliseconds: one of them hits the moment when the names go
            setTimeout(later, delay)

task = asyncio.ensure_future(leave())
await asyncio.sleep(0)
"""


def test_what_was_to_be_called_later_never_misses_the_tests_names(
    _pyodide_session: Session, pyodide_version: str, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(5):
        with _pyodide_session.interpreter(pyodide_version, fresh=False, timeout=60) as one:
            one.run(LATE)
        with _pyodide_session.interpreter(pyodide_version, fresh=False, timeout=60) as other:
            assert other is one, caplog.text
            other.page.evaluate("() => new Promise((done) => setTimeout(() => requestAnimationFrame(done)))")
            assert other.errors == []
            assert other.page.get_by_role("alert").count() == 0
