"""Commits of `sqlite3` where files are in IndexedDB: to be durable takes waiting, which no file system can.

Connections wait, where Python's stack can be put aside (JSPI): before SQLite may commit they tell the file
system that they will, and then they do. Where nobody waits, the file system refuses the commit, and SQLite
rolls back.
"""

# ruff: noqa: ANN401 - arguments and results are as sqlite3 has them

import sys
from collections.abc import Callable
from functools import cache, wraps
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import find_spec
from types import ModuleType
from typing import Any, TypeVar

from pyodide_app.bridge._javascript import Js

_NAME = "sqlite3"
_FACTORY_AT = 5  # of the arguments of sqlite3.connect
_T = TypeVar("_T")

_is_patched = False


def patch(commits: Js, flush: Callable[[], Any]) -> None:
    """Have each connection that is opened from now on wait; again is harmless.

    Args:
        commits: what runtime/storage-saver.js asks when SQLite commits.
        flush: a coroutine function that returns when all is durable.
    """
    global _is_patched
    if _is_patched:
        return
    _is_patched = True
    waiting = _Waiting(commits, flush)
    if _NAME in sys.modules:
        _patch(sys.modules[_NAME], waiting)
    else:
        sys.meta_path.insert(0, _Finder(waiting))


class _Waiting:
    """Calls what may commit, and waits until that is durable."""

    def __init__(self, commits: Js, flush: Callable[[], Any]) -> None:
        self._commits = commits
        self._flush = flush

    def __call__(self, failure: type[Exception], call: Callable[..., _T], *args: Any) -> _T:
        from pyodide_app.bridge.rpc._blocking import can_run_sync  # noqa: PLC0415 - rarely needed

        if not can_run_sync():
            return call(*args)
        self._commits.awaited = True
        try:
            return call(*args)
        finally:
            self._commits.awaited = False
            if self._commits.happened:
                self._wait(failure)

    def _wait(self, failure: type[Exception]) -> None:
        from pyodide.ffi import run_sync  # noqa: PLC0415 - only there in the browser

        self._commits.happened = False
        try:
            run_sync(self._flush())
        except OSError as error:
            raise failure(f"the transaction is not durable yet: {error}") from error


def _patch(sqlite3: ModuleType, waiting: _Waiting) -> None:
    connect = sqlite3.connect

    @wraps(connect)
    def connect_waiting(*args: Any, **options: Any) -> Any:
        if len(args) <= _FACTORY_AT:
            options["factory"] = _connection(options.get("factory", sqlite3.Connection), sqlite3, waiting)
        return connect(*args, **options)

    sqlite3.connect = connect_waiting  # type: ignore[attr-defined]
    sqlite3.dbapi2.connect = connect_waiting


@cache
def _connection(base: Any, sqlite3: ModuleType, waiting: _Waiting) -> type:
    failure = sqlite3.OperationalError

    class Connection(base):  # type: ignore[misc]
        def commit(self) -> None:
            waiting(failure, super().commit)

        def __exit__(self, *error: Any) -> Any:
            return waiting(failure, super().__exit__, *error)

        def backup(self, *args: Any, **options: Any) -> None:
            waiting(failure, lambda: super(Connection, self).backup(*args, **options))

        def cursor(self, factory: Any = sqlite3.Cursor) -> Any:
            return super().cursor(_cursor(factory, waiting, failure))

        # The base class makes a cursor of its own for these.
        def execute(self, *args: Any) -> Any:
            return self.cursor().execute(*args)

        def executemany(self, *args: Any) -> Any:
            return self.cursor().executemany(*args)

        def executescript(self, *args: Any) -> Any:
            return self.cursor().executescript(*args)

    Connection.__name__ = Connection.__qualname__ = base.__name__
    return Connection


@cache
def _cursor(base: Any, waiting: _Waiting, failure: type[Exception]) -> Any:
    if not isinstance(base, type):
        return base

    class Cursor(base):  # type: ignore[misc]
        def execute(self, *args: Any) -> Any:
            return waiting(failure, super().execute, *args)

        def executemany(self, *args: Any) -> Any:
            return waiting(failure, super().executemany, *args)

        def executescript(self, *args: Any) -> Any:
            return waiting(failure, super().executescript, *args)

    Cursor.__name__ = Cursor.__qualname__ = base.__name__
    return Cursor


class _Finder(MetaPathFinder):
    """Sees `sqlite3` imported for the first time."""

    def __init__(self, waiting: _Waiting) -> None:
        self._waiting = waiting
        self._is_looking = False

    def find_spec(self, fullname: str, path: Any, target: ModuleType | None = None) -> ModuleSpec | None:
        if fullname != _NAME or self._is_looking:
            return None
        self._is_looking = True
        try:
            spec = find_spec(fullname)
        finally:
            self._is_looking = False
        if spec is not None and spec.loader is not None:
            spec.loader = _PatchingLoader(spec.loader, self._waiting)
        return spec


class _PatchingLoader(Loader):
    def __init__(self, loader: Loader, waiting: _Waiting) -> None:
        self._loader = loader
        self._waiting = waiting

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        return self._loader.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        module.__loader__ = self._loader
        self._loader.exec_module(module)
        _patch(module, self._waiting)
