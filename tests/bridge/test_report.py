"""A report quotes the author's own lines and leaves Pyodide's frames out."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from pyodide_app.bridge._report import Raised, Report, report, summarize

Fail = Callable[..., Report]


@pytest.fixture
def fail(tmp_path: Path) -> Fail:
    """Run a text as the author's main.py and report what it raises."""

    def fail(code: str, *, name: str = "home/main.py", **namespace: object) -> Report:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(code)
        try:
            exec(compile(code, str(path), "exec"), {"__name__": "__main__", **namespace})
        except BaseException as error:
            assert error.__traceback__
            error = error.with_traceback(error.__traceback__.tb_next)  # without the frame above
            return report(summarize(error), "test", str(tmp_path / "home"))
        raise AssertionError("nothing was raised")

    return fail


def own(raised: Raised) -> list[str]:
    return [f"{frame['file']}:{frame['line']}" for frame in raised["frames"] if frame["own"]]


def test_the_failing_line_is_quoted_with_its_neighbours(fail: Fail) -> None:
    raised = fail("a = 1\nb = 2\ndef f():\n    return a + [b]\n\n\nf()\n")["chain"][0]
    assert own(raised) == ["main.py:7", "main.py:4"]
    frame = raised["frames"][-1]
    assert frame["name"] == "f"
    assert [line["number"] for line in frame["source"]] == [2, 3, 4]
    assert frame["source"][2]["text"] == "    return a + [b]"
    assert frame["source"][2]["text"][frame["start"] : frame["end"]] == "a + [b]"


def test_the_mark_counts_characters_after_the_margin_is_removed(fail: Fail) -> None:
    raised = fail('def f():\n    if True:\n        x = "ü€😀" + 1\nf()\n')["chain"][0]
    frame = raised["frames"][-1]
    line = next(line["text"] for line in frame["source"] if line["number"] == 3)
    assert line[frame["start"] : frame["end"]] == '"ü€😀" + 1'


def test_a_mark_over_the_whole_line_is_left_out(fail: Fail) -> None:
    frame = fail("1 / 0\n")["chain"][0]["frames"][-1]
    assert frame["start"] == frame["end"]


def test_library_frames_are_named_but_not_quoted(fail: Fail) -> None:
    raised = fail("import json\njson.loads('{')\n")["chain"][0]
    library = [frame for frame in raised["frames"] if not frame["own"]]
    assert own(raised) == ["main.py:2"]
    assert {frame["file"] for frame in library} == {"json/__init__.py", "json/decoder.py"}
    assert all(frame["source"] == [] for frame in library)


@pytest.mark.parametrize(
    "machinery",
    [
        "lib/python314.zip/_pyodide/_base.py",
        "lib/python312.zip/pyodide/webloop.py",
        "lib/python3.14/site-packages/pyodide_app/bridge/_launch.py",
    ],
)
def test_frames_of_the_machinery_are_left_out(fail: Fail, machinery: str) -> None:
    told = fail("def call(f): return f()\ncall(lambda: 1 / 0)\n", name=machinery)
    assert told["chain"][0]["frames"] == []
    assert told["traceback"] == "ZeroDivisionError: division by zero\n"


def test_the_authors_folder_may_be_called_pyodide(fail: Fail) -> None:
    assert own(fail("1 / 0", name="home/pyodide/tools.py")["chain"][0]) == ["pyodide/tools.py:1"]


def test_a_cause_follows_the_exception_that_it_led_to(fail: Fail) -> None:
    code = "try:\n    {}['key']\nexcept KeyError as error:\n    raise ValueError('outer') from error\n"
    first, cause = fail(code)["chain"]
    assert (first["type"], first["message"], first["link"]) == ("ValueError", "outer", "")
    assert (cause["type"], cause["message"]) == ("KeyError", "'key'")
    assert cause["link"]


def test_a_suppressed_context_is_not_shown(fail: Fail) -> None:
    code = "try:\n    {}['key']\nexcept KeyError:\n    raise ValueError('outer') from None\n"
    assert len(fail(code)["chain"]) == 1


def test_a_group_has_its_parts(fail: Fail) -> None:
    code = "raise ExceptionGroup('both', [ValueError('a'), ExceptionGroup('inner', [TypeError('b')])])"
    first, second = fail(code)["chain"][0]["parts"]
    assert first[0]["message"] == "a"
    assert second[0]["parts"][0][0]["type"] == "TypeError"


def test_a_syntax_error_names_its_place(fail: Fail) -> None:
    told = fail("if x = 1:\n    pass\n")
    frame = told["chain"][0]["frames"][-1]
    assert told["title"] == "SyntaxError"
    assert "\n" not in told["message"]
    assert (frame["file"], frame["line"]) == ("main.py", 1)
    assert frame["source"][0]["text"][frame["start"] : frame["end"]] == "x = 1"


def test_notes_are_kept(fail: Fail) -> None:
    code = "error = ValueError('x')\nerror.add_note('look here')\nraise error\n"
    assert fail(code)["chain"][0]["notes"] == ["look here"]


def test_an_authors_type_has_no_module_and_a_librarys_has(fail: Fail) -> None:
    assert fail("class MyError(Exception): pass\nraise MyError('x')\n")["title"] == "MyError"
    assert fail("import json\njson.loads('')\n")["title"] == "json.decoder.JSONDecodeError"


def test_a_missing_module_comes_with_advice(fail: Fail) -> None:
    assert "dependencies" in fail("import nowhere_at_all")["hint"]


def test_an_exception_that_cannot_say_what_it_is_still_shows(fail: Fail) -> None:
    told = fail("class Bad(Exception):\n    def __str__(self): raise ValueError\nraise Bad\n")
    assert told["title"] == "Bad"
    assert told["message"]


def test_huge_messages_and_deep_stacks_are_cut(fail: Fail) -> None:
    told = fail("raise ValueError('x' * 1_000_000)")
    assert len(json.dumps(told)) < 300_000
    deep = fail("def f(n): return f(n + 1)\nf(0)\n")["chain"][0]
    assert len(deep["frames"]) == 20
    assert "left out" in deep["notes"][-1]
