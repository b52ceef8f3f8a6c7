"""The command line as shells see it: exit codes, stdout and stderr, no traceback for a user's mistake."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest
import requests
from typer.testing import CliRunner, Result

from pyodide_app.toolkit.cli import cli
from pyodide_app.toolkit.server import Server

COMMANDS = ["dev", "new", "lock", "fetch", "patterns", "doctor"]
PROGRAM = [sys.executable, "-m", "pyodide_app.toolkit"]


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments])


@pytest.fixture
def app(tmp_path: Path) -> Path:
    (tmp_path / "main.py").write_text("print('hello')\n")
    return tmp_path


def start(*arguments: str | Path) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [*PROGRAM, *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def url_from(process: "subprocess.Popen[str]") -> str:
    """Waits for the address that the server prints."""
    assert process.stdout
    for line in process.stdout:
        if line.strip().startswith("http://"):
            return line.strip()
    raise AssertionError("no address was printed")


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_has_help_with_examples(command: str) -> None:
    result = run(command, "--help")
    assert result.exit_code == 0
    assert f"pyodide-app {command}" in result.output.partition("Examples:")[2]


def test_the_version_is_told() -> None:
    assert run("--version").output.startswith("pyodide-app 0.")


@pytest.mark.parametrize(
    "arguments",
    [
        ["no-such-command"],
        ["dev", "--no-such-option"],
        ["new"],
        ["dev", "--port", "x"],
        ["dev", "--port", "65536"],
    ],
)
def test_wrong_usage_is_exit_code_2(arguments: list[str]) -> None:
    assert run(*arguments).exit_code == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["dev", "not-there"], "not-there"),
        (["lock", "not-there"], "not-there"),
        (["fetch", "not-there"], "not-there"),
        (["fetch", "--pyodide", "0.1.2"], "0.1.2"),
        (["new", "bad name"], "no good name"),
        (["new", "x", "--pattern", "loading/helo"], "loading/hello"),
    ],
)
def test_a_mistake_is_exit_code_1_with_a_message_on_stderr(
    arguments: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run(*arguments)
    assert result.exit_code == 1
    assert result.stderr.startswith("error: ")
    assert said in result.stderr
    assert result.stdout == ""


def test_a_mistake_shows_no_traceback(tmp_path: Path) -> None:
    process = start("dev", tmp_path)
    output, errors = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "main.py" in errors
    assert "Traceback" not in output + errors


def test_new_says_what_to_do_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("new", "mine", "--pattern", "loading/hello")
    assert result.exit_code == 0
    assert "pyodide-app dev mine" in result.output
    assert (tmp_path / "mine" / "index.html").is_file()


def test_lock_tells_what_was_chosen_and_from_where(tmp_path: Path) -> None:
    (tmp_path / "main.py").write_text('# /// script\n# dependencies = ["six"]\n# ///\n')
    result = run("lock", tmp_path)
    assert result.exit_code == 0
    assert "six 1." in result.output
    assert (tmp_path / "main.lock.json").is_file()


def test_fetch_takes_the_app_of_the_folder_that_it_is_called_in(
    app: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(app)
    assert "with no packages" in run("fetch").output


def test_fetch_offline_says_what_is_not_here(
    app: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYODIDE_APP_CACHE", str(tmp_path / "cache"))
    result = run("fetch", app, "--offline")
    assert result.exit_code == 1
    assert "pyodide.asm.wasm" in result.stderr


def test_patterns_lists_each_with_a_line() -> None:
    assert "  loading/hello  A page that runs" in run("patterns").output


def test_doctor_fails_when_something_needed_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYODIDE_APP_CACHE", str(tmp_path))
    result = run("doctor", "--offline")
    assert result.exit_code == 1
    assert "missing" in result.stdout


def test_dev_serves_until_ctrl_c(app: Path) -> None:
    process = start("dev", app, "--port", "0")
    assert requests.get(url_from(process) + "main.py", timeout=10).text == "print('hello')\n"
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert errors.strip() == ""


def test_dev_tells_the_runtime_and_the_packages(tmp_path: Path) -> None:
    (tmp_path / "main.py").write_text('# /// script\n# dependencies = ["six"]\n# ///\n')
    process = start("dev", tmp_path, "--port", "0")
    assert process.stdout
    first, second = process.stdout.readline(), process.stdout.readline()
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=60)
    assert "Pyodide 3" in first
    assert second.startswith("with six 1.")


def test_dev_says_that_a_port_is_in_use(app: Path) -> None:
    with Server(app) as taken:
        process = start("dev", app, "--port", str(taken.port))
        url_line = process.stdout
        assert url_line
        lines = []
        for line in url_line:
            lines.append(line)
            if "Ctrl-C" in line:
                break
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)
    assert any(f"Port {taken.port} is in use" in line for line in lines)


def test_dev_serves_an_app_with_broken_metadata_and_the_page_tells(app: Path) -> None:
    (app / "main.py").write_text("# /// script\n# dependencies = [\n# ///\n")
    process = start("dev", app, "--port", "0")
    reply = requests.get(url_from(process) + "main.py.app.json", timeout=10)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert "main.py:" in reply.json()["error"]["message"]
    assert "error: " in errors


def test_patterns_can_be_served() -> None:
    process = start("patterns", "--serve", "--port", "0")
    page = requests.get(url_from(process), timeout=10).text
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=60)
    assert "/book/loading/hello" in page
