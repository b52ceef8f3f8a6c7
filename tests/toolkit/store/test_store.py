"""What the store hands out, and how it trusts what it has. The CDN is a double (see conftest)."""

import io
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from rich.console import Console

from pyodide_app.toolkit.errors import ToolkitError
from pyodide_app.toolkit.runtimes import Runtime
from pyodide_app.toolkit.store import RuntimeFile, Store
from pyodide_app.toolkit.store._progress import FetchDisplay

if TYPE_CHECKING:
    from tests.toolkit.conftest import CdnDouble

SIX = "six-1.16.0-py2.py3-none-any.whl"


def test_core_gives_every_file_of_the_runtime(cdn: "CdnDouble", made_up: Runtime, tmp_path: Path) -> None:
    paths = cdn.store(tmp_path).core(made_up)
    assert {name: path.read_bytes() for name, path in paths.items()} == {
        name: cdn.answers[name].body for name in made_up.core
    }
    assert paths["pyodide.mjs"] == tmp_path / "runtimes" / made_up.version / "pyodide.mjs"


def test_files_that_are_kept_are_not_fetched_again(
    cdn: "CdnDouble", made_up: Runtime, tmp_path: Path
) -> None:
    cdn.store(tmp_path).core(made_up)
    cdn.store(tmp_path).core(made_up)
    assert sorted(cdn.requests) == sorted(made_up.core)


def test_runtime_lock_is_parsed(cdn: "CdnDouble", made_up: Runtime, tmp_path: Path) -> None:
    assert cdn.store(tmp_path).runtime_lock(made_up) == {"info": {}, "packages": {}}


def test_a_package_is_kept_under_its_hash(cdn: "CdnDouble", made_up: Runtime, tmp_path: Path) -> None:
    sha256 = cdn.has(SIX, b"six" * 999)
    path = cdn.store(tmp_path).runtime_package(made_up, SIX, sha256)
    assert path == tmp_path / "files" / sha256 / SIX
    assert path.read_bytes() == b"six" * 999


def test_fetch_gives_places_in_the_order_asked_for_even_for_the_same_file_twice(
    cdn: "CdnDouble", made_up: Runtime, tmp_path: Path
) -> None:
    six = RuntimeFile(made_up, SIX, cdn.has(SIX, b"six"))
    other = RuntimeFile(made_up, "other.whl", cdn.has("other.whl", b"other"))
    paths = cdn.store(tmp_path).fetch([six, other, six])
    assert [path.name for path in paths] == [SIX, "other.whl", SIX]
    assert sorted(cdn.requests) == ["other.whl", SIX]


def test_only_finished_files_lie_under_their_names(
    cdn: "CdnDouble", made_up: Runtime, tmp_path: Path
) -> None:
    cdn.store(tmp_path).core(made_up)
    assert list(tmp_path.rglob("*.part")) == []


def test_a_changed_file_is_removed_told_and_fetched_again(
    cdn: "CdnDouble", made_up: Runtime, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wasm = cdn.store(tmp_path).core(made_up)["pyodide.asm.wasm"]
    right = wasm.read_bytes()
    wasm.write_bytes(b"\1" + right[1:])
    cdn.store(tmp_path).core(made_up)
    assert wasm.read_bytes() == right
    assert f"{wasm} was changed after it was kept" in capsys.readouterr().err


def test_a_changed_file_is_an_error_offline(
    cdn: "CdnDouble", made_up: Runtime, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wasm = cdn.store(tmp_path).core(made_up)["pyodide.asm.wasm"]
    wasm.write_bytes(b"tampered")
    with pytest.raises(ToolkitError, match=r"pyodide\.asm\.wasm of Pyodide"):
        cdn.store(tmp_path, offline=True).core(made_up)
    assert not wasm.exists()
    assert "was changed" in capsys.readouterr().err


def test_offline_names_what_is_missing_and_asks_nobody(
    cdn: "CdnDouble", made_up: Runtime, tmp_path: Path
) -> None:
    with pytest.raises(ToolkitError) as caught:
        cdn.store(tmp_path, offline=True).core(made_up)
    assert "pyodide.mjs, pyodide.asm.wasm, pyodide-lock.json of Pyodide 0.26.1" in caught.value.what
    assert str(tmp_path) in caught.value.what
    assert "pyodide-app fetch" in caught.value.hint
    assert cdn.requests == []


def test_offline_gives_what_is_kept(cdn: "CdnDouble", made_up: Runtime, tmp_path: Path) -> None:
    paths = cdn.store(tmp_path).core(made_up)
    assert cdn.store(tmp_path, offline=True).core(made_up) == paths


def test_a_full_cache_that_cannot_be_written_still_serves(
    cdn: "CdnDouble", made_up: Runtime, tmp_path: Path
) -> None:
    cdn.store(tmp_path).core(made_up)
    (tmp_path / "incoming").rename(tmp_path / "elsewhere")
    (tmp_path / "incoming").touch()  # so that nothing can be put there, whoever runs this
    assert cdn.store(tmp_path).core(made_up)


def test_keep_and_kept_find_bytes_by_their_hash(tmp_path: Path) -> None:
    store = Store(tmp_path)
    path = store.keep(b"a wheel", "made-1.0-py3-none-any.whl")
    assert path.read_bytes() == b"a wheel"
    assert store.kept(path.parent.name, path.name) == path
    assert store.kept("0" * 64, path.name) is None


def test_kept_removes_what_was_changed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = Store(tmp_path)
    path = store.keep(b"a wheel", "made-1.0-py3-none-any.whl")
    path.write_bytes(b"b wheel")
    assert store.kept(path.parent.name, path.name) is None
    assert not path.exists()
    assert "was changed" in capsys.readouterr().err


@pytest.mark.parametrize("file", ["../../out.whl", "/etc/passwd", "a\\b", "..", ""])
def test_a_file_name_that_leads_elsewhere_is_refused(tmp_path: Path, file: str) -> None:
    with pytest.raises(ToolkitError, match="not a file that can be kept"):
        Store(tmp_path / "cache").keep(b"x", file)
    assert list(tmp_path.rglob("*.whl")) == []


def test_a_sha256_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ToolkitError, match="not a file that can be kept"):
        Store(tmp_path).kept("../..", "a.whl")


def test_the_cache_is_where_the_environment_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYODIDE_APP_CACHE", str(tmp_path / "here"))
    assert Store().root == tmp_path / "here"


def test_the_environment_names_a_mirror_of_the_cdn(
    cdn: "CdnDouble", made_up: Runtime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYODIDE_APP_CDN", cdn.url + "/")
    Store(tmp_path, quiet=True).core(made_up)
    assert sorted(cdn.requests) == sorted(made_up.core)


def test_a_mirror_that_is_no_address_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYODIDE_APP_CDN", "mirror.example/pyodide")
    with pytest.raises(ToolkitError, match=r"'mirror.example/pyodide' is no address") as caught:
        Store(tmp_path)
    assert "PYODIDE_APP_CDN" in caught.value.hint


def test_away_from_a_terminal_each_file_is_a_line_with_its_size(
    cdn: "CdnDouble", made_up: Runtime, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cdn.store(tmp_path, quiet=False).core(made_up)
    output = capsys.readouterr()
    assert "fetched pyodide.asm.wasm, 1.0 MB\n" in output.err
    assert output.out == ""


def test_quiet_shows_nothing(
    cdn: "CdnDouble", made_up: Runtime, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cdn.store(tmp_path, quiet=True).core(made_up)
    assert capsys.readouterr().err == ""


def test_a_terminal_gets_a_bar_with_sizes_for_each_file_and_for_all() -> None:
    screen = io.StringIO()
    console = Console(file=screen, force_terminal=True, width=100, color_system=None)
    with FetchDisplay([2_000_000, 1_000_000], quiet=False, console=console) as display:
        with display.row("pyodide.asm.wasm", 2_000_000) as row:
            row.arrived(500_000)
            with display.row("pyodide.mjs", 1_000_000):  # a row that comes redraws those that are there
                pass
        display.kept("pyodide.asm.wasm", 2_000_000)
    shown = screen.getvalue()
    assert "0 of 2 files" in shown
    assert "0.5/2.0 MB" in shown
    assert "0.5/3.0 MB" in shown
    assert "fetched 1 file, 2.0 MB" in shown
