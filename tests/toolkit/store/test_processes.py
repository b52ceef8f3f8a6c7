"""Two processes at once, killed ones, full disks. The CDN is a double (see conftest)."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pyodide_app.toolkit.errors import ToolkitError
from pyodide_app.toolkit.runtimes import Runtime
from pyodide_app.toolkit.store import RuntimeFile

if TYPE_CHECKING:
    from tests.toolkit.conftest import CdnDouble

BIG = "big-1.0-py3-none-any.whl"
BODY = bytes(range(256)) * 4000  # about 1 MB

FETCH = """
import json, sys
from dataclasses import replace
from pathlib import Path
from pyodide_app.toolkit import runtimes
from pyodide_app.toolkit.store import RuntimeFile, Store

root, cdn, files, bytes_allowed = json.loads(sys.argv[1])
if bytes_allowed:
    import resource
    resource.setrlimit(resource.RLIMIT_FSIZE, (bytes_allowed, bytes_allowed))
runtime = replace(runtimes.get("0.26.1"), carriers=())
print("fetching", flush=True)
Store(Path(root), cdn=cdn).fetch([RuntimeFile(runtime, *file) for file in files])
print("done", flush=True)
"""

Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def start(cdn: "CdnDouble", tmp_path: Path) -> Iterator[Start]:
    """Start a process that fetches `{file: sha256}` from the double; it has printed "fetching" by then."""
    started: list[subprocess.Popen[str]] = []

    def start(files: dict[str, str], *, bytes_allowed: int = 0) -> "subprocess.Popen[str]":
        given = json.dumps([str(tmp_path), cdn.url, list(files.items()), bytes_allowed])
        process = subprocess.Popen(
            [sys.executable, "-c", FETCH, given], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        started.append(process)
        assert process.stdout is not None
        assert process.stdout.readline() == "fetching\n"
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def wait_until_it_waits(process: "subprocess.Popen[str]") -> None:
    """Read its stderr up to the line that says it waits for another process."""
    assert process.stderr is not None
    assert any(line.startswith("waiting for another process") for line in process.stderr)


def parts(root: Path) -> list[Path]:
    return list(root.rglob("*.part"))


def wait_until(condition: Callable[[], object]) -> None:
    """Poll, for 20 s at most."""
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline, "it did not come about"
        time.sleep(0.01)


def kill_midway(cdn: "CdnDouble", start: Start, root: Path) -> str:
    """Kill a process in the middle of a download that left something; returns the sha256 of the file."""
    sha256 = cdn.has(BIG, BODY, pause_after=500_000)
    process = start({BIG: sha256})
    wait_until(lambda: any(part.stat().st_size for part in parts(root)))
    process.send_signal(signal.SIGKILL)
    process.wait()
    cdn.go_on.set()
    assert parts(root)
    return sha256


def test_after_a_killed_download_the_next_run_fetches_the_file_and_clears_the_rest(
    cdn: "CdnDouble", made_up: Runtime, tmp_path: Path, start: Start
) -> None:
    sha256 = kill_midway(cdn, start, tmp_path)
    path = cdn.store(tmp_path).runtime_package(made_up, BIG, sha256)
    assert path.read_bytes() == BODY
    assert parts(tmp_path) == []


def test_any_later_fetch_clears_what_killed_ones_left(
    cdn: "CdnDouble", made_up: Runtime, tmp_path: Path, start: Start
) -> None:
    kill_midway(cdn, start, tmp_path)
    cdn.store(tmp_path).core(made_up)
    assert parts(tmp_path) == []


def test_two_processes_at_once_fetch_each_file_once(cdn: "CdnDouble", tmp_path: Path, start: Start) -> None:
    files = {BIG: cdn.has(BIG, BODY, pause_after=500_000), "b.whl": cdn.has("b.whl", b"b" * 300_000)}
    first = start(files)
    assert cdn.paused.wait(20)
    second = start(files)
    wait_until_it_waits(second)
    cdn.go_on.set()
    assert (first.wait(20), second.wait(20)) == (0, 0)
    assert sorted(cdn.requests) == ["b.whl", BIG]


def test_a_living_download_is_not_cleared_by_another_process(
    cdn: "CdnDouble", made_up: Runtime, tmp_path: Path, start: Start
) -> None:
    sha256 = cdn.has(BIG, BODY, pause_after=500_000)
    process = start({BIG: sha256})
    wait_until(lambda: any(part.stat().st_size for part in parts(tmp_path)))
    cdn.store(tmp_path).core(made_up)
    cdn.go_on.set()
    assert process.wait(20) == 0
    assert (tmp_path / "files" / sha256 / BIG).read_bytes() == BODY


def test_who_waits_for_a_process_that_is_killed_fetches_the_file_itself(
    cdn: "CdnDouble", tmp_path: Path, start: Start
) -> None:
    sha256 = cdn.has(BIG, BODY, pause_after=500_000)
    first = start({BIG: sha256})
    assert cdn.paused.wait(20)
    second = start({BIG: sha256})
    wait_until_it_waits(second)
    first.kill()
    first.wait()
    assert second.wait(20) == 0
    assert (tmp_path / "files" / sha256 / BIG).read_bytes() == BODY


def test_interrupting_a_download_that_hangs_ends_the_process_at_once(
    cdn: "CdnDouble", tmp_path: Path, start: Start
) -> None:
    process = start({BIG: cdn.has(BIG, BODY, pause_after=500_000)})
    wait_until(lambda: any(part.stat().st_size > 400_000 for part in parts(tmp_path)))
    process.send_signal(signal.SIGINT)
    assert process.wait(10) == -signal.SIGINT  # READ_SECONDS is more than that


def test_a_file_that_may_not_grow_is_an_error_and_nothing_is_left(
    cdn: "CdnDouble", tmp_path: Path, start: Start
) -> None:
    process = start({BIG: cdn.has(BIG, BODY)}, bytes_allowed=400_000)
    _, err = process.communicate(timeout=20)
    assert f"ToolkitError: {BIG} could not be kept in {tmp_path}" in err
    assert "File too large" in err
    assert parts(tmp_path) == []


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 512 KB."""
    if os.geteuid() != 0:
        pytest.skip("only root can mount a tiny disk")
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", disk], capture_output=True)
    if mounted.returncode:
        pytest.skip(f"no tiny disk can be mounted here: {mounted.stderr.decode().strip()}")
    yield disk
    subprocess.run(["umount", disk], check=True)


def test_a_full_disk_is_an_error_that_says_what_to_do_and_leaves_nothing(
    cdn: "CdnDouble", made_up: Runtime, tiny_disk: Path
) -> None:
    wanted = RuntimeFile(made_up, BIG, cdn.has(BIG, BODY))
    with pytest.raises(ToolkitError) as caught:
        cdn.store(tiny_disk).fetch([wanted])
    assert BIG in caught.value.what
    assert "No space left on device" in caught.value.what
    assert "Free some space" in caught.value.hint
    assert parts(tiny_disk) == []
    assert list(tiny_disk.rglob(BIG)) == []


def test_room_made_on_a_full_disk_lets_the_next_run_finish(
    cdn: "CdnDouble", made_up: Runtime, tiny_disk: Path
) -> None:
    wanted = RuntimeFile(made_up, BIG, cdn.has(BIG, BODY[:400_000]))
    ballast = tiny_disk / "ballast"
    ballast.write_bytes(bytes(300_000))
    with pytest.raises(ToolkitError, match="No space left"):
        cdn.store(tiny_disk).fetch([wanted])
    ballast.unlink()
    assert cdn.store(tiny_disk).fetch([wanted])[0].stat().st_size == 400_000
