"""What a test leaves behind in a shared interpreter, put back. Runs in the page, on its own.

Put back: the namespace, modules and their attributes, import paths, the environment, the working
folder, files outside /lib, warning filters, the root logger's handlers, tasks (cancelled).
Kept: modules of the standard library that the test imported, packages that have compiled modules
(these load once in a process's life), installed packages.
"""

import asyncio
import gc
import importlib
import logging
import os
import sys
import warnings
from collections.abc import MutableMapping
from pathlib import Path
from types import ModuleType
from typing import Any

PATIENCE = 2  # seconds for cancelled tasks to end
_HOST = {"js", "pyodide", "pyodide_js", "_pyodide", "_pyodide_core", "__main__"}
_SYSTEM = {"lib", "lib64", "proc", "dev", "sys"}


class Snapshot:
    """The interpreter's state when this was made."""

    def __init__(self, namespace: dict[str, Any]) -> None:
        self._namespace = namespace
        self._mappings: list[tuple[MutableMapping[Any, Any], dict[Any, Any]]] = [
            (mapping, dict(mapping)) for mapping in (namespace, os.environ)
        ]
        lists: list[Any] = [sys.path, sys.meta_path, sys.path_hooks, sys.argv]
        lists += [warnings.filters, logging.root.handlers]
        self._lists: list[tuple[list[Any], list[Any]]] = [(value, list(value)) for value in lists]
        self._modules = dict(sys.modules)
        self._attributes = {
            name: dict(vars(module))
            for name, module in self._modules.items()
            if type(module) is ModuleType and _top(name) not in _HOST
        }
        self._level = logging.root.level
        self._folder = Path.cwd()
        self._files = _files()
        self._tasks = asyncio.all_tasks()

    async def end_tasks(self) -> list[str]:
        """Cancel the test's tasks and return those that go on; its names are still there for their ends."""
        left = asyncio.all_tasks() - self._tasks - {asyncio.current_task()}
        for task in left:
            task.cancel()
        if left:
            _, left = await asyncio.wait(left, timeout=PATIENCE)
            await asyncio.sleep(0)  # who waited for them hears of it
        return [f"a task goes on after it was cancelled: {task!r}" for task in left]

    def restore(self) -> list[str]:
        """Put everything else back and return what could not be."""
        for mapping, saved in self._mappings:
            mapping.clear()
            mapping.update(saved)
        for value, items in self._lists:
            value[:] = items
        logging.root.setLevel(self._level)
        os.chdir(self._folder)
        self._restore_modules()
        problems = self._restore_files()
        importlib.invalidate_caches()
        gc.collect()  # what the test left unfinished complains now, not in the next test
        return problems

    def _restore_modules(self) -> None:
        compiled = {_top(name) for name, module in sys.modules.items() if _is_compiled(module)}
        kept = compiled | _HOST | sys.stdlib_module_names
        for name in sys.modules.keys() - self._modules.keys():
            if _top(name) not in kept:
                del sys.modules[name]
        sys.modules.update(self._modules)
        for name, saved in self._attributes.items():
            current = vars(self._modules[name])
            for key in current.keys() - saved.keys():
                value = current[key]
                # A module that stays, stays known to its package.
                if not (isinstance(value, ModuleType) and sys.modules.get(value.__name__) is value):
                    del current[key]
            for key, value in saved.items():
                if key not in current or current[key] is not value:
                    current[key] = value

    def _restore_files(self) -> list[str]:
        problems = []
        for path, content in reversed(_files().items()):  # what is in a folder comes before the folder
            if path not in self._files or (content is None) != (self._files[path] is None):
                try:
                    path.rmdir() if content is None else path.unlink()
                except OSError as error:  # a mounted file system
                    problems.append(f"{path} can't be removed: {error}")
        for path, content in self._files.items():
            if content is None:
                path.mkdir(exist_ok=True)
            elif not path.exists() or _content(path) != content:
                path.write_bytes(content)
        return problems


def _files() -> dict[Path, bytes | None]:
    # By path, with what it holds, a link's being where it leads; None for a folder, which comes before
    # what is in it.
    found: dict[Path, bytes | None] = {}
    for start in Path("/").iterdir():
        if start.name in _SYSTEM:
            continue
        found[start] = _content(start)
        for folder, folders, files in os.walk(start):
            paths = (Path(folder, name) for name in (*folders, *files))
            found |= {path: _content(path) for path in paths}
    return found


def _content(path: Path) -> bytes | None:
    if path.is_symlink():
        return str(path.readlink()).encode()
    return None if path.is_dir() else path.read_bytes()


def _is_compiled(module: ModuleType) -> bool:
    return str(getattr(module, "__file__", "")).endswith(".so")


def _top(name: str) -> str:
    return name.partition(".")[0]
