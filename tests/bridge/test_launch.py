"""How an app's entry runs and which exceptions are reported, as far as that needs no browser."""

import asyncio
import json
import sys
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from pyodide_app.bridge import _launch


@pytest.fixture
def main(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[ModuleType]:
    """An empty `__main__`; sys.path and sys.argv are put back."""
    module = ModuleType("__main__")
    monkeypatch.setitem(sys.modules, "__main__", module)
    monkeypatch.setattr(sys, "path", ["", *sys.path])
    monkeypatch.setattr(sys, "argv", [])
    yield module


def run(path: Path, code: str) -> tuple[str, list[str]]:
    path.write_text(code)
    told: list[str] = []

    async def start() -> str:
        report = await _launch.run(str(path), lambda: told.append("started"))
        await asyncio.sleep(0)
        return report

    return asyncio.run(start()), told


def test_the_entry_runs_as_main_with_top_level_await(main: ModuleType, tmp_path: Path) -> None:
    code = "import asyncio\nasync def f(): return __name__\nname = await f()\n"
    report, told = run(tmp_path / "main.py", code)
    assert report == ""
    assert told == ["started"]
    assert vars(main)["name"] == "__main__"
    assert vars(main)["__file__"] == str(tmp_path / "main.py")
    assert sys.path[0] == str(tmp_path)


def test_started_comes_at_the_first_wait_not_at_the_end(main: ModuleType, tmp_path: Path) -> None:
    vars(main)["told"] = told = list[str]()
    path = tmp_path / "main.py"
    path.write_text("import asyncio\nawait asyncio.sleep(0)\nawait asyncio.sleep(0)\ntold.append('end')\n")
    asyncio.run(_launch.run(str(path), lambda: told.append("started")))
    assert told == ["started", "end"]


def test_the_entrys_encoding_is_what_it_declares(main: ModuleType, tmp_path: Path) -> None:
    path = tmp_path / "main.py"
    path.write_bytes("# coding: latin-1\nword = 'Grüße'\n".encode("latin-1"))
    assert asyncio.run(_launch.run(str(path), lambda: None)) == ""
    assert vars(main)["word"] == "Grüße"


def test_an_exception_becomes_a_report(main: ModuleType, tmp_path: Path) -> None:
    report, _ = run(tmp_path / "main.py", "raise ValueError('x')")
    assert json.loads(report)["title"] == "ValueError"


def test_leaving_with_a_message_writes_it(
    main: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report, _ = run(tmp_path / "main.py", "import sys\nsys.exit('bye')\n")
    assert report == ""
    assert capsys.readouterr().err == "bye\n"


def test_check_reports_the_saved_text_and_forgets_it(tmp_path: Path) -> None:
    path = tmp_path / "main.py"
    path.write_text("good = 1\n")
    report = json.loads(_launch.check("x =\n", str(path)))
    assert report["title"] == "SyntaxError"
    assert "x =" in report["traceback"]
    assert _launch.check("await nothing()\n", str(path)) == ""
    assert _launch.check("a\0b", str(path))


class Shown(list[dict[str, Any]]):
    """The reports that came."""

    def show(self, report: str) -> None:
        self.append(json.loads(report))


async def fail(message: str) -> None:
    raise OSError(message)


def watched(program: Callable[[], Coroutine[None, None, None]], monkeypatch: pytest.MonkeyPatch) -> Shown:
    """The reports of a program that runs on a watched loop, with a patience of 20 ms."""
    monkeypatch.setattr(_launch, "_PATIENCE", 0.02)
    shown = Shown()

    async def start() -> None:
        _launch.watch_loop(asyncio.get_running_loop(), shown.show)
        await program()

    asyncio.run(start())
    return shown


def test_a_task_that_somebody_holds_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    async def program() -> None:
        task = asyncio.create_task(fail("held"))
        await asyncio.sleep(0.1)
        assert task.done()

    (report,) = watched(program, monkeypatch)
    assert report["message"] == "held"
    assert report["where"] == "task fail"


def test_a_task_that_is_awaited_in_time_is_not_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    async def program() -> None:
        task = asyncio.create_task(fail("awaited"))
        await asyncio.wait([task])
        with pytest.raises(OSError, match="awaited"):
            await task
        await asyncio.sleep(0.1)

    assert watched(program, monkeypatch) == []


def test_a_cancelled_task_is_not_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    async def program() -> None:
        asyncio.create_task(asyncio.sleep(9)).cancel()
        await asyncio.sleep(0.1)

    assert watched(program, monkeypatch) == []


def test_a_callback_of_the_loop_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    async def program() -> None:
        asyncio.get_running_loop().call_soon(lambda: 1 / 0)
        await asyncio.sleep(0)
        await asyncio.sleep(0)

    (report,) = watched(program, monkeypatch)
    assert report["title"] == "ZeroDivisionError"
    assert report["where"] == "event loop"


def test_an_exception_on_its_way_to_javascript_is_found_by_its_text(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    texts = []
    for message in ("first", "second"):
        try:
            raise LookupError(message)
        except LookupError as error:
            _launch._note_crossing(LookupError, error, error.__traceback__)
            texts.append(capfd.readouterr().err)
    assert json.loads(_launch.crossed(texts[0]))["message"] == "first"
    assert json.loads(_launch.crossed(texts[1]))["message"] == "second"
    assert _launch.crossed(texts[0]) == ""  # once


def test_an_entry_that_never_waits_has_started_when_it_ends(main: ModuleType, tmp_path: Path) -> None:
    path, told = tmp_path / "main.py", []
    path.write_text("pass", encoding="utf-8")

    async def run() -> None:
        await _launch.run(str(path), lambda: told.append("started"))
        assert told == ["started"]

    asyncio.run(run())
    assert told == ["started"]
