"""An app's lock: made once, kept while it holds, and never changed behind the author's back."""

import json
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from pyodide_app.toolkit.app import App, read_app
from pyodide_app.toolkit.errors import ToolkitError
from pyodide_app.toolkit.lock import Lock, ensure_lock, load_lock, lock, lock_path
from pyodide_app.toolkit.store import Store

LOCAL_PACKAGE = Path(__file__).parents[3] / "_my_local_package"

WriteApp = Callable[..., App]


@pytest.fixture
def store() -> Store:
    """The user's own store: what it has is not fetched again."""
    return Store(quiet=True)


@pytest.fixture
def offline() -> Store:
    return Store(quiet=True, offline=True)


@pytest.fixture
def write_app(tmp_path: Path) -> WriteApp:
    """Writes an app with these dependencies and lines of its own table; returns it as it reads."""

    def write(dependencies: list[str], *table: str, pyodide: str | None = None) -> App:
        lines = [f"dependencies = {json.dumps(dependencies)}", "[tool.pyodide-app]", *table]
        path = tmp_path / "app" / "main.py"
        path.parent.mkdir(exist_ok=True)
        path.write_text("# /// script\n" + "".join(f"# {line}\n" for line in lines) + "# ///\n")
        return read_app(path, pyodide=pyodide)

    return write


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The lock of the app in `locked`, as it was written."""
    path = tmp_path_factory.mktemp("made") / "main.py"
    path.write_text('# /// script\n# dependencies = ["humanize==4.9.0", "markupsafe"]\n# ///\n')
    lock(read_app(path), Store(quiet=True))
    return path.with_name("main.lock.json").read_bytes()


@pytest.fixture
def locked(write_app: WriteApp, made_once: bytes) -> App:
    """An app with a lock of two packages."""
    app = write_app(["humanize==4.9.0", "markupsafe"])
    lock_path(app).write_bytes(made_once)
    return app


def versions(made: Lock) -> dict[str, str]:
    return {package.name: package.version for package in made.packages}


def test_it_lies_beside_the_app_with_exact_files(locked: App) -> None:
    content = json.loads((locked.root / "main.lock.json").read_text())
    [humanize, markupsafe] = content["packages"]
    assert humanize == {
        "name": "humanize",
        "version": "4.9.0",
        "file": "humanize-4.9.0-py3-none-any.whl",
        "sha256": "ce284a76d5b1377fd8836733b983bfb0b76f1aa1c090de2566fcf008d7f6ab16",
        "origin": "registry",
        "depends": [],
        "imports": ["humanize"],
        "kind": "package",
        "groups": [],
        "source": "",
    }
    assert re.fullmatch("[0-9a-f]{64}", markupsafe["sha256"])
    assert content["pyodide"] == locked.pyodide


def test_it_names_no_host(locked: App) -> None:
    assert "://" not in lock_path(locked).read_text()


def test_the_same_app_makes_the_same_bytes(locked: App, store: Store) -> None:
    before = lock_path(locked).read_bytes()
    lock_path(locked).unlink()
    lock(locked, store)
    assert lock_path(locked).read_bytes() == before


def test_while_it_holds_nothing_is_resolved(locked: App, offline: Store) -> None:
    assert ensure_lock(locked, offline) == load_lock(locked)


def test_another_order_of_the_dependencies_asks_for_nothing_new(
    locked: App, write_app: WriteApp, offline: Store
) -> None:
    app = write_app(["markupsafe", "humanize==4.9.0"])
    assert ensure_lock(app, offline) == load_lock(locked)


def test_changed_dependencies_are_locked_anew(locked: App, write_app: WriteApp, store: Store) -> None:
    app = write_app(["humanize==4.9.0"])
    assert set(versions(ensure_lock(app, store))) == {"humanize"}
    assert load_lock(app) == ensure_lock(app, store)


def test_locking_anew_keeps_versions_that_still_fit(locked: App, write_app: WriteApp, store: Store) -> None:
    made = ensure_lock(write_app(["humanize"]), store)
    assert versions(made)["humanize"] == "4.9.0"


def test_an_upgrade_takes_newer_versions(locked: App, write_app: WriteApp, store: Store) -> None:
    made = lock(write_app(["humanize"]), store, upgrade=True)
    assert versions(made)["humanize"] != "4.9.0"


def test_offline_changed_dependencies_are_an_error(locked: App, write_app: WriteApp, offline: Store) -> None:
    with pytest.raises(ToolkitError, match="is older than what the app asks for now; offline"):
        ensure_lock(write_app(["humanize"]), offline)


def test_offline_an_app_without_a_lock_is_an_error(write_app: WriteApp, offline: Store) -> None:
    with pytest.raises(ToolkitError, match="has dependencies and no lock"):
        ensure_lock(write_app(["humanize"]), offline)


def test_an_app_without_dependencies_needs_no_file(write_app: WriteApp, offline: Store) -> None:
    app = write_app([])
    assert ensure_lock(app, offline).packages == ()
    assert not lock_path(app).exists()


def test_locking_writes_a_file_even_for_no_dependencies(write_app: WriteApp, store: Store) -> None:
    app = write_app([])
    lock(app, store)
    made = load_lock(app)
    assert made is not None
    assert made.packages == ()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"version": "4.9.0"', '"version": "4.9.1"'),
        ('"format": 1', '"format": 2'),
        ('"packages": [', '<<<<<<< HEAD\n"packages": ['),
    ],
)
def test_an_edited_lock_is_refused_and_left_as_it_is(locked: App, store: Store, old: str, new: str) -> None:
    path = lock_path(locked)
    path.write_text(path.read_text().replace(old, new))
    edited = path.read_bytes()
    with pytest.raises(ToolkitError, match=r"main\.lock\.json") as caught:
        ensure_lock(locked, store)
    assert "`pyodide-app lock`" in caught.value.hint
    assert path.read_bytes() == edited


def test_locking_replaces_an_edited_lock(locked: App, store: Store) -> None:
    good = lock_path(locked).read_bytes()
    lock_path(locked).write_text("{}")
    lock(locked, store)
    assert lock_path(locked).read_bytes() == good


def test_a_lock_for_another_runtime_is_made_anew_and_that_is_said(
    locked: App, write_app: WriteApp, store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    app = write_app(["humanize==4.9.0", "markupsafe"], 'pyodide = "0.28.3"')
    assert ensure_lock(app, store).pyodide == "0.28.3"
    assert "was made for Pyodide 314.0.3, and the app now asks for 0.28.3" in capsys.readouterr().err


def test_offline_a_lock_for_another_runtime_is_an_error(
    locked: App, write_app: WriteApp, offline: Store
) -> None:
    app = write_app(["humanize==4.9.0", "markupsafe"], 'pyodide = "0.28.3"')
    with pytest.raises(ToolkitError, match=r"was made for Pyodide 314\.0\.3, and the app asks for 0\.28\.3"):
        ensure_lock(app, offline)


def test_with_a_runtime_from_outside_the_lock_beside_the_app_stays(
    locked: App, write_app: WriteApp, store: Store
) -> None:
    beside = lock_path(locked).read_bytes()
    app = write_app(["humanize==4.9.0", "markupsafe"], pyodide="0.28.3")
    made = ensure_lock(app, store)
    assert made.pyodide == "0.28.3"
    assert (store.root / "locks" / f"{made.inputs}.json").is_file()
    assert lock_path(app).read_bytes() == beside


def test_interrupted_while_it_is_written_the_old_one_stays(
    locked: App, write_app: WriteApp, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = lock_path(locked).read_bytes()

    def interrupted(_self: Path, _target: Path) -> Path:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        lock(write_app(["humanize"]), store)
    assert lock_path(locked).read_bytes() == before
    assert sorted(path.name for path in locked.root.iterdir()) == ["main.lock.json", "main.py"]


def test_an_error_names_the_line_that_asks_for_the_package(write_app: WriteApp, store: Store) -> None:
    app = write_app(["humanize", "this-package-does-not-exist-anywhere"])
    with pytest.raises(ToolkitError, match=rf"^{re.escape(str(app.entry))}:2: There is no package"):
        lock(app, store)


def test_a_local_package_is_locked_with_what_it_depends_on(
    write_app: WriteApp, store: Store, tmp_path: Path
) -> None:
    shutil.copytree(LOCAL_PACKAGE, tmp_path / "package")
    made = lock(write_app([], 'local-packages = ["../package"]'), store)
    local = next(one for one in made.packages if one.origin == "local")
    assert (local.name, local.source) == ("my-local-package", "../package")
    assert local.depends == ("humanize",)
    assert "humanize" in versions(made)


def test_a_changed_local_package_is_in_the_lock_without_asking(
    write_app: WriteApp, store: Store, tmp_path: Path
) -> None:
    shutil.copytree(LOCAL_PACKAGE, tmp_path / "package")
    app = write_app([], 'local-packages = ["../package"]')
    before = ensure_lock(app, store)
    (tmp_path / "package" / "src" / "my_local_package" / "more.py").write_text("more = True\n")
    after = ensure_lock(app, store)
    assert load_lock(app) == after != before
    others = [[one for one in made.packages if one.origin != "local"] for made in (before, after)]
    assert others[0] == others[1]


def test_a_local_package_stands_in_for_one_of_the_same_name_on_the_index(
    write_app: WriteApp, store: Store, tmp_path: Path
) -> None:
    shutil.copytree(LOCAL_PACKAGE, tmp_path / "package")
    project = tmp_path / "package" / "pyproject.toml"
    text = project.read_text().replace("my-local-package", "humanize").replace("humanize>=4", "six")
    project.write_text(f'{text}\n[tool.hatch.build.targets.wheel]\npackages = ["src/my_local_package"]\n')
    made = lock(write_app(["humanize"], 'local-packages = ["../package"]'), store)
    assert {one.name: one.origin for one in made.packages}["humanize"] == "local"


def test_two_local_packages_of_one_name_are_an_error(
    write_app: WriteApp, store: Store, tmp_path: Path
) -> None:
    for name in ("one", "two"):
        shutil.copytree(LOCAL_PACKAGE, tmp_path / name)
    with pytest.raises(ToolkitError, match="are both named my-local-package"):
        lock(write_app([], 'local-packages = ["../one", "../two"]'), store)


def test_locking_offline_is_an_error(locked: App, offline: Store) -> None:
    with pytest.raises(ToolkitError, match="can't be locked offline"):
        lock(replace(locked, dependencies=("humanize",)), offline)
