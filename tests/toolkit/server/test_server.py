"""The server as an object: where it listens, whom it answers, how it stops."""

import http.client
import logging
import socket
from pathlib import Path

import pytest
import requests

from pyodide_app.toolkit.errors import ToolkitError
from pyodide_app.toolkit.server import Server


@pytest.fixture
def app(tmp_path: Path) -> Path:
    (tmp_path / "main.py").write_text("print('hello')\n")
    return tmp_path


def test_answers_from_the_moment_it_is_entered(app: Path) -> None:
    with Server(app) as server:
        assert requests.get(server.url, timeout=10).status_code == 200


def test_refuses_connections_once_it_has_stopped(app: Path) -> None:
    with Server(app) as server:
        pass
    with pytest.raises(requests.ConnectionError):
        requests.get(server.url, timeout=10)


def test_takes_the_next_port_if_one_is_in_use(app: Path) -> None:
    with Server(app) as first, Server(app, port=first.port) as second:
        assert second.port > first.port
        assert requests.get(second.url, timeout=10).status_code == 200


def test_a_port_can_be_taken_again_at_once(app: Path) -> None:
    with Server(app) as first:
        requests.get(first.url, timeout=10)
    with Server(app, port=first.port) as second:
        assert second.port == first.port


@pytest.mark.parametrize("port", [-1, 65536])
def test_says_that_a_number_is_no_port(app: Path, port: int) -> None:
    with pytest.raises(ToolkitError, match="is not a port"), Server(app, port=port):
        pass


def test_says_that_a_name_is_no_address(app: Path) -> None:
    with (
        pytest.raises(ToolkitError, match="not an address of this machine"),
        Server(app, host="nowhere.invalid"),
    ):
        pass


def test_says_what_is_missing_in_a_folder_without_an_app(tmp_path: Path) -> None:
    with pytest.raises(ToolkitError, match=r"main\.py"):
        Server(tmp_path)


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "LOCALHOST", "[::1]"])
def test_answers_to_the_names_of_this_machine(app: Path, name: str) -> None:
    with Server(app) as server:
        reply = requests.get(server.url, headers={"Host": f"{name}:{server.port}"}, timeout=10)
    assert reply.status_code == 200


@pytest.mark.parametrize("name", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example", ""])
def test_refuses_other_names_so_that_dns_rebinding_gains_nothing(app: Path, name: str) -> None:
    with Server(app) as server:
        reply = requests.get(server.url + "main.py", headers={"Host": name}, timeout=10)
    assert reply.status_code == 400
    assert "hello" not in reply.text


def test_answers_to_any_name_when_it_is_opened_to_others(app: Path) -> None:
    with Server(app, host="0.0.0.0") as server:
        reply = requests.get(server.url, headers={"Host": "workstation.example"}, timeout=10)
    assert reply.status_code == 200


def test_isolates_pages_unless_told_otherwise(app: Path) -> None:
    with Server(app) as server:
        headers = requests.get(server.url, timeout=10).headers
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Embedder-Policy"] == "require-corp"


def test_sends_no_isolation_headers_when_it_acts_like_a_plain_host(app: Path) -> None:
    with Server(app, isolation=False) as server:
        headers = requests.get(server.url, timeout=10).headers
    assert [name for name in headers if name.startswith("Cross-Origin")] == []


@pytest.mark.parametrize("path", ["", "main.py", "not-there", "_pyodide_app/static/icon.svg"])
def test_forbids_browsers_to_guess_types(app: Path, path: str) -> None:
    with Server(app) as server:
        assert requests.get(server.url + path, timeout=10).headers["X-Content-Type-Options"] == "nosniff"


def test_stops_cleanly_while_event_streams_are_open(app: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        with Server(app, reload=True) as server:
            stream = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
            stream.request("GET", "/_pyodide_app/events")
            reply = stream.getresponse()
            assert reply.readline() == b"retry: 1000\n"
        assert reply.read() == b"\n"
        stream.close()
    assert caplog.messages == []


def test_stops_cleanly_while_a_browser_keeps_a_connection(
    app: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        with Server(app) as server:
            idle = socket.create_connection(("127.0.0.1", server.port), timeout=30)
            idle.sendall(b"GET /main.py HTTP/1.1\r\nHost: localhost\r\n\r\n")
            assert idle.recv(12) == b"HTTP/1.1 200"
        idle.close()
    assert caplog.messages == []
