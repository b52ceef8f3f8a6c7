"""What comes over the network is checked before it is used, and what is wrong with it is told."""

from typing import TYPE_CHECKING

import pytest

from pyodide_app.testing import AppPage, expect

if TYPE_CHECKING:
    from tests.runtime.conftest import FaultyServer


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("missing", ["pyodide.asm.wasm is not there", "404", "deployed"]),
        ("html", ["pyodide.asm.wasm is not the file", "is an HTML page"]),
        ("truncated", ["pyodide.asm.wasm is not the file", "was cut off"]),
        ("damaged", ["pyodide.asm.wasm is not the file", "wrong hash"]),
        ("wrong_type", ["pyodide.asm.wasm comes with the wrong type", "application/wasm"]),
        ("dropped", ["pyodide.asm.wasm could not be downloaded", "network"]),
        ("stalled", ["pyodide.asm.wasm stands still", "10 seconds"]),
    ],
)
def test_a_bad_wasm_is_told(app: AppPage, faulty: "FaultyServer", fault: str, words: list[str]) -> None:
    faulty.fail(".wasm", fault)
    app.page.goto(faulty.url)
    app.wait_error()
    panel = app.page.get_by_role("alert")
    for text in [*words, f"{faulty.url}_pyodide_app/pyodide/"]:
        expect(panel).to_contain_text(text)


@pytest.mark.parametrize(
    ("part", "fault", "words"),
    [
        ("python_stdlib.zip", "damaged", ["python_stdlib.zip", "wrong hash"]),
        ("pyodide.mjs", "html", ["pyodide.mjs", "is an HTML page"]),
        ("pyodide-lock.json", "truncated", ["pyodide-lock.json", "was cut off"]),
        ("main.py?", "missing", ["main.py", "404"]),
        ("main.py.app.json", "missing", ["main.py.app.json is not there", "404"]),
        ("main.py.app.json", "html", ["manifest cannot be read", "is an HTML page"]),
        ("main.py.app.json", "truncated", ["manifest cannot be read", "is not JSON"]),
    ],
)
def test_a_bad_file_is_told(
    app: AppPage, faulty: "FaultyServer", part: str, fault: str, words: list[str]
) -> None:
    faulty.fail(part, fault)
    app.page.goto(faulty.url)
    app.wait_error()
    for text in words:
        expect(app.page.get_by_role("alert")).to_contain_text(text)


PACKAGED = "# /// script\n# dependencies = ['six']\n# ///\n"


def test_a_bad_package_is_told(app: AppPage, faulty: "FaultyServer") -> None:
    faulty.folder.joinpath("main.py").write_text(PACKAGED)
    faulty.fail("six-", "damaged")
    app.page.goto(faulty.url)
    app.wait_error()
    for text in (".whl", "wrong hash", "packages"):
        expect(app.page.get_by_role("alert")).to_contain_text(text)


def test_retry_loads_the_app_without_reloading_the_page(app: AppPage, faulty: "FaultyServer") -> None:
    faulty.fail(".wasm", "damaged")
    app.page.goto(faulty.url)
    app.wait_error()
    app.page.evaluate("window.samePage = true")
    faulty.heal()
    app.page.get_by_role("button", name="Retry").click()
    app.wait_ready()
    assert app.page.evaluate("window.samePage") is True
    assert [line.text for line in app.console if line.kind == "log"] == ["it runs"]
    expect(app.page.get_by_role("alert")).to_be_hidden()


def test_retry_after_python_began_reloads_the_page(app: AppPage, faulty: "FaultyServer") -> None:
    faulty.folder.joinpath("main.py").write_text(PACKAGED)
    faulty.fail("six-", "damaged")
    app.page.goto(faulty.url)
    app.wait_error()
    faulty.heal()
    app.page.get_by_role("button", name="Retry").click()
    expect(app.page.locator("pyodide-app")).to_have_attribute("state", "ready", timeout=60_000)


def test_a_bad_copy_in_the_browsers_cache_is_fetched_anew(app: AppPage, faulty: "FaultyServer") -> None:
    faulty.fail("python_stdlib.zip", "damaged")
    app.page.goto(faulty.url)
    app.wait_error()
    faulty.heal()
    app.page.reload()  # the browser would use its copy: the address promises never to change
    app.wait_ready()


def test_the_server_that_goes_away_is_told(app: AppPage, faulty: "FaultyServer") -> None:
    app.page.goto(faulty.url)
    app.wait_ready()
    faulty.fail("main.py.app.json", "hung_up")
    app.page.reload()
    app.wait_error()
    expect(app.page.get_by_role("alert")).to_contain_text("main.py.app.json could not be downloaded")


def test_pyodide_gets_its_files_from_the_browsers_cache(app: AppPage, faulty: "FaultyServer") -> None:
    app.page.goto(faulty.url)
    app.wait_ready()
    # But for the .wasm: tests run in a private window, whose cache takes no file as large as that.
    asked = [path for path in faulty.requests if path.startswith("/_pyodide_app/") and ".wasm" not in path]
    assert len(asked) == len(set(asked))


NO_SUBTLE = "Object.defineProperty(crypto, 'subtle', { value: undefined })"  # as on a page of plain http


def test_without_subtle_crypto_a_good_app_loads(app: AppPage, faulty: "FaultyServer") -> None:
    app.page.add_init_script(NO_SUBTLE)
    app.page.goto(faulty.url)
    app.wait_ready()


def test_without_subtle_crypto_a_bad_file_is_told(app: AppPage, faulty: "FaultyServer") -> None:
    app.page.add_init_script(NO_SUBTLE)
    faulty.fail("python_stdlib.zip", "damaged")
    app.page.goto(faulty.url)
    app.wait_error()
    expect(app.page.get_by_role("alert")).to_contain_text("wrong hash")
