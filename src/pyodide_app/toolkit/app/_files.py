"""Which files of its folder belong to an app."""

import os
from collections.abc import Iterator
from pathlib import Path

from pyodide_app.toolkit.errors import ToolkitError, shown

BUILT = "_pyodide_app/build.json"  # in a folder that `pyodide-app build` has made
# More than this is no app but somebody's whole disk: main.py lies in a folder with other things.
MOST_FILES = 2000


def list_app_files(
    root: Path, entry: Path, globs: tuple[str, ...] | None, packages: tuple[Path, ...]
) -> list[str]:
    """The files as posix paths from the root, the entry first, the others sorted.

    No hidden files, bytecode, locks, virtual environments, nor links that lead out of the root.

    Args:
        globs: which files; None: the whole folder.
        packages: local packages, which the page gets as wheels: the whole folder is without them.
    Raises:
        ToolkitError: a glob matches nothing, or there are too many files.
    """
    found: set[str] = set()
    sources = (
        [walk(root, root, packages)] if globs is None else [_matches(root, entry, glob) for glob in globs]
    )
    for source in sources:
        for path in source:
            found.add(path.relative_to(root).as_posix())
            if len(found) > MOST_FILES:
                raise ToolkitError(
                    f"{shown(root)} holds more than {MOST_FILES} files, and all would be part of the app.",
                    hint="List them in `files` under [tool.pyodide-app], or move the app to its own folder.",
                )
    return [entry.name, *sorted(found - {entry.name})]


def _matches(root: Path, entry: Path, glob: str) -> Iterator[Path]:
    some = False
    for match in root.glob(glob):
        within = match.relative_to(root).parts
        if any(part.startswith(".") or part == "__pycache__" for part in within):
            continue
        for path in walk(root, match, ()) if match.is_dir() else [match] if _belongs(root, match) else []:
            some = True
            yield path
    if not some:
        raise ToolkitError(
            f"{shown(entry)}: {glob!r} in `files` matches no file in {shown(root)}.",
            hint="Correct the glob or remove it.",
        )


def walk(root: Path, top: Path, without: tuple[Path, ...]) -> Iterator[Path]:
    """The files below `top` that may belong to an app, but for those below `without`."""
    for folder, folders, files in os.walk(top):
        here = Path(folder)
        folders[:] = [name for name in folders if _is_ours(here / name) and here / name not in without]
        for name in files:
            if not name.startswith(".") and _belongs(root, here / name):
                yield here / name


def _is_ours(folder: Path) -> bool:
    return (
        not folder.name.startswith(".")
        and folder.name not in ("__pycache__", "node_modules")
        and not (folder / "pyvenv.cfg").exists()
        and not (folder / BUILT).exists()
    )


def _belongs(root: Path, path: Path) -> bool:
    return (
        not path.name.endswith((".lock.json", ".pyc"))
        and path.is_file()
        and path.resolve().is_relative_to(root.resolve())
    )
