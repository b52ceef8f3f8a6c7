"""Open pages hear of each change that concerns them, and of no other."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import requests

from pyodide_app.toolkit.server import Server
from pyodide_app.toolkit.store import Store

BROKEN = "# /// script\n# dependencies = [\n# ///\n"


@pytest.fixture
def app(tmp_path: Path) -> Path:
    folder = tmp_path / "app"
    folder.mkdir()
    (folder / "main.py").write_text("x = 1\n")
    return folder


@pytest.fixture
def server(app: Path) -> Iterator[Server]:
    with Server(app, reload=True) as running:
        yield running


@contextmanager
def listening(server: Server, query: str = "") -> Iterator[Iterator[dict[str, Any]]]:
    """The messages as they come; each `next` waits for one."""
    with requests.get(f"{server.url}_pyodide_app/events{query}", stream=True, timeout=30) as stream:
        lines = stream.iter_lines(chunk_size=1)
        assert next(lines) == b"retry: 1000"
        yield (json.loads(line.removeprefix(b"data: ")) for line in lines if line.startswith(b"data: "))


def ask_for_manifest(server: Server, path: str = "main.py") -> requests.Response:
    reply = requests.get(f"{server.url}{path}.app.json", timeout=60)
    while reply.status_code == 202:
        reply = requests.get(f"{server.url}{path}.app.json", timeout=60)
    return reply


def test_a_saved_file_is_told_by_its_url(app: Path, server: Server) -> None:
    with listening(server) as messages:
        (app / "main.py").write_text("x = 2\n")
        assert next(messages) == {"kind": "change", "paths": ["/main.py"]}


def test_a_file_in_a_folder_below_is_told_too(app: Path, server: Server) -> None:
    (app / "data").mkdir()
    with listening(server) as messages:
        (app / "data" / "my table.csv").write_text("1")
        assert "/data/my table.csv" in next(messages)["paths"]


def test_every_open_page_hears_of_it(app: Path, server: Server) -> None:
    with listening(server) as one, listening(server) as other:
        (app / "main.py").write_text("x = 2\n")
        assert next(one) == next(other)


@pytest.mark.parametrize(
    "name", [".hidden", ".git/index", "__pycache__/main.pyc", "main.lock.json", "main.py~"]
)
def test_what_is_no_source_is_not_told(app: Path, server: Server, name: str) -> None:
    (app / name).parent.mkdir(exist_ok=True)
    with listening(server) as messages:
        (app / name).write_text("x")
        (app / "seen.txt").write_text("x")
        assert next(messages)["paths"] == ["/seen.txt"]


def test_broken_metadata_are_told_as_a_problem(app: Path, server: Server) -> None:
    ask_for_manifest(server)
    with listening(server) as messages:
        (app / "main.py").write_text(BROKEN)
        problem = next(messages)
    assert (problem["kind"], problem["paths"]) == ("problem", ["/main.py"])
    assert "main.py:" in problem["message"]


def test_mended_metadata_are_a_change(app: Path, server: Server) -> None:
    (app / "main.py").write_text(BROKEN)
    events = ask_for_manifest(server).json()["events"]
    with listening(server, "?" + events.partition("?")[2]) as messages:
        (app / "main.py").write_text("x = 1\n")
        assert next(messages) == {"kind": "change", "paths": ["/main.py"]}


def test_a_page_hears_of_what_changed_while_it_was_loading(app: Path, server: Server) -> None:
    with listening(server) as messages:
        (app / "main.py").write_text("x = 2\n")
        change = next(messages)
    with listening(server, "?since=0") as late:
        assert next(late) == change


def test_a_page_that_reconnects_hears_only_what_it_missed(app: Path, server: Server) -> None:
    url = f"{server.url}_pyodide_app/events"
    with requests.get(url, stream=True, timeout=30) as stream:
        lines = stream.iter_lines(chunk_size=1)
        next(lines)
        (app / "one.txt").write_text("x")
        number = next(line for line in lines if line.startswith(b"id: ")).removeprefix(b"id: ")
        next(lines)
        (app / "two.txt").write_text("x")
        next(line for line in lines if line.startswith(b"data: "))
    with requests.get(url, headers={"Last-Event-ID": number}, stream=True, timeout=30) as stream:
        data = next(line for line in stream.iter_lines(chunk_size=1) if line.startswith(b"data: "))
    assert json.loads(data.removeprefix(b"data: "))["paths"] == ["/two.txt"]


def test_a_page_of_a_server_before_this_one_hears_what_changes_now(app: Path) -> None:
    with Server(app, reload=True) as before:
        events = ask_for_manifest(before).json()["events"]
    with Server(app, reload=True) as server, listening(server, "?" + events.partition("?")[2]) as messages:
        (app / "main.py").write_text("x = 2\n")
        assert next(messages)["paths"] == ["/main.py"]


def test_a_local_package_changes_the_app_that_uses_it(app: Path, tmp_path: Path) -> None:
    package = tmp_path / "mine"
    package.mkdir()
    (package / "pyproject.toml").write_text('[project]\nname = "mine"\nversion = "1"\n')
    (package / "mine.py").write_text("x = 1\n")
    (app / "main.py").write_text(
        '# /// script\n# [tool.pyodide-app]\n# local-packages = ["../mine"]\n# ///\n'
    )
    with Server(app, reload=True, store=Store()) as server:
        assert ask_for_manifest(server).status_code == 200
        with listening(server) as messages:
            (package / "mine.py").write_text("x = 2\n")
            assert next(messages) == {"kind": "change", "paths": ["/main.py"]}


def test_a_single_file_is_watched_without_its_neighbours(tmp_path: Path) -> None:
    script = tmp_path / "plot.py"
    script.write_text("x = 1\n")
    with Server(script, reload=True) as server, listening(server) as messages:
        (tmp_path / "neighbour.txt").write_text("x")
        script.write_text("x = 2\n")
        assert next(messages) == {"kind": "change", "paths": ["/plot.py"]}


def test_a_server_that_does_not_watch_has_no_stream(app: Path) -> None:
    with Server(app) as server:
        assert requests.get(f"{server.url}_pyodide_app/events", timeout=10).status_code == 404
