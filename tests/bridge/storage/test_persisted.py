"""The browser is asked to keep the data once, when there is something to keep and the page was used."""

from pathlib import Path

from pyodide_app.testing import OpenApp

MAIN = '''
import js
from pyodide.code import run_js
from pyodide_app.bridge.storage import mount

# A double: Playwright's own calls count as gestures.
run_js("""
    globalThis.asked = 0;
    navigator.storage.persist = async () => { asked++; return true; };
    globalThis.activation = { hasBeenActive: false };
    Object.defineProperty(navigator, "userActivation", { value: activation });
""")
store = await mount("/data")

async def save():
    with open("/data/file", "ab") as file:
        file.write(b"x")
    await store.flush()
    return js.asked
'''


def test_it_is_asked_once_after_a_gesture_and_a_save(open_app: OpenApp, tmp_path: Path) -> None:
    (tmp_path / "main.py").write_text(MAIN)
    app = open_app(tmp_path)
    assert app.run("await save()") == 0
    app.page.evaluate("activation.hasBeenActive = true")
    assert app.run("js.asked, await save(), await save()") == (0, 1, 1)
