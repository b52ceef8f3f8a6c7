"""A new app: a minimal one, or a pattern copied so that it runs on its own."""

import re
import shutil
from pathlib import Path
from urllib.parse import unquote, urlsplit

from pyodide_app.toolkit._templates import render
from pyodide_app.toolkit.app._pep723 import read_metadata
from pyodide_app.toolkit.errors import ToolkitError
from pyodide_app.toolkit.patterns import Pattern

_NAME = re.compile(r"\w[\w.-]*")
_STARTER = ("main.py", "README.md")
_LEFT_BEHIND = shutil.ignore_patterns(
    ".*", "__pycache__", "*.pyc", "*.lock.json", "dist", "build", "*.egg-info"
)
# `code` is matched first, so that nothing in it is taken for a link.
_LINK = re.compile(r"(?P<code>`+[^`].*?`+)|!?\[(?P<text>[^\]]*)\]\((?P<target>[^)\s]+)(?P<title>[^)]*)\)")


def make(target: Path, pattern: Pattern | None) -> None:
    """Makes the folder of a new app.

    Args:
        target: where; it may exist if it is empty.
        pattern: what to copy; None for a minimal app.
    Raises:
        ToolkitError: a bad name, something is there already, or the disk refuses. Nothing is left half made.
    """
    target = target.absolute()
    _check(target)
    there = target.exists()
    try:
        target.mkdir(parents=True, exist_ok=True)
        if pattern:
            _copy(pattern, target)
        else:
            _write_starter(target)
    except BaseException as error:
        for made in target.iterdir() if target.is_dir() else ():
            shutil.rmtree(made) if made.is_dir() else made.unlink()
        if target.is_dir() and not there:
            target.rmdir()
        if isinstance(error, OSError):
            raise ToolkitError(f"{target} could not be made: {error}.") from error
        raise


def _check(target: Path) -> None:
    if not _NAME.fullmatch(target.name) or target.name.endswith("."):
        hint = "Names consist of letters, digits, dots, hyphens and underscores, such as my-app."
        raise ToolkitError(f"{target.name!r} is no good name for an app.", hint=hint)
    if target.is_dir() and any(target.iterdir()):
        raise ToolkitError(
            f"{target} exists and is not empty.", hint="Nothing was changed. Choose another name."
        )
    if target.exists() and not target.is_dir():
        raise ToolkitError(f"{target} is a file.", hint="Nothing was changed. Choose another name.")


def _write_starter(target: Path) -> None:
    title = re.sub(r"[-_]+", " ", target.name).strip().capitalize() or target.name
    for name in _STARTER:
        target.joinpath(name).write_text(render(f"starter/{name}.jinja", title=title), encoding="utf-8")


def _copy(pattern: Pattern, target: Path) -> None:
    """Copies the pattern and the local packages that it uses, and turns what points out of it around."""
    shutil.copytree(pattern.folder, target, dirs_exist_ok=True, ignore=_LEFT_BEHIND)
    packages: dict[Path, str] = {}  # where it was -> its folder in the new app
    for script in sorted(target.rglob("*.py")):
        try:
            metadata = read_metadata(script)
        except ToolkitError:  # broken on purpose: loading/errors has such files
            continue
        wanted = metadata.content.get("tool", {}).get("pyodide-app", {}).get("local-packages", [])
        original = pattern.folder / script.parent.relative_to(target)
        moved: dict[str, str] = {}
        for text in wanted:
            source = (original / text).resolve()
            if not source.is_relative_to(pattern.folder.resolve()):
                inside = packages.setdefault(source, source.name)
                up = "../" * len(script.parent.relative_to(target).parts)
                moved[text] = f"{up}{inside}"
        if moved:
            _rewrite(script, metadata.start, metadata.start + len(metadata.lines), moved)
    for source, name in packages.items():
        shutil.copytree(source, target / name, ignore=_LEFT_BEHIND)
    for readme in sorted(target.glob("*.md")):
        text = readme.read_text("utf-8", "surrogateescape")
        readme.write_text(_links_inside(text, pattern.folder, packages), "utf-8", "surrogateescape")


def _rewrite(script: Path, first: int, last: int, moved: dict[str, str]) -> None:
    """Replaces paths in the metadata, which are the lines after `first` up to `last`, counted from 1."""
    lines = script.read_text(encoding="utf-8").splitlines(keepends=True)
    for number in range(first, last):
        for old, new in moved.items():
            lines[number] = re.sub(rf"""(["']){re.escape(old)}\1""", rf"\g<1>{new}\g<1>", lines[number])
    script.write_text("".join(lines), encoding="utf-8")


def _links_inside(text: str, folder: Path, packages: dict[Path, str]) -> str:
    """Turns links that lead out of the pattern into words, or to where a package went that came along."""

    def mend(match: re.Match[str]) -> str:
        if match["code"]:
            return match[0]
        parts = urlsplit(match["target"])
        if parts.scheme or parts.netloc or not parts.path:
            return match[0]
        if parts.path.startswith("/"):  # a page of the gallery, which the new app does not have
            return match["text"]
        there = (folder / unquote(parts.path)).resolve()
        if there.is_relative_to(folder.resolve()):
            return match[0]
        for source, name in packages.items():
            if there.is_relative_to(source):
                path = (Path(name) / there.relative_to(source)).as_posix()
                return match[0].replace(f"]({match['target']}", f"]({path}")
        return match["text"]

    blocks = re.split(r"(^```.*?^```$)", text, flags=re.MULTILINE | re.DOTALL)
    return "".join(block if block.startswith("```") else _LINK.sub(mend, block) for block in blocks)
