"""Bad answers: each is an error that names the file, the source and the reason, and nothing bad is kept.

The CDN is a double (see conftest); the package index, where one is asked, is real.
"""

import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

import pytest

from pyodide_app.toolkit import runtimes
from pyodide_app.toolkit.errors import ToolkitError
from pyodide_app.toolkit.runtimes import Runtime
from pyodide_app.toolkit.store import RuntimeFile, Unavailable, _network

if TYPE_CHECKING:
    from tests.toolkit.conftest import CdnDouble

WASM = "pyodide.asm.wasm"


@pytest.fixture
def unheard() -> Iterator[socket.socket]:
    """A port that refuses connections: bound, but nobody listens."""
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        yield bound


@pytest.fixture
def dead_port(unheard: socket.socket) -> int:
    port: int = unheard.getsockname()[1]
    return port


def fetch_fails(cdn: "CdnDouble", runtime: Runtime, root: Path) -> ToolkitError:
    """The error of a fetch of the core, which must leave nothing bad."""
    with pytest.raises(ToolkitError) as caught:
        cdn.store(root).core(runtime)
    assert not (root / "runtimes" / runtime.version / WASM).exists()
    assert list(root.rglob("*.part")) == []
    return caught.value


def test_wrong_content_of_the_right_size(cdn: "CdnDouble", made_up: Runtime, tmp_path: Path) -> None:
    cdn.answers[WASM].body = bytes(len(cdn.answers[WASM].body))
    error = fetch_fails(cdn, made_up, tmp_path)
    assert error.what == (
        f"{WASM} of Pyodide 0.26.1 could not be fetched:\n"
        f"  {cdn.url}/v0.26.1/full/: wrong content: its sha256 is not the pinned one"
    )


def test_a_file_that_is_too_short(cdn: "CdnDouble", made_up: Runtime, tmp_path: Path) -> None:
    cdn.answers[WASM].body = b"\0asm"
    assert f"4 bytes came, not {made_up.core[WASM].size}" in fetch_fails(cdn, made_up, tmp_path).what


def test_a_connection_that_breaks_off(cdn: "CdnDouble", made_up: Runtime, tmp_path: Path) -> None:
    answer = cdn.answers[WASM]
    answer.claims, answer.body = len(answer.body), answer.body[:500_000]
    assert "the connection broke off" in fetch_fails(cdn, made_up, tmp_path).what


def test_an_html_page_in_place_of_the_file(cdn: "CdnDouble", made_up: Runtime, tmp_path: Path) -> None:
    cdn.answers[WASM].body = b"\n<!DOCTYPE html><title>Sign in to the guest network</title>"
    assert "an HTML page came in place of the file" in fetch_fails(cdn, made_up, tmp_path).what


def test_a_missing_file(cdn: "CdnDouble", made_up: Runtime, tmp_path: Path) -> None:
    del cdn.answers[WASM]
    assert "HTTP 404 (Not Found)" in fetch_fails(cdn, made_up, tmp_path).what


def test_a_server_that_fails(cdn: "CdnDouble", made_up: Runtime, tmp_path: Path) -> None:
    cdn.answers[WASM].status = 500
    assert "HTTP 500 (Internal Server Error)" in fetch_fails(cdn, made_up, tmp_path).what


def test_a_server_that_falls_silent(
    cdn: "CdnDouble", made_up: Runtime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_network, "READ_SECONDS", 0.3)
    cdn.answers[WASM].pause_after = 200_000
    assert "no data for 0.3 s" in fetch_fails(cdn, made_up, tmp_path).what


def test_a_server_that_is_not_there(
    cdn: "CdnDouble", made_up: Runtime, tmp_path: Path, dead_port: int
) -> None:
    cdn.url = f"http://127.0.0.1:{dead_port}"
    error = fetch_fails(cdn, made_up, tmp_path)
    assert "pyodide.mjs, pyodide.asm.wasm, pyodide-lock.json of Pyodide 0.26.1" in error.what
    assert f"{cdn.url}/v0.26.1/full/: " in error.what
    assert "Connection refused" in error.what
    assert "Check the network" in error.hint


def test_a_name_and_password_in_an_address_are_not_shown(
    cdn: "CdnDouble", made_up: Runtime, tmp_path: Path, dead_port: int
) -> None:
    cdn.url = f"http://somebody:secret@127.0.0.1:{dead_port}"
    assert "secret" not in fetch_fails(cdn, made_up, tmp_path).what


def test_a_host_that_could_not_be_reached_is_left_alone_by_the_next_fetch_and_still_named(
    cdn: "CdnDouble", made_up: Runtime, tmp_path: Path, unheard: socket.socket
) -> None:
    cdn.url = f"http://127.0.0.1:{unheard.getsockname()[1]}"
    fetch_fails(cdn, made_up, tmp_path)
    unheard.listen()  # whoever came now would stand in line
    unheard.setblocking(False)
    assert f"{cdn.url}/v0.26.1/full/: " in fetch_fails(cdn, made_up, tmp_path).what
    with pytest.raises(BlockingIOError):
        unheard.accept()


def test_a_host_that_was_left_alone_is_asked_again_after_a_while(
    cdn: "CdnDouble",
    made_up: Runtime,
    tmp_path: Path,
    unheard: socket.socket,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(_network, "GIVEN_UP_SECONDS", 0.0)
    monkeypatch.setattr(_network, "READ_SECONDS", 0.3)
    cdn.url = f"http://127.0.0.1:{unheard.getsockname()[1]}"
    assert "Connection refused" in fetch_fails(cdn, made_up, tmp_path).what
    unheard.listen()
    assert "no data for 0.3 s" in fetch_fails(cdn, made_up, tmp_path).what


def test_files_that_arrived_are_kept_and_the_next_run_picks_up(
    cdn: "CdnDouble", made_up: Runtime, tmp_path: Path
) -> None:
    cdn.answers[WASM].status = 500
    fetch_fails(cdn, made_up, tmp_path)
    cdn.answers[WASM].status = 200
    cdn.requests.clear()
    cdn.store(tmp_path).core(made_up)
    assert cdn.requests == [WASM]


def test_different_failures_are_told_apart_in_one_error(
    cdn: "CdnDouble", made_up: Runtime, tmp_path: Path
) -> None:
    cdn.answers[WASM].status = 500
    del cdn.answers["pyodide.mjs"]
    what = fetch_fails(cdn, made_up, tmp_path).what
    assert "pyodide.mjs of Pyodide 0.26.1 could not be fetched:\n  " in what
    assert "pyodide.asm.wasm of Pyodide 0.26.1 could not be fetched:\n  " in what


def test_a_file_that_no_source_has_is_unavailable(cdn: "CdnDouble", made_up: Runtime, tmp_path: Path) -> None:
    with pytest.raises(Unavailable) as caught:
        cdn.store(tmp_path).runtime_package(made_up, "nowhere.whl", "0" * 64)
    assert caught.value.files == ("nowhere.whl",)
    assert "PYODIDE_APP_CDN" in caught.value.hint


def test_a_file_is_not_unavailable_when_a_source_merely_failed(
    cdn: "CdnDouble", made_up: Runtime, tmp_path: Path
) -> None:
    sha256 = cdn.has("six.whl", b"six")
    cdn.answers["six.whl"].status = 503
    with pytest.raises(ToolkitError, match="HTTP 503") as caught:
        cdn.store(tmp_path).runtime_package(made_up, "six.whl", sha256)
    assert not isinstance(caught.value, Unavailable)


def test_nothing_is_unavailable_without_any_network(
    cdn: "CdnDouble", tmp_path: Path, dead_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    cdn.url = f"http://127.0.0.1:{dead_port}"
    monkeypatch.setenv("UV_DEFAULT_INDEX", f"http://127.0.0.1:{dead_port}/simple")
    with pytest.raises(ToolkitError) as caught:
        cdn.store(tmp_path).core(runtimes.get("0.26.1"))
    assert not isinstance(caught.value, Unavailable)
    assert f"open_webui-0.4.8-py3-none-any.whl on http://127.0.0.1:{dead_port}/simple/: " in caught.value.what


def test_after_a_bad_answer_the_carrier_gives_the_file_and_the_bad_answer_is_told(
    cdn: "CdnDouble", tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    runtime = runtimes.get("0.26.1")
    cdn.has("pyodide.mjs", b"<html>no</html>")
    wanted = RuntimeFile(runtime, "pyodide.mjs", runtime.core["pyodide.mjs"].sha256)
    [path] = cdn.store(tmp_path).fetch([wanted])
    assert path.stat().st_size == runtime.core["pyodide.mjs"].size
    assert "pyodide.mjs came from elsewhere, since" in capsys.readouterr().err


def test_wrong_content_everywhere_names_each_source(cdn: "CdnDouble", tmp_path: Path) -> None:
    runtime = runtimes.get("0.26.1")
    pin = replace(runtime.core["pyodide.mjs"], sha256="0" * 64)
    runtime = replace(runtime, core=MappingProxyType({"pyodide.mjs": pin}))
    cdn.has("pyodide.mjs", b"mjs")
    with pytest.raises(ToolkitError) as caught:
        cdn.store(tmp_path).core(runtime)
    assert f"{cdn.url}/v0.26.1/full/: 3 bytes came, not {pin.size}\n" in caught.value.what
    assert "open_webui-0.4.8-py3-none-any.whl" in caught.value.what
    assert "wrong content: its sha256 is not the pinned one" in caught.value.what


def test_a_cache_that_cannot_be_written_is_an_error_that_says_where(
    cdn: "CdnDouble", made_up: Runtime, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ToolkitError, match=f"could not be kept in {tmp_path / 'file'}") as caught:
        cdn.store(tmp_path / "file").core(made_up)
    assert "PYODIDE_APP_CACHE" in caught.value.hint


def test_a_proxy_that_is_not_there(
    cdn: "CdnDouble", made_up: Runtime, tmp_path: Path, dead_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{dead_port}")
    monkeypatch.setenv("no_proxy", "")
    monkeypatch.setenv("NO_PROXY", "")
    what = fetch_fails(cdn, made_up, tmp_path).what
    assert "no connection through the proxy: Failed to establish a new connection" in what
    assert cdn.requests == []
