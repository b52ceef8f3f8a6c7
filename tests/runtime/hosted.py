"""A built site on a host that comes and goes."""

from pathlib import Path

from pyodide_app.toolkit.preview import Preview


class Hosted:
    """An app's source and its site, below a path of the host.

    Args:
        folder: where both go.
        version: of Pyodide.
    """

    def __init__(self, folder: Path, version: str) -> None:
        self.source = folder / "app"
        self.site = folder / "site"
        self.source.mkdir()
        self.version = version
        self._preview: Preview | None = None

    def up(self, port: int = 0, *, plain: bool = True) -> str:
        """The address at which it is served from now on."""
        self._preview = Preview(self.site, plain=plain, prefix="/below/here/", port=port)
        self._preview.__enter__()
        return self._preview.url

    def down(self) -> None:
        if self._preview:
            self._preview.__exit__(None, None, None)
        self._preview = None
