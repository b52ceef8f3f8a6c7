"""Python in the page, run from a test: values and exceptions come back as Python."""

import datetime

import pytest

from pyodide_app.testing import AppPage, PageError


@pytest.mark.pyodide_matrix
def test_the_last_expression_comes_back(pyodide: AppPage) -> None:
    value = pyodide.run("""
        import datetime
        {"when": datetime.date(2024, 2, 29), "which": (1, {2}, b"3", None)}
    """)
    assert value == {"when": datetime.date(2024, 2, 29), "which": (1, {2}, b"3", None)}


@pytest.mark.pyodide_matrix
def test_a_builtin_exception_comes_back_as_itself(pyodide: AppPage) -> None:
    with pytest.raises(KeyError) as raised:
        pyodide.run("""
            def look_up(fruit):
                return {}[fruit]

            look_up("apple")
        """)
    assert raised.value.args == ("apple",)
    [note] = raised.value.__notes__
    assert "return {}[fruit]" in note
    assert "_crossing" not in note


@pytest.mark.pyodide_matrix
def test_await_works_at_the_top_level(pyodide: AppPage) -> None:
    assert pyodide.run("import asyncio; await asyncio.sleep(0, 'slept')") == "slept"


@pytest.mark.pyodide_matrix
def test_names_are_assigned_first(pyodide: AppPage) -> None:
    assert pyodide.run("[*numbers, day]", numbers=(1, 2), day=datetime.date(2024, 1, 1)) == [
        1,
        2,
        datetime.date(2024, 1, 1),
    ]


def test_what_one_run_defines_the_next_one_has(pyodide: AppPage) -> None:
    pyodide.run("def double(x): return 2 * x")
    assert pyodide.run("double(4)") == 8


def test_it_is_what_javascript_sees_as_globals(pyodide: AppPage) -> None:
    pyodide.run("answer = 42")
    js = "document.querySelector('pyodide-app').pyodide.globals.get('answer')"
    assert pyodide.page.evaluate(js) == 42


def test_an_exception_of_ones_own_is_a_page_error(pyodide: AppPage) -> None:
    with pytest.raises(PageError, match=r"__main__\.Empty: no fruit") as raised:
        pyodide.run("class Empty(Exception): pass\nraise Empty('no fruit')")
    assert raised.value.title == "__main__.Empty"
    assert "raise Empty('no fruit')" in raised.value.traceback


def test_arguments_that_do_not_cross_leave_the_message(pyodide: AppPage) -> None:
    with pytest.raises(PageError, match=r"ValueError: <class '__main__\.Own'>"):
        pyodide.run("class Own: pass\nraise ValueError(Own)")


def test_the_cause_is_in_the_traceback(pyodide: AppPage) -> None:
    with pytest.raises(ValueError, match="late") as raised:
        pyodide.run("try: 1 / 0\nexcept ZeroDivisionError as error: raise ValueError('late') from error")
    assert "ZeroDivisionError" in raised.value.__notes__[0]


def test_a_syntax_error_shows_its_line(pyodide: AppPage) -> None:
    with pytest.raises(SyntaxError) as raised:
        pyodide.run("if True\n    pass")
    assert raised.value.text == "if True\n"


def test_the_page_cannot_stop_the_test_run(pyodide: AppPage) -> None:
    with pytest.raises(PageError, match="KeyboardInterrupt"):
        pyodide.run("raise KeyboardInterrupt")


def test_a_failing_assert_is_one_here(pyodide: AppPage) -> None:
    with pytest.raises(AssertionError, match="too few"):
        pyodide.run("assert not [], 'fine'\nassert [], 'too few'")


def test_a_value_that_does_not_cross_is_named(pyodide: AppPage) -> None:
    with pytest.raises(TypeError, match=r"pyodide\.ffi\.JsProxy can't cross"):
        pyodide.run("import js; js.document")


def test_a_semicolon_drops_the_value(pyodide: AppPage) -> None:
    assert pyodide.run("import js; js.document;") is None


def test_an_argument_that_does_not_cross_is_named(pyodide: AppPage) -> None:
    with pytest.raises(TypeError, match="function can't cross"):
        pyodide.run("f()", f=lambda: 1)


def test_what_it_prints_is_on_the_console(pyodide: AppPage) -> None:
    pyodide.run("print('hello'); import sys; print('oh', file=sys.stderr)")
    assert [(line.kind, line.text) for line in pyodide.console] == [("log", "hello"), ("warning", "oh")]


@pytest.mark.pyodide_fresh
def test_code_that_does_not_end_is_given_up(pyodide: AppPage) -> None:
    pyodide.timeout = 0.1
    with pytest.raises(TimeoutError, match=r"not finished after 0\.1 s:\nimport asyncio"):
        pyodide.run("import asyncio\nawait asyncio.Event().wait()")


@pytest.mark.pyodide_fresh
def test_a_page_that_hangs_does_not_hang_the_tests(pyodide: AppPage) -> None:
    pyodide.timeout = 0.1
    with pytest.raises(TimeoutError):
        pyodide.run("while True: pass")
