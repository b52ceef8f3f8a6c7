"""Puts a site together.

index.html, …                          the app's folder, as the dev server serves it
<app>.py.app.json                      the manifest; with the pages, all that is not named by its content
service-worker.js                      see runtime/offline-service-worker.js
_headers, vercel.json, .nojekyll       for hosts
_pyodide_app/runtime-<hash>/…          our JavaScript; static-<hash>/: the style of default pages
_pyodide_app/pyodide/<version>/…       the runtime
_pyodide_app/files/<sha256>/…          the standard library, packages and the app's files
"""

import hashlib
import json
import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from pyodide_app.toolkit import bytecode
from pyodide_app.toolkit._templates import render
from pyodide_app.toolkit.app import App, read_app
from pyodide_app.toolkit.app._files import BUILT, walk
from pyodide_app.toolkit.errors import ToolkitError, shown
from pyodide_app.toolkit.page import Page, bridge_archive, manifest, prepare, pyodide_lock
from pyodide_app.toolkit.runtimes import LOCK_FILE, STDLIB
from pyodide_app.toolkit.server._apps import RUNTIME_FILES
from pyodide_app.toolkit.server._assets import STATIC_FILES
from pyodide_app.toolkit.server._root import Root
from pyodide_app.toolkit.site import _html as html
from pyodide_app.toolkit.site._cdn import measured_there, on_cdn
from pyodide_app.toolkit.site._folder import OURS, SiteFiles, check_output
from pyodide_app.toolkit.site._hosts import host_files
from pyodide_app.toolkit.site._report import Part, measured
from pyodide_app.toolkit.store import Store

SERVICE_WORKER = "service-worker.js"
# An app may bring this one to be isolated (runtime/isolation.js), and a page has one service worker only.
_ISOLATING = "isolation-service-worker.js"
_SHARED_STATIC = ("icon.svg", "shell.css")
_PAGE = (".html", ".htm")
_TEXT = (*_PAGE, ".js", ".mjs", ".css")
_IMPORT = re.compile(r"^(?:import|export)\b[^;]*? from \"\./([\w-]+\.js)\";", re.MULTILINE)
_EVALUATE = {"matplotlib"}  # what runs JavaScript from Python: plt.show() does


@dataclass(frozen=True, slots=True)
class Options:
    """How to build.

    Args:
        optimize: drop assertions and docstrings of the standard library and the packages, like `python -OO`.
        isolation: have the host, or else the service worker, isolate the pages.
        compress: write .br and .gz beside the files.
        cdn: the address of the Pyodide CDN, to take from it what it has; None to bring everything along.
    """

    optimize: bool = False
    isolation: bool = True
    compress: bool = True
    cdn: str | None = None


@dataclass(frozen=True, slots=True)
class Built:
    """A site that was written.

    Args:
        parts: what a first visit loads, by kind.
        files: how many files there are, without compressed variants.
    """

    folder: Path
    title: str
    pyodide: str
    parts: dict[str, Part]
    files: int


def build(source: Path, folder: Path, options: Options, store: Store) -> Built:
    """Turn an app into a static site; the same input gives the same bytes.

    Args:
        source: a folder with a main.py, or a .py file.
        folder: where the site goes; an earlier build there is replaced once this one is complete.

    Raises:
        ToolkitError: the app can't be prepared, or the folder not be written.
    """
    check_output(folder)
    root = Root.of(source)
    if root.is_book:
        raise ToolkitError(f"{source} is no app.", hint="Build one of its patterns: patterns/CATEGORY/NAME")
    return _Build(root, options, store).run(folder)


class _Build:
    def __init__(self, root: Root, options: Options, store: Store) -> None:
        self._root = root
        self._options = options
        self._store = store
        self._site = SiteFiles()
        self._folders: dict[str, str] = {}  # "runtime" and "static", as they are named in the site
        self._kinds: dict[str, str] = {}  # of what a first visit loads, by path
        self._later: set[str] = set()  # packages that are loaded on demand
        self._on_cdn: dict[str, Path] = {}  # our copies of what is taken from there, by address

    def run(self, folder: Path) -> Built:
        self._add_ours()
        texts = self._texts()
        pages = [self._add_app(name, app) for name, app in self._apps(texts).items()]
        self._add_folder(texts, evaluates=any(map(_evaluates, pages)))
        for name, data in host_files(isolation=self._options.isolation).items():
            if name not in self._site:  # the author's own one
                self._site.add(name, data)
        version = self._add_service_worker()
        mark = {"pyodide": pages[0].runtime.version, "version": version}
        self._site.add(BUILT, json.dumps(mark).encode())
        self._site.write(folder, self._store, compress=self._options.compress)
        names = list(self._site)
        return Built(folder, pages[0].app.title, pages[0].runtime.version, self._parts(folder), len(names))

    def _add_ours(self) -> None:
        for kind, source, names in (
            ("runtime", RUNTIME_FILES, sorted(path.name for path in RUNTIME_FILES.glob("*.js"))),
            ("static", STATIC_FILES, list(_SHARED_STATIC)),
        ):
            files = {name: source.joinpath(name).read_bytes() for name in names}
            digest = _sha256(b"".join(name.encode() + data for name, data in files.items()))
            self._folders[kind] = f"{kind}-{digest[:16]}"
            for name, data in files.items():
                self._add(f"{OURS}/{self._folders[kind]}/{name}", data, "page")

    def _add(self, path: str, content: bytes | Path, kind: str) -> None:
        self._site.add(path, content)
        self._kinds[path] = kind

    def _texts(self) -> dict[str, str]:
        """What may name our files, by path; a default page, if there is none."""
        texts = {name: _text(self._root.folder / name) for name in self._files() if name.endswith(_TEXT)}
        if "index.html" not in texts:
            app = read_app(self._root.only or self._root.folder / "main.py")
            texts["index.html"] = render("shell.html", title=app.title, src=quote(app.entry.name))
        return texts

    def _apps(self, texts: Mapping[str, str]) -> dict[str, App]:
        """The apps that pages show, by the path of their source."""
        sources = [
            self._source(name, src)
            for name, text in texts.items()
            if name.endswith(_PAGE)
            for src in html.apps_of(text)
        ]
        if not sources:
            raise ToolkitError(
                "No page shows an app.", hint='Write <pyodide-app src="main.py"></pyodide-app>.'
            )
        return {source: read_app(self._root.folder / source) for source in sources}

    def _add_folder(self, texts: Mapping[str, str], *, evaluates: bool) -> None:
        for name, text in texts.items():
            sent = html.relink(text, name.count("/"), self._folders)
            if name.endswith(_PAGE):
                if html.apps_of(text):
                    sent = self._with_preloads(sent, "./" + "../" * name.count("/"))
                sent = html.with_policy(sent, evaluates=evaluates)
            if name != _ISOLATING:  # our service worker takes its place
                self._add(name, sent.encode(), "page")
        for name in self._files():
            if name not in texts:
                self._site.add(name, self._root.folder / name)

    def _with_preloads(self, page: str, up: str) -> str:
        modules = [f"{up}{OURS}/{self._folders['runtime']}/{name}" for name in _modules("pyodide-app.js")]
        runtime = [path for path, kind in self._kinds.items() if kind == "runtime"]
        programs = [up + quote(path) for path in runtime if path.endswith(".mjs")]
        return html.with_preloads(page, [*modules, *programs])

    def _files(self) -> Iterator[str]:
        if self._root.only:
            yield from read_app(self._root.only).list_files()
        else:
            for path in walk(self._root.folder, self._root.folder, ()):
                yield path.relative_to(self._root.folder).as_posix()

    def _source(self, page: str, src: str) -> str:
        path = posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(urlsplit(src).path)))
        if path.startswith(("../", "/")) or not self._root.folder.joinpath(path).is_file():
            raise ToolkitError(
                f"{page}: there is no Python file {src} in the app's folder.",
                hint="Check the src attribute of <pyodide-app>.",
            )
        return path

    def _add_app(self, name: str, app: App) -> Page:
        page = prepare(app, self._store)
        if self._options.cdn:
            page = replace(page, elsewhere=on_cdn(page, self._options.cdn))
        page = self._compiled(page)
        up = "../" * name.count("/")
        description = manifest(page)
        description["pyodide"]["base"] = up + description["pyodide"]["base"].removeprefix("/")
        for file in description["pyodide"]["files"]:
            place = page.stdlib if file["name"] == STDLIB else page.core[file["name"]]
            self._publish(file, place, up, "runtime")
        for entry, (_, place) in zip(description["packages"], page.packages, strict=True):
            self._publish(entry, place, up, "packages" if entry["start"] else "")
        description["lock"] = self._content(LOCK_FILE, pyodide_lock(page), up)
        description["files"] = [
            {
                "path": path,
                **self._content(posixpath.basename(path), app.root.joinpath(path).read_bytes(), up),
            }
            for path in app.list_files()
        ]
        description["service_worker"] = up + self._service_worker()
        self._add(f"{name}.app.json", json.dumps(description).encode(), "app")
        return page

    def _compiled(self, page: Page) -> Page:
        recipe = bytecode.Recipe(page.runtime, sources=False, optimize=2 if self._options.optimize else 0)
        packages = []
        for package, path in page.packages[1:]:  # the first is the bridge
            ours = path.suffix == ".whl" and package.sha256 not in page.elsewhere
            made = bytecode.make(path, recipe, self._store) if ours else path
            packages.append((replace(package, sha256=made.parent.name), made))
        bridge = bridge_archive(self._store)
        stdlib = bytecode.make_library(page.core[STDLIB], bridge, recipe, self._store)
        return replace(page, stdlib=stdlib, packages=tuple(packages))

    def _publish(self, entry: dict[str, Any], place: Path, up: str, kind: str) -> None:
        """Adds a file that a manifest names, unless the page takes it from the CDN."""
        path = entry["url"].removeprefix("/")
        if path.startswith(f"{OURS}/"):
            entry["url"] = up + path
            self._site.add(path, place)
        else:
            self._on_cdn[path] = place
        if kind:
            self._kinds[path] = kind
        else:
            self._later.add(path)

    def _content(self, name: str, data: bytes, up: str) -> dict[str, Any]:
        """Adds a file under its hash; returns its entry in a manifest."""
        sha256 = _sha256(data)
        path = f"{OURS}/files/{sha256}/{name}"
        self._add(path, data, "app")
        return {"url": up + quote(path), "sha256": sha256, "size": len(data)}

    def _service_worker(self) -> str:
        return _ISOLATING if self._root.folder.joinpath(_ISOLATING).is_file() else SERVICE_WORKER

    def _add_service_worker(self) -> str:
        """Adds the service worker, which knows all files by hash; returns the version of the site."""
        for_hosts = host_files(isolation=self._options.isolation)
        files = {
            quote(name): _sha256(self._site.read(name)) for name in self._site if name not in for_hosts
        } | {url: _sha256(path.read_bytes()) for url, path in sorted(self._on_cdn.items())}
        version = _sha256(json.dumps(files).encode())[:16]
        known = {
            "version": version,
            "isolation": self._options.isolation,
            "files": files,
            "later": [
                path if path in self._on_cdn else quote(path)
                for path in sorted(self._later - self._kinds.keys())  # another app may start with it
            ],
        }
        runtime = f"{OURS}/{self._folders['runtime']}"
        # In this order: the second one answers whatever it can.
        scripts = [f"{runtime}/mail-service-worker.js", f"{runtime}/offline-service-worker.js"]
        text = f"self.pyodideApp = {json.dumps(known)};\nimportScripts(...{json.dumps(scripts)});\n"
        self._site.add(self._service_worker(), text.encode())
        return version

    def _parts(self, folder: Path) -> dict[str, Part]:
        parts: dict[str, Part] = {}
        for kind in ("page", "runtime", "packages", "app"):
            paths = [path for path, of in self._kinds.items() if of == kind]
            parts[kind] = measured([folder / path for path in paths if path not in self._on_cdn])
            there = [self._on_cdn[path] for path in paths if path in self._on_cdn]
            if there:
                parts[f"{kind}, CDN"] = measured_there(there, self._store if self._options.compress else None)
        return parts


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise ToolkitError(f"{shown(path)} is not UTF-8.", hint="Save it as UTF-8.") from error


def _modules(name: str) -> list[str]:
    """One of our modules and all that it imports."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        module = waiting.pop()
        if module not in found:
            found.add(module)
            text = RUNTIME_FILES.joinpath(module).read_text(encoding="utf-8")
            waiting += _IMPORT.findall(text)
    return sorted(found)


def _evaluates(page: Page) -> bool:
    return any(package.name in _EVALUATE for package, _ in page.packages)
