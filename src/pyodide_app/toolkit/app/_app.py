"""An app: a folder with a main.py, or one .py file, and what it says about itself.

# /// script
# requires-python = ">=3.12"
# dependencies = ["numpy"]
#
# [tool.pyodide-app]
# title = "Hello"
# pyodide = "314.0.3"                      # the runtime
# files = ["*.py", "data/*.csv"]           # its files; without it, the whole folder
# local-packages = ["../my_package"]       # folders with a pyproject.toml
#
# [tool.pyodide-app.on-demand]
# plot = ["matplotlib"]                    # locked, and loaded when the app asks for it
# ///
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import Any

from packaging.requirements import InvalidRequirement, Requirement
from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.utils import canonicalize_name

from pyodide_app.toolkit import runtimes
from pyodide_app.toolkit.app._files import list_app_files
from pyodide_app.toolkit.app._pep723 import Metadata, nearest, read_metadata
from pyodide_app.toolkit.errors import ToolkitError, shown

MAIN = "main.py"
BRIDGE = "pyodide-app"  # always there, so asking for it asks for nothing
TABLE = "tool.pyodide-app"
KEYS = ("pyodide", "title", "files", "local-packages", "on-demand")


@dataclass(frozen=True, slots=True)
class App:
    """An app as its metadata describes it.

    Args:
        entry: absolute path of main.py or the single file.
        root: absolute folder that the app's files come from.
        pyodide: the runtime's version, one that is known.
        dependencies: PEP 508 requirements.
        on_demand: requirements that are locked but not loaded at the start, by group.
        local_packages: absolute folders with a pyproject.toml.
        files: globs from the root; None: the whole folder of a main.py, another file alone.
        overridden: `pyodide` is not what the metadata say.
    """

    entry: Path
    root: Path
    title: str
    pyodide: str
    dependencies: tuple[str, ...]
    on_demand: Mapping[str, tuple[str, ...]]
    local_packages: tuple[Path, ...]
    files: tuple[str, ...] | None
    overridden: bool = False

    def list_files(self) -> list[str]:
        """The app's files as posix paths from the root, the entry first.

        Raises:
            ToolkitError: a glob matches nothing, or there are far too many files.
        """
        globs = self.files if self.files is not None or self.entry.name == MAIN else ()
        return list_app_files(self.root, self.entry, globs, self.local_packages)


def read_app(path: Path, *, pyodide: str | None = None) -> App:
    """The app at a path.

    Args:
        path: a folder with a main.py, or a .py file.
        pyodide: a runtime's version in place of the one that the metadata name.
    Raises:
        ToolkitError: there is no app, or its metadata are broken.
    """
    entry = _entry(_absolute(path))
    metadata = read_metadata(entry)
    _check_top_level(metadata)
    table = _table(metadata)
    said = _text(metadata, table, "pyodide")
    try:
        runtime = runtimes.get(said)
    except ToolkitError as error:
        raise metadata.error(metadata.line_of_key("pyodide", TABLE), error.what, error.hint) from error
    if pyodide:
        runtime = runtimes.get(pyodide)
    _check_python(metadata, runtime)
    return App(
        entry=entry,
        root=entry.parent,
        title=_text(metadata, table, "title") or _default_title(entry),
        pyodide=runtime.version,
        dependencies=_requirements(metadata, metadata.content, "dependencies", ""),
        on_demand=_on_demand(metadata, table),
        local_packages=_local_packages(metadata, table, entry.parent),
        files=_globs(metadata, table),
        overridden=runtime.version != (said or runtimes.DEFAULT),
    )


def _absolute(path: Path) -> Path:
    return Path(os.path.abspath(path))  # noqa: PTH100 - without "..", and links stay as the user named them


def _entry(path: Path) -> Path:
    if path.is_dir():
        if (path / MAIN).is_file():
            return path / MAIN
        scripts = sorted(file.name for file in path.glob("*.py"))
        if scripts:
            hint = f"Name one of its files ({', '.join(scripts[:8])}), or rename it to {MAIN}."
        else:
            hint = f"An app is a folder with a {MAIN}, or one .py file: `pyodide-app new NAME` makes one."
        state = f"has no {MAIN}" if any(path.iterdir()) else "is empty"
        raise ToolkitError(f"The folder {shown(path)} {state}.", hint=hint)
    if not path.exists():
        raise ToolkitError(
            f"There is no {shown(path)}.",
            hint=f"Name a folder that has a {MAIN}, or a .py file: `pyodide-app new NAME` makes one.",
        )
    if path.suffix != ".py":
        raise ToolkitError(
            f"{shown(path)} is not a Python file.", hint=f"Name a folder that has a {MAIN}, or a .py file."
        )
    return path


def _default_title(entry: Path) -> str:
    name = entry.parent.name if entry.name == MAIN else entry.stem
    return name.replace("-", " ").replace("_", " ").strip().capitalize() or "App"


def _check_top_level(metadata: Metadata) -> None:
    known = ("dependencies", "requires-python", "tool")
    for key in metadata.content:
        # Later versions of the standard may know more, so only what looks like a slip is refused.
        if key not in known and (meant := nearest(key, (*known, *KEYS))):
            place = f"`{meant}`" if meant in known else f"`{meant}` under [{TABLE}]"
            raise metadata.error(metadata.line_of_key(key), f"unknown key `{key}`.", f"Did you mean {place}?")


def _table(metadata: Metadata) -> Mapping[str, Any]:
    tool = metadata.content.get("tool", {})
    table = tool.get("pyodide-app", {}) if isinstance(tool, dict) else tool
    if not isinstance(table, dict):
        raise metadata.error(metadata.line_of_text("tool"), f"[{TABLE}] must be a table.")
    for key in table:
        if key not in KEYS:
            meant = nearest(key, KEYS)
            raise metadata.error(
                metadata.line_of_key(key, TABLE),
                f"unknown key `{key}` in [{TABLE}].",
                f"Did you mean `{meant}`?" if meant else f"It knows {', '.join(KEYS)}.",
            )
    return table


def _text(metadata: Metadata, table: Mapping[str, Any], key: str) -> str | None:
    value = table.get(key)
    if value is not None and not isinstance(value, str):
        line = metadata.line_of_key(key, TABLE)
        raise metadata.error(line, f"`{key}` must be a text in quotes, not {value!r}.")
    return value


def _texts(metadata: Metadata, values: Mapping[str, Any], key: str, table: str) -> tuple[str, ...]:
    value = values.get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise metadata.error(
            metadata.line_of_key(key, table), f'`{key}` must be a list of texts, such as ["one", "two"].'
        )
    return tuple(value)


def _check_python(metadata: Metadata, runtime: runtimes.Runtime) -> None:
    said = metadata.content.get("requires-python")
    if said is None:
        return
    line = metadata.line_of_key("requires-python")
    try:
        wanted = SpecifierSet(said if isinstance(said, str) else "?")
    except InvalidSpecifier as error:
        expected = 'a range of versions such as ">=3.12"'
        raise metadata.error(line, f"`requires-python` must be {expected}, not {said!r}.") from error
    if not wanted.contains(runtime.python, prereleases=True):
        fitting = [
            version
            for version in runtimes.versions()
            if wanted.contains(runtimes.get(version).python, prereleases=True)
        ]
        raise metadata.error(
            line,
            f"the app asks for Python {said}, and Pyodide {runtime.version} is Python {runtime.python}.",
            f"Pyodide {', '.join(fitting)} would do." if fitting else "No known Pyodide has such a Python.",
        )


def _requirements(metadata: Metadata, values: Mapping[str, Any], key: str, table: str) -> tuple[str, ...]:
    kept = []
    for text in _texts(metadata, values, key, table):
        line = metadata.line_of_text(text)
        try:
            requirement = Requirement(text)
        except InvalidRequirement as error:
            reason = str(error).splitlines()[0].rstrip(".")
            raise metadata.error(
                line,
                f"{text!r} in `{key}` is not a requirement: {reason}.",
                'A requirement is a name and maybe versions, such as "numpy" or "jinja2>=3.1".',
            ) from error
        if requirement.url:
            raise metadata.error(
                line,
                f"{text!r} in `{key}` names a URL; packages come from the index or a local folder.",
                "Name the package alone, or its folder in `local-packages`.",
            )
        if canonicalize_name(requirement.name) != BRIDGE:
            kept.append(text)
    return tuple(kept)


def _on_demand(metadata: Metadata, table: Mapping[str, Any]) -> Mapping[str, tuple[str, ...]]:
    groups = table.get("on-demand", {})
    if not isinstance(groups, dict):
        raise metadata.error(
            metadata.line_of_key("on-demand", TABLE),
            "`on-demand` must be a table of groups.",
            f'Such as:\n# [{TABLE}.on-demand]\n# plot = ["matplotlib"]',
        )
    inside = f"{TABLE}.on-demand"
    return MappingProxyType({group: _requirements(metadata, groups, group, inside) for group in groups})


def _local_packages(metadata: Metadata, table: Mapping[str, Any], root: Path) -> tuple[Path, ...]:
    folders = []
    for text in _texts(metadata, table, "local-packages", TABLE):
        folder = _absolute(root / text)
        if not (folder / "pyproject.toml").is_file():
            state = "has no pyproject.toml" if folder.is_dir() else "is not a folder"
            raise metadata.error(
                metadata.line_of_text(text),
                f"the local package {text!r} {state} ({folder}).",
                "Name the package's folder, from the folder that the app is in.",
            )
        folders.append(folder)
    return tuple(folders)


def _globs(metadata: Metadata, table: Mapping[str, Any]) -> tuple[str, ...] | None:
    if "files" not in table:
        return None
    globs = _texts(metadata, table, "files", TABLE)
    for glob in globs:
        path = PurePosixPath(glob.replace("\\", "/"))
        if not path.parts or path.is_absolute() or ".." in path.parts or ":" in glob:
            raise metadata.error(
                metadata.line_of_text(glob),
                f"{glob!r} in `files` does not stay inside the app's folder.",
                "An app's files lie in its folder; code from elsewhere can be a local package.",
            )
    return globs
