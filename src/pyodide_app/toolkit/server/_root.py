"""What a server was asked to serve, and which files that lets out."""

from dataclasses import dataclass
from pathlib import Path

from pyodide_app.toolkit.app import read_app
from pyodide_app.toolkit.errors import ToolkitError
from pyodide_app.toolkit.server._files import locate


@dataclass(frozen=True, slots=True)
class Root:
    """An app folder, one .py file, or the pattern book.

    Args:
        folder: the folder that URLs start from, absolute.
        only: for a single file: that file. Nothing but it and the files that it names is served.
        is_book: for the pattern book: nothing but its patterns is served.
    """

    folder: Path
    only: Path | None = None
    is_book: bool = False

    @classmethod
    def of(cls, path: Path) -> "Root":
        """Says what `path` is.

        Raises:
            ToolkitError: it is none of the three.
        """
        path = path.resolve()
        if path.is_file() and path.suffix == ".py":
            return cls(path.parent, only=None if path.name == "main.py" else path)
        if (path / "patterns").is_dir() and not (path / "main.py").is_file():
            return cls(path, is_book=True)
        if not (path / "main.py").is_file():
            read_app(path)  # which says why there is no app
        return cls(path)

    def locate(self, url_path: str) -> Path | None:
        """The file or folder that a decoded URL path names, or None if that is nothing we serve."""
        if self.is_book and not url_path.startswith("/patterns/"):
            return None
        found = locate(self.folder, url_path)
        if found and self.only and found != self.folder and found not in self._files():
            return None
        return found

    def _files(self) -> set[Path]:
        assert self.only
        try:
            return {self.only, *(self.folder / name for name in read_app(self.only).list_files())}
        except ToolkitError:  # which the page will show
            return {self.only}

    def page_of(self, folder: Path) -> tuple[Path | None, Path | None]:
        """The app that belongs on a folder's page, and the page if somebody wrote one."""
        if self.only:
            return self.only, None
        entry, page = (locate(self.folder, self._path(folder / name)) for name in ("main.py", "index.html"))
        return entry if entry and entry.is_file() else None, page if page and page.is_file() else None

    def _path(self, path: Path) -> str:
        return "/" + path.relative_to(self.folder).as_posix()

    def url(self, path: Path) -> str | None:
        """The URL path of a file, not quoted, if it is one that we serve."""
        top = self.folder / "patterns" if self.is_book else self.folder
        if not path.is_relative_to(top) or (self.only and path not in self._files()):
            return None
        return self._path(path)

    def watched(self) -> set[Path]:
        """The folders to watch: a single file may lie anywhere, so only the folders of what it names."""
        if self.only:
            return {self.folder, *(path.parent for path in self._files())}
        return {self.folder / "patterns" if self.is_book else self.folder}
