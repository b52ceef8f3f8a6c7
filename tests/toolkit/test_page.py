"""What a page is made of: every file here, verified; its manifest; the lock that its Pyodide gets."""

import hashlib
import json
import posixpath
import zipfile
from pathlib import Path
from typing import Any

import pytest

from pyodide_app.toolkit import runtimes
from pyodide_app.toolkit.app import read_app
from pyodide_app.toolkit.bridge_wheel import bridge_wheel
from pyodide_app.toolkit.lock import Lock, lock, lock_path
from pyodide_app.toolkit.lock._file import digest
from pyodide_app.toolkit.page import Page, compile_ahead, manifest, prepare, pyodide_lock, with_bytecode
from pyodide_app.toolkit.runtimes import STDLIB
from pyodide_app.toolkit.store import Store, Unavailable

APP = """\
# /// script
# dependencies = ["numpy", "humanize", "markupsafe"]
# [tool.pyodide-app]
# title = "A page"
# [tool.pyodide-app.on-demand]
# tables = ["pandas"]
# arrays = ["numpy"]
# ///
"""


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Page:
    """A page with packages of every origin that the index gives."""
    path = tmp_path_factory.mktemp("app") / "main.py"
    path.write_text(APP)
    return prepare(read_app(path), Store(quiet=True))


def loaded(page: Page) -> dict[str, Any]:
    packages: dict[str, Any] = json.loads(pyodide_lock(page))["packages"]
    return packages


def test_every_file_is_there_with_its_hash(page: Page) -> None:
    assert set(page.core) == set(page.runtime.core)
    for name, path in page.core.items():
        assert hashlib.sha256(path.read_bytes()).hexdigest() == page.runtime.core[name].sha256
    for package, path in page.packages:
        assert hashlib.sha256(path.read_bytes()).hexdigest() == package.sha256
        assert path.name == package.file


def test_the_bridge_comes_with_every_page(page: Page) -> None:
    package, path = page.packages[0]
    assert (package.name, package.groups) == ("pyodide-app", ())
    assert path.read_bytes() == bridge_wheel()[1]


def test_the_manifest_names_the_runtimes_files_but_not_its_lock(page: Page) -> None:
    pyodide = manifest(page)["pyodide"]
    names = {"pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip"}
    assert {file["name"] for file in pyodide["files"]} == names
    base = f"/_pyodide_app/pyodide/{runtimes.DEFAULT}/"
    assert (pyodide["version"], pyodide["base"]) == (runtimes.DEFAULT, base)
    assert all(file["url"] == base + file["name"] for file in pyodide["files"])


def test_pages_get_the_standard_library_and_the_bridge_with_bytecode_once_that_is_made(
    page: Page, tmp_path: Path
) -> None:
    compile_ahead(page.runtime, Store(quiet=True))
    tmp_path.joinpath("main.py").touch()
    ahead = with_bytecode(prepare(read_app(tmp_path), Store(quiet=True)), Store(quiet=True))
    assert ahead
    [stdlib] = [file for file in manifest(ahead)["pyodide"]["files"] if file["name"] == STDLIB]
    with zipfile.ZipFile(ahead.stdlib) as archive:
        assert {"json/decoder.pyc", "pyodide_app/bridge/core.pyc"} <= set(archive.namelist())
    assert stdlib["url"] == f"/_pyodide_app/files/{stdlib['sha256']}/{STDLIB}"
    assert "pyodide-app" not in {package.name for package, _ in ahead.packages}


def test_the_manifest_tells_url_hash_and_size_of_each_package(page: Page) -> None:
    entries = {entry["name"]: entry for entry in manifest(page)["packages"]}
    for package, path in page.packages:
        assert entries[package.name] == {
            "name": package.name,
            "version": package.version,
            "url": f"/_pyodide_app/files/{package.sha256}/{package.file}",
            "sha256": package.sha256,
            "size": path.stat().st_size,
            "start": not package.groups,
        }


def test_the_manifest_names_what_each_group_adds_to_the_start(page: Page) -> None:
    described = manifest(page)
    assert {"pandas", "python-dateutil"} <= set(described["on_demand"]["tables"])
    assert "numpy" not in described["on_demand"]["tables"]
    assert described["on_demand"]["arrays"] == []
    assert (described["title"], described["entry"]) == ("A page", "main.py")


def test_the_browsers_lock_has_exactly_the_pages_packages(page: Page) -> None:
    assert set(loaded(page)) == {package.name for package, _ in page.packages}
    official = Store(quiet=True).runtime_lock(page.runtime)
    assert json.loads(pyodide_lock(page))["info"] == official["info"]


def test_file_names_in_the_browsers_lock_lead_from_the_runtime_to_the_file(page: Page) -> None:
    urls = {entry["name"]: entry["url"] for entry in manifest(page)["packages"]}
    base = manifest(page)["pyodide"]["base"]
    for name, entry in loaded(page).items():
        assert posixpath.normpath(base + entry["file_name"]) == urls[name]


def test_the_runtimes_own_packages_stay_as_its_lock_has_them(page: Page) -> None:
    original = Store(quiet=True).runtime_lock(page.runtime)["packages"]["numpy"]
    ours = loaded(page)["numpy"]
    assert {**ours, "file_name": original["file_name"]} == original


def test_dependencies_in_the_browsers_lock_are_in_it(page: Page) -> None:
    packages = loaded(page)
    assert packages["pandas"]["depends"]
    assert all(set(entry["depends"]) <= set(packages) for entry in packages.values())


def test_other_packages_say_what_they_bring(page: Page) -> None:
    entry = loaded(page)["humanize"]
    assert entry["imports"] == ["humanize"]
    assert (entry["install_dir"], entry["package_type"]) == ("site", "package")


def test_a_stripped_wheel_that_is_gone_is_made_again(page: Page, tmp_path: Path) -> None:
    store = Store(tmp_path / "store", cdn="http://127.0.0.1:9/", quiet=True)
    path = tmp_path / "main.py"
    path.write_text('# /// script\n# dependencies = ["markupsafe"]\n# ///\n')
    [_, (package, wheel)] = prepare(read_app(path), store).packages
    assert package.origin == "stripped"
    wheel.unlink()
    assert prepare(read_app(path), store).packages[1] == (package, wheel)
    assert wheel.is_file()


def test_a_lock_of_files_that_cannot_be_had_from_here_says_how_to_go_on(tmp_path: Path) -> None:
    path = tmp_path / "main.py"
    path.write_text('# /// script\n# dependencies = ["numpy"]\n# ///\n')
    app = read_app(path)
    lock(app, Store(quiet=True))
    content = json.loads(lock_path(app).read_bytes())
    content["packages"][0] |= {"file": "numpy-0-none.whl", "sha256": "0" * 64}
    content.pop("integrity")
    lock_path(app).write_text(json.dumps({**content, "integrity": digest(content)}))
    with pytest.raises(Unavailable) as caught:
        prepare(app, Store(cdn="http://127.0.0.1:9/", quiet=True))
    assert "`pyodide-app lock`" in caught.value.hint


def test_an_app_without_dependencies_has_just_the_bridge(tmp_path: Path) -> None:
    path = tmp_path / "main.py"
    path.write_text("print('hello')\n")
    made = prepare(read_app(path), Store(quiet=True))
    assert isinstance(made.lock, Lock)
    assert [package.name for package, _ in made.packages] == ["pyodide-app"]
