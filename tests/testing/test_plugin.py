"""What the plugin adds to a pytest run: selection, reports, errors that nobody asked for."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

RunPytest = Callable[..., str]


# --- which version a test runs on ---

SELECTION = """
    import pytest

    @pytest.mark.pyodide_matrix
    def test_on_all(open_app, pyodide): ...

    def test_on_one(pyodide, pyodide_version): ...
"""


def collected(output: str) -> list[str]:
    return re.findall(r"^test_it\.py::(\S+)", output, re.MULTILINE)


def test_a_marked_test_runs_on_a_version_of_every_series(run_pytest: RunPytest) -> None:
    versions = ["0.26.1", "0.27.7", "0.28.3", "0.29.0", "314.0.3"]
    assert collected(run_pytest(SELECTION, "--collect-only", "-q")) == [
        *(f"test_on_all[{version}]" for version in versions),
        "test_on_one",
    ]


def test_the_option_picks_the_versions(run_pytest: RunPytest) -> None:
    options = ["--pyodide-version", "0.28.3", "--pyodide-version=0.27.7"]
    assert collected(run_pytest(SELECTION, "--collect-only", "-q", *options)) == [
        "test_on_all[0.28.3]",
        "test_on_all[0.27.7]",
        "test_on_one",
    ]


def test_all_are_picked_by_one_word(run_pytest: RunPytest) -> None:
    output = run_pytest(SELECTION, "--collect-only", "-q", "--pyodide-version=all")
    assert len(collected(output)) == 7


def test_an_unmarked_test_runs_on_the_first(run_pytest: RunPytest) -> None:
    tests = "def test_it(pyodide_version): assert pyodide_version == '0.29.0'"
    output = run_pytest(tests, "--pyodide-version=0.29.0", "--pyodide-version=0.27.7")
    assert "1 passed" in output


def test_an_unknown_version_is_an_error_with_the_list(run_pytest: RunPytest) -> None:
    output = run_pytest(SELECTION, "--pyodide-version=0.1")
    assert re.search(r"ERROR: --pyodide-version: .*0\.1.*", output)
    assert "314.0.3" in output


def test_the_marker_needs_a_test_that_runs_pyodide(run_pytest: RunPytest) -> None:
    output = run_pytest("import pytest\n@pytest.mark.pyodide_matrix\ndef test_it(): ...")
    assert "test_it.py::test_it is marked pyodide_matrix, but runs no Pyodide" in output


def test_a_package_that_pyodide_does_not_have_skips_its_test(run_pytest: RunPytest) -> None:
    output = run_pytest(
        """
        import pytest

        @pytest.mark.pyodide_packages("no-such-package")
        def test_it(pyodide): ...
        """
    )
    assert re.search(r"SKIPPED.*Pyodide \S+ has no no-such-package", output)


# --- what a report says ---

FAILING = '''
    import pytest

    def test_value(open_app):
        assert open_app().run("6 * 7") == 43

    def test_traceback(pyodide):
        pyodide.run("def divide(): return 1 / 0\\ndivide()")

    def test_many_lines(pyodide):
        pyodide.run("for number in range(150): print('line', number)")
        assert False

    @pytest.mark.asyncio
    async def test_async(pyodide):
        assert pyodide.run("'beside'") == "beside"

    LATER = """
        import asyncio
        asyncio.get_running_loop().call_soon(lambda: {}['lost'])
        await asyncio.sleep(0.1)
    """

    def test_unexpected(pyodide):
        pyodide.run(LATER)

    def test_expected(pyodide):
        pyodide.allow_errors = True
        pyodide.run(LATER)
        assert "KeyError" in pyodide.errors[0]

    def test_callback(pyodide):
        pyodide.page.on("console", lambda message: [].pop())
        with pyodide.page.expect_console_message():  # it may come after the answer
            pyodide.run("print('heard')")
'''


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a project whose tests fail in each way."""
    return tmp_path_factory.mktemp("failing")


@pytest.fixture(scope="module")
def report(run_pytest: RunPytest, project: Path) -> str:
    """Of its run."""
    return run_pytest(FAILING, folder=project)


def part(report: str, test: str) -> str:
    """The report's part on one test."""
    pattern = rf"^_+ (?:ERROR at teardown of )?{test} _+$(.*?)^(?:_{{5}}|={{5}})"
    [found] = re.findall(pattern, report, re.MULTILINE | re.DOTALL)
    return str(found)


def test_plain_and_async_tests_are_counted_as_they_should(report: str) -> None:
    assert "3 failed, 4 passed, 2 errors" in report


def test_a_failure_shows_the_console(report: str) -> None:
    assert re.search(r"Console of the page.*\nlog +hello", part(report, "test_value"))


def test_a_failure_names_its_screenshot(report: str, project: Path) -> None:
    [picture] = re.findall(r"Screenshot: (.*\.png)", part(report, "test_value"))
    assert Path(picture).parent == project / "test-results"
    assert Path(picture).read_bytes().startswith(b"\x89PNG")


def test_an_exception_shows_the_pages_own_lines(report: str) -> None:
    found = part(report, "test_traceback")
    assert "def divide(): return 1 / 0" in found
    assert "_crossing.py" not in found


def test_a_long_console_is_cut_at_its_beginning(report: str) -> None:
    found = part(report, "test_many_lines")
    assert "… 50 earlier lines" in found
    assert "line 149" in found
    assert "line 49\n" not in found


def test_an_error_that_nobody_expected_fails_the_test_at_its_end(report: str) -> None:
    found = part(report, "test_unexpected")
    assert "The page had errors that the test did not expect" in found
    assert "KeyError: 'lost'" in found
    assert "Screenshot: " in found


def test_a_failing_callback_fails_its_test(report: str) -> None:
    assert "IndexError('pop from empty list')" in part(report, "test_callback")


# --- what is missing ---


def test_no_browser_is_one_sentence(run_pytest: RunPytest, tmp_path: Path) -> None:
    nowhere = dict.fromkeys(
        ["PATH", "HOME", "XDG_CACHE_HOME", "PLAYWRIGHT_BROWSERS_PATH", "LOCALAPPDATA"], str(tmp_path)
    )
    output = run_pytest("def test_it(pyodide): ...", environment=nowhere)
    assert "No browser to test in: install Chromium" in output
    assert "Traceback" not in output
