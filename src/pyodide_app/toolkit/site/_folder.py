"""The files of a built site, in memory until all of them are there, and the folder they become."""

import json
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from pyodide_app.toolkit.app._files import BUILT
from pyodide_app.toolkit.errors import ToolkitError, shown
from pyodide_app.toolkit.site._compress import variants
from pyodide_app.toolkit.store import Store

OURS = "_pyodide_app"


class SiteFiles:
    """Files by their path in the site: bytes that were made, or files of the store and the app."""

    def __init__(self) -> None:
        self._files: dict[str, bytes | Path] = {}

    def add(self, path: str, content: bytes | Path) -> None:
        """Put a file at a path.

        Raises:
            ToolkitError: there is another one.
        """
        if self._files.setdefault(path, content) is not content and self.read(path) != _bytes(content):
            raise ToolkitError(f"Two files of the site are to be {path}.", hint="Rename the app's own one.")

    def read(self, path: str) -> bytes:
        return _bytes(self._files[path])

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._files))

    def __contains__(self, path: str) -> bool:
        return path in self._files

    def write(self, folder: Path, store: Store, *, compress: bool) -> None:
        """Write all files with their compressed variants; the folder's old content stays until all is there.

        Raises:
            ToolkitError: it holds something else than a build, or can't be written.
        """
        check_output(folder)
        try:
            folder.parent.mkdir(parents=True, exist_ok=True)
            fresh = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
            try:
                self._fill(fresh, store if compress else None)
                fresh.chmod(0o755)
                if folder.exists():
                    shutil.rmtree(folder)
                fresh.replace(folder)
            finally:
                shutil.rmtree(fresh, ignore_errors=True)
        except OSError as error:
            raise ToolkitError(f"{shown(folder)} can't be written: {error.strerror or error}.") from error

    def _fill(self, folder: Path, store: Store | None) -> None:
        for name in self:
            data = self.read(name)
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
            for suffix, packed in variants(name, data, store) if store else ():
                path.with_name(path.name + suffix).write_bytes(packed)


def check_output(folder: Path) -> None:
    """See that a build may go there.

    Raises:
        ToolkitError: there is something else.
    """
    if folder.is_file():
        raise ToolkitError(f"{shown(folder)} is a file.", hint="Name a folder: --output FOLDER")
    if folder.is_dir() and any(folder.iterdir()) and not _is_build(folder):
        raise ToolkitError(
            f"{shown(folder)} holds files that no build made, and a build replaces the whole folder.",
            hint="Name another folder, --output FOLDER, or empty this one.",
        )


def _is_build(folder: Path) -> bool:
    try:
        return "pyodide" in json.loads((folder / BUILT).read_bytes())
    except (OSError, ValueError):
        return False


def _bytes(content: bytes | Path) -> bytes:
    return content if isinstance(content, bytes) else content.read_bytes()
