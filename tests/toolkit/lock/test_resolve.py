"""Resolution against the real package index: which file each package of an app gets."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from packaging.version import Version

from pyodide_app.toolkit import runtimes
from pyodide_app.toolkit._wheels import read_facts
from pyodide_app.toolkit.errors import ToolkitError
from pyodide_app.toolkit.lock._resolve import Resolved, resolve
from pyodide_app.toolkit.lock._uv import ResolutionError
from pyodide_app.toolkit.store import Store, Unavailable


def resolved(
    *requirements: str,
    version: str = runtimes.DEFAULT,
    groups: Mapping[str, tuple[str, ...]] | None = None,
    wishes: Mapping[str, str] | None = None,
    store: Store | None = None,
) -> dict[str, Resolved]:
    """What these requirements come to, by name, with the user's own store unless another is given."""
    found = resolve(
        runtimes.get(version), store or Store(quiet=True), requirements, groups or {}, [], wishes or {}
    )
    return {one.name: one for one in found}


@pytest.fixture
def cut_off(tmp_path: Path) -> Store:
    """An empty store without a way to the CDN: nothing listens where its mirror should be."""
    return Store(tmp_path / "store", cdn="http://127.0.0.1:9/", quiet=True)


@pytest.mark.parametrize("version", runtimes.versions())
def test_numpy_is_the_runtimes_own_on_every_runtime(version: str) -> None:
    runtime = runtimes.get(version)
    store = Store(quiet=True)
    own = store.runtime_lock(runtime)["packages"]["numpy"]
    if runtime.note:
        try:
            store.runtime_package(runtime, own["file_name"], own["sha256"])
        except Unavailable as error:
            pytest.skip(f"{runtime.note} {error.what}")
    numpy = resolved("numpy", version=version)["numpy"]
    assert (numpy.origin, numpy.version, numpy.sha256) == ("runtime", own["version"], own["sha256"])


def test_matplotlib_brings_all_that_the_runtimes_build_of_it_needs() -> None:
    packages = resolved("matplotlib", version="0.27.7")
    assert {"numpy", "pillow", "kiwisolver", "pyparsing", "six"} < set(packages)
    # Its METADATA doesn't name this one, the runtime's lock does.
    assert "matplotlib-pyodide" in packages["matplotlib"].depends
    assert all(set(one.depends) < set(packages) for one in packages.values())


def test_a_pure_package_comes_from_the_index() -> None:
    assert resolved("humanize==4.9.0") == {
        "humanize": Resolved(
            "humanize",
            "4.9.0",
            "registry",
            "humanize-4.9.0-py3-none-any.whl",
            "ce284a76d5b1377fd8836733b983bfb0b76f1aa1c090de2566fcf008d7f6ab16",
        )
    }


def test_pydantic_and_its_compiled_core_fit_each_other() -> None:
    packages = resolved("pydantic")
    own = Store(quiet=True).runtime_lock(runtimes.get())["packages"]["pydantic-core"]["version"]
    assert packages["pydantic-core"].version == own


def test_a_version_that_the_runtime_does_not_have_comes_as_a_wheel_for_its_abi() -> None:
    packages = resolved("contourpy==1.4.0")
    assert packages["contourpy"].origin == "registry"
    assert packages["contourpy"].file == "contourpy-1.4.0-cp314-cp314-pyemscripten_2026_0_wasm32.whl"
    assert packages["numpy"].origin == "runtime"


def test_what_is_needed_only_on_emscripten_is_there_and_what_is_not_needed_there_is_not() -> None:
    packages = resolved("datasette==1.0a41")
    assert "httpx2-jsfetch" in packages
    assert "httpcore" not in packages


def test_what_is_loaded_on_demand_is_told_from_what_is_loaded_at_the_start() -> None:
    packages = resolved("python-dateutil", groups={"tables": ("pandas",), "arrays": ("numpy",)})
    assert packages["pandas"].groups == ("tables",)
    assert packages["numpy"].groups == ("tables", "arrays")
    assert packages["python-dateutil"].groups == ()
    assert packages["six"].groups == ()


def test_a_wish_is_granted_where_nothing_speaks_against_it() -> None:
    wishes = {"humanize": "4.9.0"}
    assert resolved("humanize", wishes=wishes)["humanize"].version == "4.9.0"
    assert resolved("humanize>=4.10", wishes=wishes)["humanize"].version != "4.9.0"


def test_a_module_of_the_standard_library_may_be_asked_for_where_it_needs_no_package() -> None:
    assert set(resolved("sqlite3", "humanize==4.9.0")) == {"humanize"}


def test_without_the_cdn_the_index_gives_the_same_versions(cut_off: Store) -> None:
    own = cut_off.runtime_lock(runtimes.get())["packages"]
    packages = resolved("jinja2", store=cut_off)
    assert (packages["jinja2"].origin, packages["markupsafe"].origin) == ("registry", "stripped")
    assert packages["jinja2"].version == own["jinja2"]["version"]
    assert packages["markupsafe"].version == own["markupsafe"]["version"]


def test_without_the_cdn_a_compiled_package_comes_from_the_index_if_that_has_it(cut_off: Store) -> None:
    own = cut_off.runtime_lock(runtimes.get())["packages"]["bitarray"]["version"]
    bitarray = resolved("bitarray", store=cut_off)["bitarray"]
    assert bitarray.origin == "registry"
    assert bitarray.file.endswith("_wasm32.whl")
    assert Version(bitarray.version) >= Version(own)


def test_a_package_that_only_the_cdn_has_is_an_error_that_says_so(cut_off: Store) -> None:
    with pytest.raises(
        ToolkitError, match=r"Pyodide 314\.0\.7's own numpy 2\.4\.6 can't be fetched"
    ) as caught:
        resolved("numpy", version="314.0.7", store=cut_off)
    assert "It comes from the Pyodide CDN" in caught.value.hint


def test_a_package_that_does_not_exist_is_named() -> None:
    with pytest.raises(ResolutionError, match="There is no package 'this-package-does-not-exist-anywhere'"):
        resolved("this-package-does-not-exist-anywhere")


def test_an_index_that_cannot_be_reached_is_said_to_be_that(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UV_DEFAULT_INDEX", "http://127.0.0.1:9/simple")
    with pytest.raises(ResolutionError) as caught:
        resolved("humanize")
    at = "http://127.0.0.1:9/simple/humanize/"
    assert caught.value.what.startswith(f"The package index can't be reached at {at}: ")
    assert caught.value.hint.startswith("Check the network")


def test_a_conflict_names_the_requirements() -> None:
    with pytest.raises(ResolutionError) as caught:
        resolved("jinja2==3.1.6", "markupsafe<2")
    assert caught.value.kind == "conflict"
    assert "jinja2>=3.1.6 depends on markupsafe>=2.0" in caught.value.what
    assert "the app requires markupsafe<2" in caught.value.what


def test_a_conflict_with_the_runtimes_own_package_says_whose_it_is() -> None:
    with pytest.raises(ResolutionError) as caught:
        resolved("numpy==2.5.0")
    assert "the app requires numpy==2.5.0 and Pyodide's own numpy==2.4.3" in caught.value.what
    assert "numpy 2.4.3 could run" in caught.value.hint


def test_a_package_that_needs_a_compiler_says_what_was_looked_for() -> None:
    with pytest.raises(ResolutionError) as caught:
        resolved("tibs==0.5.7")
    assert caught.value.what == (
        "tibs 0.5.7 can't run in Pyodide 314.0.3. "
        "Looked for it among Pyodide's own packages: not there; as a pure wheel: none; "
        "as a wheel for cp314 and pyemscripten_2026_0_wasm32: none. Asked for by the app itself."
    )


def test_an_older_version_that_would_do_is_suggested() -> None:
    with pytest.raises(ResolutionError, match="jellyfish") as caught:
        resolved("jellyfish<=1.2.0")
    assert caught.value.hint == 'Older versions would do: put "jellyfish==0.8.7" in `dependencies`.'


def test_an_older_version_of_the_package_that_asks_for_it_is_suggested() -> None:
    with pytest.raises(ResolutionError, match=r"tibs .* Asked for by bitstring") as caught:
        resolved("bitstring<=4.4.0")
    suggested = re.search(r'"(bitstring==[\d.]+)"', caught.value.hint)
    assert suggested
    assert "tibs" not in resolved(suggested[1])


def test_a_stripped_wheel_is_made_from_one_that_imports_without_its_extension(cut_off: Store) -> None:
    package = resolved("markupsafe", store=cut_off)["markupsafe"]
    facts = read_facts(cut_off.wheel("markupsafe", package.file, package.sha256))
    assert facts.extensions
    assert facts.imports == ("markupsafe",)
