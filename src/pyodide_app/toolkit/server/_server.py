"""The dev server as an object: `with Server(path) as server: open(server.url)`."""

from pathlib import Path

from pyodide_app.toolkit.server._root import Root
from pyodide_app.toolkit.server._serving import Serving
from pyodide_app.toolkit.server._site import Site
from pyodide_app.toolkit.store import Store


class Server(Serving):
    """Serves an app folder, one .py file or the pattern book from a thread, as a context manager.

    Args:
        path: a folder with a main.py, a .py file, or a folder that holds `patterns/` (then the gallery).
        store: where runtimes and wheels are; the user's own by default.
        pyodide: the version for all apps, in place of what their metadata say.
        isolation: send COOP and COEP, so that pages are cross-origin isolated.
        reload: tell open pages when a file changes.
        host: the address to listen on; loopback unless others shall reach it.
        port: the port; the next free one if it is taken; 0 for any.

    Raises:
        ToolkitError: nothing to serve at `path`; on entering, no port to be had.
    """

    def __init__(
        self,
        path: Path,
        *,
        store: Store | None = None,
        pyodide: str | None = None,
        isolation: bool = True,
        reload: bool = False,
        host: str = "127.0.0.1",
        port: int = 0,
    ) -> None:
        super().__init__(host, port)
        self.root = Root.of(path)
        self.store = store or Store()
        self._pyodide = pyodide
        self._isolation = isolation
        self._reload = reload

    def _answers(self, *, is_loopback: bool) -> Site:
        return Site(
            self.root,
            self.store,
            self._pyodide,
            isolation=self._isolation,
            watch=self._reload,
            any_host=not is_loopback,
        )
