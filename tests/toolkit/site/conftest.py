"""An app to build, and building it without what only takes time."""

from collections.abc import Callable
from pathlib import Path

import pytest

from pyodide_app.toolkit.site import Built, Options, build
from pyodide_app.toolkit.store import Store

APP = """\
# /// script
# dependencies = ["humanize"]
# [tool.pyodide-app]
# title = "A site"
# [tool.pyodide-app.on-demand]
# marks = ["markupsafe"]
# ///
import humanize
from js import document
document.title = humanize.intword(2_000_000)
"""
PAGE = """\
<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>A site</title>
    <script>document.documentElement.dataset.inline = "ran";</script>
    <script type="module" src="/_pyodide_app/runtime/pyodide-app.js"></script>
  </head>
  <body><pyodide-app src="{src}"></pyodide-app></body>
</html>
"""

Make = Callable[..., Built]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A folder with an app, its page, and a page in a folder below."""
    folder = tmp_path / "app"
    folder.joinpath("more").mkdir(parents=True)
    folder.joinpath("main.py").write_text(APP)
    folder.joinpath("index.html").write_text(PAGE.format(src="main.py"))
    folder.joinpath("more/index.html").write_text(PAGE.format(src="../main.py"))
    folder.joinpath("data.bin").write_bytes(bytes(range(256)))
    return folder


@pytest.fixture
def make(source: Path, tmp_path: Path) -> Make:
    """Builds the app: `make(output=…, optimize=…)`."""

    def make(output: Path = tmp_path / "site", *, optimize: bool = False) -> Built:
        return build(source, output, Options(optimize=optimize, compress=False), Store(quiet=True))

    return make
