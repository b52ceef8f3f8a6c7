"""What the doctor finds, on machines that lack something."""

from pathlib import Path

import pytest

from pyodide_app.toolkit import runtimes
from pyodide_app.toolkit.doctor import Finding, examine
from pyodide_app.toolkit.store import Store, _network

NOWHERE = "http://127.0.0.1:9/"  # nothing listens there


@pytest.fixture(autouse=True)
def forget_hosts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_network, "_given_up", {})


def findings(store: Store) -> dict[str, Finding]:
    return {finding.subject: finding for finding in examine(store)}


def test_an_empty_cache_without_a_network_is_missing_something(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIP_INDEX_URL", NOWHERE)
    found = findings(Store(tmp_path, cdn=NOWHERE))
    assert (found["Pyodide CDN"].state, found["Package index"].state) == ("missing", "missing")
    assert "pyodide-app fetch" in found["Runtimes"].hint


def test_a_network_is_not_needed_once_the_runtime_is_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_INDEX_URL", NOWHERE)
    Store().core(runtimes.get())
    found = findings(Store(cdn=NOWHERE))
    assert (found["Pyodide CDN"].state, found["Package index"].state) == ("note", "note")
    assert runtimes.DEFAULT in found["Runtimes"].detail


def test_offline_the_network_is_not_tried(tmp_path: Path) -> None:
    found = findings(Store(tmp_path, offline=True, cdn=NOWHERE))
    assert "Pyodide CDN" not in found
    assert found["Network"].detail == "not tried: --offline"


def test_a_cache_that_cannot_be_a_folder_is_missing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    found = findings(Store(tmp_path / "file" / "cache", offline=True))
    assert found["Cache"].state == "missing"
    assert "PYODIDE_APP_CACHE" in found["Cache"].hint


def test_the_size_of_the_cache_is_told(tmp_path: Path) -> None:
    (tmp_path / "some").write_bytes(bytes(2_000_000))
    assert "2.0 MB" in findings(Store(tmp_path, offline=True))["Cache"].detail


def test_whatever_is_missing_comes_with_what_to_do(tmp_path: Path) -> None:
    found = findings(Store(tmp_path, offline=True))
    assert [
        finding.subject for finding in found.values() if finding.state == "missing" and not finding.hint
    ] == []
