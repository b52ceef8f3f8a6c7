import re

import pytest

from pyodide_app.toolkit import runtimes
from pyodide_app.toolkit.errors import ToolkitError

VERSIONS = ("0.26.1", "0.27.7", "0.28.3", "0.29.0", "314.0.3", "314.0.7")


def test_six_versions_are_pinned_oldest_first() -> None:
    assert runtimes.versions() == VERSIONS


def test_the_default_is_314_0_3() -> None:
    assert runtimes.DEFAULT == "314.0.3"
    assert runtimes.get().version == runtimes.get(None).version == "314.0.3"


def test_of_each_series_there_is_one_and_of_its_own_the_default() -> None:
    assert runtimes.one_of_each_series() == ("0.26.1", "0.27.7", "0.28.3", "0.29.0", "314.0.3")


def test_an_unknown_version_is_an_error_that_lists_the_known_ones() -> None:
    with pytest.raises(ToolkitError, match=r"Pyodide 0\.26\.4") as caught:
        runtimes.get("0.26.4")
    assert all(version in caught.value.hint for version in VERSIONS)


@pytest.mark.parametrize("version", VERSIONS)
def test_the_core_is_loader_program_library_and_lock_each_with_hash_and_size(version: str) -> None:
    core = runtimes.get(version).core
    program = "pyodide.asm.mjs" if version.startswith("314.") else "pyodide.asm.js"
    assert sorted(core) == sorted(
        ["pyodide.mjs", program, "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json"]
    )
    for name, pin in core.items():
        assert pin.name == name
        assert re.fullmatch("[0-9a-f]{64}", pin.sha256)
        assert pin.size > 10_000


@pytest.mark.parametrize(
    ("version", "python", "tags"),
    [
        ("0.26.1", "3.12.1", ("pyodide_2024_0_wasm32",)),
        ("0.27.7", "3.12.7", ("pyodide_2024_0_wasm32",)),
        ("0.28.3", "3.13.2", ("pyemscripten_2025_0_wasm32", "pyodide_2025_0_wasm32")),
        ("0.29.0", "3.13.2", ("pyemscripten_2025_0_wasm32", "pyodide_2025_0_wasm32")),
        ("314.0.3", "3.14.2", ("pyemscripten_2026_0_wasm32",)),
        ("314.0.7", "3.14.2", ("pyemscripten_2026_0_wasm32",)),
    ],
)
def test_python_and_tags_are_those_of_the_series(version: str, python: str, tags: tuple[str, ...]) -> None:
    runtime = runtimes.get(version)
    assert (runtime.python, runtime.abi_tags) == (python, tags)
    assert f"{runtime.abi}_wasm32" == tags[0]


def test_only_314_0_7_has_nothing_but_its_core_away_from_the_cdn_and_says_so() -> None:
    notes = {version: runtimes.get(version).note for version in VERSIONS}
    assert "only its core" in notes.pop("314.0.7")
    assert set(notes.values()) == {""}


def test_a_runtime_can_be_a_key() -> None:
    assert {runtimes.get("0.26.1"): 1}[runtimes.get("0.26.1")] == 1
