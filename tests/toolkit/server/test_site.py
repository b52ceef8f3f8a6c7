"""What the server gives out of a folder, and what it keeps to itself."""

import hashlib
import json
import os
import socket
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
import requests

from pyodide_app.toolkit import runtimes
from pyodide_app.toolkit.server import Server, _apps
from pyodide_app.toolkit.store import Store

SECRET = "the secret"


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    (tmp_path / "secret.txt").write_text(SECRET)
    return tmp_path


@pytest.fixture
def app(outside: Path) -> Path:
    folder = outside / "app"
    folder.mkdir()
    (folder / "main.py").write_text("print('hello')\n")
    (folder / ".env").write_text(SECRET)
    (folder / ".git").mkdir()
    (folder / ".git" / "config").write_text(SECRET)
    (folder / "link.txt").symlink_to(outside / "secret.txt")
    (folder / "up").symlink_to(outside, target_is_directory=True)
    return folder


@pytest.fixture
def server(app: Path) -> Iterator[Server]:
    with Server(app) as running:
        yield running


def raw(server: Server, target: str) -> tuple[int, str]:
    """Asks for a path as it stands: `requests` would tidy it up."""
    connection = HTTPConnection("127.0.0.1", server.port, timeout=10)
    try:
        connection.putrequest("GET", target, skip_accept_encoding=True)
        connection.endheaders()
        reply = connection.getresponse()
        return reply.status, reply.read().decode()
    finally:
        connection.close()


def get(server: Server, path: str) -> requests.Response:
    return requests.get(server.url + path, timeout=60)


# -- files --


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.js", "text/javascript; charset=utf-8"),
        ("a.mjs", "text/javascript; charset=utf-8"),
        ("a.wasm", "application/wasm"),
        ("a.whl", "application/zip"),
        ("a.py", "text/x-python; charset=utf-8"),
        ("a.html", "text/html; charset=utf-8"),
        ("a.css", "text/css; charset=utf-8"),
        ("a.json", "application/json; charset=utf-8"),
        ("a.svg", "image/svg+xml"),
        ("a.tar.gz", "application/octet-stream"),
        ("a.unheardof", "application/octet-stream"),
    ],
)
def test_each_file_has_its_type(app: Path, server: Server, name: str, expected: str) -> None:
    (app / name).write_text("x")
    assert get(server, name).headers["Content-Type"] == expected


@pytest.mark.parametrize(
    "target",
    [
        "/../secret.txt",
        "/x/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/%2e%2e%2fsecret.txt",
        "/..%2fsecret.txt",
        "/..%5csecret.txt",
        "/..\\secret.txt",
        "/%252e%252e%252fsecret.txt",
        "//secret.txt",
        "/link.txt",
        "/up/secret.txt",
        "/up/",
        "/.env",
        "/%2eenv",
        "/.git/config",
        "/main.py/../.env",
        "/main.py/",
        "/__pycache__/main.pyc",
        "/main.py%00.txt",
        "/%00",
        "/" + "a" * 5000,
        "/_pyodide_app/static/../cli.py",
        "/_pyodide_app/static/..%2fcli.py",
        "/_pyodide_app/runtime/%2e%2e/__init__.py",
        "/_pyodide_app/files/" + "0" * 64 + "/..%2f..%2fsecret.txt",
        "/_pyodide_app/files/..%2f../secret.txt",
        "/_pyodide_app/pyodide/..%2f..%2f/secret.txt",
    ],
)
def test_nothing_outside_or_hidden_gets_out(server: Server, target: str) -> None:
    status, body = raw(server, target)
    assert status == 404
    assert SECRET not in body


def test_an_absolute_path_leads_nowhere(outside: Path, server: Server) -> None:
    status, body = raw(server, f"/{outside}/secret.txt")
    assert status == 404
    assert SECRET not in body


def test_a_request_without_a_leading_slash_gets_nothing(server: Server) -> None:
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
        connection.sendall(b"GET ../secret.txt HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        reply = b"".join(iter(lambda: connection.recv(4096), b""))
    assert reply.split(b" ")[1].startswith(b"4")
    assert SECRET.encode() not in reply


def test_a_pipe_in_the_folder_does_not_hang_the_server(app: Path, server: Server) -> None:
    os.mkfifo(app / "pipe")
    assert get(server, "pipe").status_code == 404


def test_a_file_is_asked_for_again_but_not_sent_again(server: Server) -> None:
    first = get(server, "main.py")
    assert first.headers["Cache-Control"] == "no-cache"
    again = requests.get(server.url + "main.py", headers={"If-None-Match": first.headers["ETag"]}, timeout=10)
    assert (again.status_code, again.content) == (304, b"")


def test_a_changed_file_is_sent_again(app: Path, server: Server) -> None:
    tag = get(server, "main.py").headers["ETag"]
    (app / "main.py").write_text("print('other')\n")  # as long as before
    again = requests.get(server.url + "main.py", headers={"If-None-Match": tag}, timeout=10)
    assert again.text == "print('other')\n"


def test_head_tells_the_size_without_the_body(app: Path, server: Server) -> None:
    reply = requests.head(server.url + "main.py", timeout=10)
    assert reply.headers["Content-Length"] == str((app / "main.py").stat().st_size)
    assert reply.content == b""


def test_only_reading_is_allowed(server: Server) -> None:
    assert requests.post(server.url + "main.py", timeout=10).status_code == 405


def test_names_with_spaces_and_umlauts_are_found(app: Path, server: Server) -> None:
    (app / "grüße an alle.txt").write_text("hallo")
    assert get(server, "gr%C3%BC%C3%9Fe%20an%20alle.txt").text == "hallo"


# -- pages --


def test_a_folder_without_a_page_gets_the_default_one(server: Server) -> None:
    page = get(server, "")
    assert '<pyodide-app src="main.py" output>' in page.text
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"


def test_the_default_page_allows_no_script_but_ours(server: Server) -> None:
    policy = get(server, "").headers["Content-Security-Policy"]
    assert "script-src 'self' 'unsafe-eval';" in policy


def test_the_default_page_shows_a_title_with_markup_as_text(app: Path, server: Server) -> None:
    block = '# /// script\n# [tool.pyodide-app]\n# title = "<script>alert(1)</script>"\n# ///\n'
    (app / "main.py").write_text(block)
    assert "<title>&lt;script&gt;alert(1)&lt;/script&gt;</title>" in get(server, "").text


def test_the_default_page_is_there_while_the_metadata_are_broken(app: Path, server: Server) -> None:
    (app / "main.py").write_text("# /// script\n# dependencies = [\n# ///\n")
    assert '<pyodide-app src="main.py"' in get(server, "").text


def test_an_index_page_of_the_author_wins(app: Path, server: Server) -> None:
    (app / "index.html").write_text("<p>mine</p>")
    page = get(server, "")
    assert page.text == "<p>mine</p>"
    assert "Content-Security-Policy" not in page.headers


def test_an_index_page_that_is_a_link_to_outside_is_not_followed(
    app: Path, outside: Path, server: Server
) -> None:
    (app / "index.html").symlink_to(outside / "secret.txt")
    assert SECRET not in get(server, "").text


def test_a_folder_is_left_for_its_address_with_a_slash(app: Path, server: Server) -> None:
    (app / "a b").mkdir()
    reply = requests.get(server.url + "a%20b", allow_redirects=False, timeout=10)
    assert (reply.status_code, reply.headers["Location"]) == (307, "/a%20b/")


def test_a_folder_is_not_listed(app: Path, server: Server) -> None:
    (app / "data").mkdir()
    assert get(server, "data/").status_code == 404


def test_a_browser_that_asks_for_an_icon_gets_one(server: Server) -> None:
    assert get(server, "favicon.ico").headers["Content-Type"] == "image/svg+xml"


def test_what_is_not_there_is_said_in_plain_text(server: Server) -> None:
    reply = get(server, "<b>nothing</b>")
    assert (reply.status_code, reply.headers["Content-Type"]) == (404, "text/plain; charset=utf-8")


# -- a single file --


@pytest.fixture
def script(outside: Path) -> Path:
    folder = outside / "scripts"
    (folder / "data").mkdir(parents=True)
    (folder / "data" / "table.csv").write_text("1,2")
    (folder / "notes.txt").write_text(SECRET)
    script = folder / "plot.py"
    script.write_text('# /// script\n# [tool.pyodide-app]\n# files = ["data/*.csv"]\n# ///\n')
    return script


def test_a_single_file_has_a_page(script: Path) -> None:
    with Server(script) as server:
        assert '<pyodide-app src="plot.py" output>' in get(server, "").text


def test_a_single_file_comes_with_the_files_that_it_names_and_no_other(script: Path) -> None:
    with Server(script) as server:
        assert get(server, "plot.py").status_code == 200
        assert get(server, "data/table.csv").text == "1,2"
        assert get(server, "notes.txt").status_code == 404
        assert get(server, "data/").status_code == 404


def test_a_single_file_with_broken_metadata_comes_alone(script: Path) -> None:
    script.write_text("# /// script\n# files = \n# ///\n")
    with Server(script) as server:
        assert get(server, "plot.py").status_code == 200
        assert get(server, "data/table.csv").status_code == 404


# -- manifests --


@pytest.fixture(scope="module")
def store() -> Store:
    """The user's own, so that a runtime is fetched once and not for each run of the tests."""
    return Store()


@pytest.fixture
def prepared(app: Path, store: Store) -> Iterator[Server]:
    with Server(app, store=store) as running:
        yield running


def manifest(server: Server, path: str = "main.py") -> dict[str, Any]:
    reply = get(server, f"{path}.app.json")
    while reply.status_code == 202:  # the runtime is still being fetched
        reply = get(server, f"{path}.app.json")
    content = reply.json()
    assert isinstance(content, dict)
    return content


def fetched(server: Server, entry: dict[str, Any], path: str = "main.py") -> requests.Response:
    """What the URL of a manifest's entry leads to."""
    return requests.get(urljoin(f"{server.url}{path}.app.json", entry["url"]), timeout=60)


def test_every_file_that_a_manifest_names_is_served_with_its_hash(prepared: Server) -> None:
    content = manifest(prepared)
    entries = [content["lock"], *content["pyodide"]["files"], *content["packages"], *content["files"]]
    for entry in entries:
        body = fetched(prepared, entry).content
        assert (len(body), hashlib.sha256(body).hexdigest()) == (entry["size"], entry["sha256"]), entry


def test_what_is_served_by_hash_is_never_asked_for_again(prepared: Server) -> None:
    content = manifest(prepared)
    for entry in (content["lock"], *content["pyodide"]["files"], *content["packages"], content["files"][0]):
        assert "immutable" in fetched(prepared, entry).headers["Cache-Control"]


def test_a_file_saved_after_the_manifest_does_not_break_the_page_that_is_loading(
    app: Path, prepared: Server
) -> None:
    (app / "main.py").write_text("old = 1\n")
    [entry] = manifest(prepared)["files"]
    (app / "main.py").write_text("new = 2\n")
    assert fetched(prepared, entry).text == "old = 1\n"


def test_the_next_manifest_has_what_was_saved(app: Path, prepared: Server) -> None:
    (app / "main.py").write_text("old = 1\n")
    manifest(prepared)
    (app / "main.py").write_text("new = 2\n")
    [entry] = manifest(prepared)["files"]
    assert fetched(prepared, entry).text == "new = 2\n"


def test_the_file_without_a_version_is_always_the_present_one(app: Path, prepared: Server) -> None:
    manifest(prepared)
    (app / "main.py").write_text("new = 2\n")
    assert get(prepared, "main.py").text == "new = 2\n"


def test_an_app_in_a_folder_below_is_an_app_too(app: Path, prepared: Server) -> None:
    (app / "more").mkdir()
    (app / "more" / "main.py").write_text("more = 1\n")
    content = manifest(prepared, "more/main.py")
    assert fetched(prepared, content["files"][0], "more/main.py").text == "more = 1\n"


def test_a_page_whose_app_takes_long_to_prepare_is_told_to_ask_again(
    prepared: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_apps, "PATIENCE", 0.01)  # seconds; verifying a whole runtime takes longer
    reply = get(prepared, "main.py.app.json")
    assert (reply.status_code, list(reply.json())) == (202, ["preparing"])
    assert manifest(prepared)["entry"] == "main.py"


def test_a_manifest_names_the_event_stream_only_while_files_are_watched(app: Path, store: Store) -> None:
    with Server(app, store=store) as plain, Server(app, store=store, reload=True) as watching:
        assert "events" not in manifest(plain)
        assert manifest(watching)["events"].startswith("/_pyodide_app/events")


def test_the_server_may_choose_the_runtime(app: Path, store: Store) -> None:
    (app / "main.py").write_text('# /// script\n# [tool.pyodide-app]\n# pyodide = "0.29.0"\n# ///\n')
    with Server(app, store=store, pyodide=runtimes.DEFAULT) as server:
        assert manifest(server)["pyodide"]["version"] == runtimes.DEFAULT


@pytest.mark.parametrize(
    "src", ["gone.py", "../secret.py", "%2e%2e/secret.py", "link.txt", ".hidden.py", "style.css"]
)
def test_a_src_that_is_no_app_here_is_an_error_for_the_page(outside: Path, server: Server, src: str) -> None:
    (outside / "secret.py").write_text(SECRET)
    status, body = raw(server, f"/{src}.app.json")
    error = json.loads(body)["error"]
    assert status == 404
    assert "no Python file" in error["message"]
    assert "src" in error["hint"]


def test_what_is_wrong_with_the_metadata_is_told_to_the_page(app: Path, server: Server) -> None:
    (app / "main.py").write_text("# /// script\n# dependencies = [\n# ///\n")
    reply = get(server, "main.py.app.json")
    assert reply.status_code == 422
    assert "main.py:" in reply.json()["error"]["message"]


def test_a_page_with_a_problem_is_told_where_to_wait_for_its_end(app: Path) -> None:
    (app / "main.py").write_text("# /// script\n# dependencies = [\n# ///\n")
    with Server(app, reload=True) as server:
        assert get(server, "main.py.app.json").json()["events"].startswith("/_pyodide_app/events")


def test_a_cache_that_lacks_the_runtime_is_told_to_the_page(app: Path, tmp_path: Path) -> None:
    with Server(app, store=Store(tmp_path / "cache", offline=True)) as server:
        reply = get(server, "main.py.app.json")
    assert reply.status_code == 422
    assert "offline" in reply.json()["error"]["message"]


def test_a_wheel_that_was_tampered_with_is_not_served(app: Path, tmp_path: Path) -> None:
    store = Store(tmp_path / "cache", offline=True)
    wheel = store.keep(b"the wheel", "some-1.0-py3-none-any.whl")
    wheel.write_bytes(b"the other")
    with Server(app, store=store) as server:
        assert get(server, f"_pyodide_app/files/{wheel.parent.name}/{wheel.name}").status_code == 404
