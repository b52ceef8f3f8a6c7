"""The real package index: wheels that carry a runtime, and an app's wheels. The CDN is left out by a mirror
that refuses connections, so that these run alike wherever it can and can't be reached."""

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest

from pyodide_app.toolkit import runtimes
from pyodide_app.toolkit.errors import ToolkitError
from pyodide_app.toolkit.store import RuntimeFile, Store, Unavailable
from pyodide_app.toolkit.store._sources import index_url

NO_CDN = "http://127.0.0.1:9"  # the discard port
SIX = ("six-1.17.0-py2.py3-none-any.whl", "4721f391ed90541fddacab5acf947aa0d3dc7d27b2e1e8eda2be8970586c3274")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path, cdn=NO_CDN, quiet=True)


def test_a_carrier_gives_a_whole_core(store: Store) -> None:
    runtime = runtimes.get("314.0.3")
    for name, path in store.core(runtime).items():
        content = path.read_bytes()
        assert hashlib.sha256(content).hexdigest() == runtime.core[name].sha256
        assert len(content) == runtime.core[name].size


@pytest.mark.parametrize("version", runtimes.versions())
def test_each_carrier_has_the_loader_and_the_official_lock(store: Store, version: str) -> None:
    runtime = runtimes.get(version)
    names = ["pyodide.mjs", "pyodide-lock.json"]
    paths = store.fetch([RuntimeFile(runtime, name, runtime.core[name].sha256) for name in names])
    assert [path.stat().st_size for path in paths] == [runtime.core[name].size for name in names]


@pytest.mark.parametrize("version", ["0.26.1", "0.29.0"])
def test_a_carrier_gives_packages_from_each_of_its_folders(store: Store, version: str) -> None:
    runtime = runtimes.get(version)
    entries = store.runtime_lock(runtime)["packages"]
    for name in ("six", "micropip"):  # in 0.29.0's carrier these lie in different folders
        file, sha256 = entries[name]["file_name"], entries[name]["sha256"]
        path = store.runtime_package(runtime, file, sha256)
        assert hashlib.sha256(path.read_bytes()).hexdigest() == sha256


def test_a_package_that_is_only_on_the_cdn_is_unavailable_and_names_both_sources(store: Store) -> None:
    runtime = runtimes.get("314.0.7")
    entry = store.runtime_lock(runtime)["packages"]["numpy"]
    with pytest.raises(Unavailable) as caught:
        store.runtime_package(runtime, entry["file_name"], entry["sha256"])
    assert f"{NO_CDN}/v314.0.7/full/: " in caught.value.what
    assert "flet_web-1.0.5-py3-none-any.whl on " in caught.value.what
    assert "it does not carry this file" in caught.value.what


def test_a_carrier_that_the_index_has_not_is_named(store: Store) -> None:
    runtime = runtimes.get("0.26.1")
    gone = replace(runtime.carriers[0], file="open_webui-0.0.0-py3-none-any.whl")
    with pytest.raises(ToolkitError, match="no such file in project open-webui"):
        store.core(replace(runtime, carriers=(gone,)))


def test_a_wheel_comes_from_the_index(store: Store) -> None:
    path = store.wheel("six", *SIX)
    assert hashlib.sha256(path.read_bytes()).hexdigest() == SIX[1]
    assert path == store.kept(SIX[1], SIX[0])


def test_a_wheel_that_the_index_lists_with_another_hash_is_not_even_downloaded(store: Store) -> None:
    with pytest.raises(Unavailable, match=f"lists another file by this name .sha256 {SIX[1]}"):
        store.wheel("six", SIX[0], "0" * 64)


def test_a_project_that_is_not_there_is_unavailable(store: Store) -> None:
    with pytest.raises(Unavailable, match="there is no such project"):
        store.wheel("pyodide-app-tests-no-such-project", "x-1.0-py3-none-any.whl", "0" * 64)


@pytest.mark.parametrize("name", ["UV_DEFAULT_INDEX", "UV_INDEX_URL", "PIP_INDEX_URL"])
def test_the_users_index_is_the_one_asked(store: Store, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, "http://127.0.0.1:9/mine/simple")
    with pytest.raises(ToolkitError, match=r"project six on http://127.0.0.1:9/mine/simple/"):
        store.wheel("six", *SIX)


def test_an_index_may_have_a_name_as_uv_allows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UV_DEFAULT_INDEX", "ours=http://127.0.0.1:9/simple")
    assert index_url() == "http://127.0.0.1:9/simple"
