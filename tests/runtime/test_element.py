"""`<pyodide-app>` loads an app, says how far it is, and gets out of the way."""

from pathlib import Path

import pytest

from pyodide_app.testing import AppPage, OpenApp, expect
from pyodide_app.toolkit.server import Server

STRICT = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'"

PAGE = """<!doctype html>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<title>Test</title>
<script type="module" src="record.js"></script>
<script type="module" src="/_pyodide_app/runtime/pyodide-app.js"></script>
{body}
"""

# Notes what the first element says and how it looks while it loads.
RECORD = """
window.seen = [];
window.violations = [];
addEventListener("securitypolicyviolation", ({ violatedDirective }) => violations.push(violatedDirective));
const app = document.querySelector("pyodide-app");
const name = document.querySelector("#name");
app.addEventListener("progress", ({ detail }) => {
  name.focus();
  const focused = document.activeElement === name;
  const [state, attribute] = [app.getAttribute("state"), app.getAttribute("stage")];
  seen.push({ ...detail, state, attribute, visible: name.checkVisibility(), focused });
});
for (const kind of ["ready", "error"]) {
  app.addEventListener(kind, ({ detail }) => seen.push({ kind, detail, state: app.getAttribute("state") }));
}
"""


def write(folder: Path, body: str, /, **files: str) -> Path:
    folder.joinpath("index.html").write_text(PAGE.format(policy=STRICT, body=body))
    folder.joinpath("record.js").write_text(RECORD)
    for name, text in files.items():
        folder.joinpath(f"{name}.py").write_text(text)
    return folder


FORM = '<pyodide-app src="main.py"><input id="name"></pyodide-app>'


@pytest.mark.pyodide_matrix
def test_an_app_runs_as_a_script_does(open_app: OpenApp, tmp_path: Path) -> None:
    (tmp_path / "helpers").mkdir()
    (tmp_path / "helpers" / "__init__.py").write_text("def greet(name): return f'hello {name}'\n")
    (tmp_path / "data.txt").write_text("Grüße")
    (tmp_path / "main.py").write_text(
        "import asyncio, os, sys\n"
        "from helpers import greet\n"
        "await asyncio.sleep(0)\n"
        "if __name__ == '__main__':\n"
        "    print(greet('you'), __file__, sys.argv, os.getcwd())\n"
        "    os.chdir('/')\n"
        "    import helpers.__init__\n"
        "    print(open('/home/pyodide/data.txt', encoding='utf-8').read(), file=sys.stderr)\n"
    )
    app = open_app(tmp_path)
    lines = [(line.kind, line.text) for line in app.console if line.kind != "debug"]
    assert lines == [
        ("log", "hello you /home/pyodide/main.py ['/home/pyodide/main.py'] /home/pyodide"),
        ("warning", "Grüße"),
    ]


def test_progress_is_told_in_order_and_in_bytes(open_app: OpenApp, tmp_path: Path) -> None:
    app = open_app(write(tmp_path, FORM, main=""))
    seen = app.page.evaluate("seen")
    stages = [each["stage"] for each in seen if "stage" in each]
    assert list(dict.fromkeys(stages)) == ["manifest", "runtime", "packages", "app"]
    assert [each["attribute"] for each in seen if "stage" in each] == stages
    loaded = [each["loaded"] for each in seen if "stage" in each]
    assert loaded == sorted(loaded)
    assert loaded[-1] == seen[-2]["total"] > 10_000_000


def test_children_are_visible_but_inert_while_it_loads(open_app: OpenApp, tmp_path: Path) -> None:
    app = open_app(write(tmp_path, FORM, main=""))
    seen = [each for each in app.page.evaluate("seen") if "stage" in each]
    assert {(each["state"], each["visible"], each["focused"]) for each in seen} == {("loading", True, False)}
    app.page.locator("#name").fill("usable now")


def test_a_strict_content_security_policy_is_kept(open_app: OpenApp, tmp_path: Path) -> None:
    write(tmp_path, FORM.replace(" src", " output src"), main="print('printed')\n1 / 0\n")
    app = open_app(tmp_path, wait="error", allow_errors=True)
    expect(app.page.get_by_role("alert")).to_contain_text("ZeroDivisionError")
    expect(app.page.get_by_role("log")).to_have_text("printed")
    assert app.page.evaluate("violations") == []


def test_ready_comes_once_the_top_level_is_through(open_app: OpenApp, tmp_path: Path) -> None:
    code = "import asyncio\nawait asyncio.sleep(0.1)\nresult = 7\n"
    app = open_app(write(tmp_path, FORM, main=code))
    assert app.page.evaluate("seen.at(-1)") == {"kind": "ready", "detail": None, "state": "ready"}
    ready = "document.querySelector('pyodide-app').ready.then((pyodide) => pyodide.globals.get('result'))"
    assert app.page.evaluate(ready) == 7


def test_an_app_that_never_ends_its_top_level_runs(open_app: OpenApp, tmp_path: Path) -> None:
    code = "import asyncio\nprint('on')\nwhile True:\n    await asyncio.sleep(0.1)\n"
    app = open_app(write(tmp_path, FORM, main=code), wait=None)
    element = app.page.locator("pyodide-app")
    expect(element).to_have_attribute("state", "running", timeout=60_000)
    app.page.locator("#name").fill("usable")
    expect(app.page.get_by_role("progressbar")).to_be_hidden()


@pytest.mark.parametrize("version", ["0.27.7", "314.0.3"])
def test_asyncio_run_works(open_app: OpenApp, tmp_path: Path, version: str) -> None:
    main = "async def main():\n    await asyncio.sleep(0.01)\n    print('ran')\n"
    (tmp_path / "main.py").write_text(f"import asyncio\n{main}asyncio.run(main())\n")
    app = open_app(tmp_path, pyodide=version)
    assert [line.text for line in app.console if line.kind == "log"] == ["ran"]


def test_where_asyncio_run_cannot_work_the_panel_says_what_does(open_app: OpenApp, tmp_path: Path) -> None:
    (tmp_path / "main.py").write_text("import asyncio\nasync def main(): pass\nasyncio.run(main())\n")
    app = open_app(tmp_path, pyodide="0.26.1", wait="error", allow_errors=True)
    expect(app.page.get_by_role("alert")).to_contain_text("await main()")


def test_ending_on_purpose_is_no_error(open_app: OpenApp, tmp_path: Path) -> None:
    (tmp_path / "main.py").write_text("import sys\nsys.exit(3)\n")
    app = open_app(tmp_path)
    expect(app.page.get_by_role("alert")).to_be_hidden()


def test_two_apps_on_one_page_run_apart(open_app: OpenApp, tmp_path: Path) -> None:
    body = f'{FORM}<pyodide-app src="other.py"></pyodide-app>'
    app = open_app(write(tmp_path, body, main="name = 'one'", other="name = 'other'"))
    second = app.page.locator("pyodide-app").nth(1)
    expect(second).to_have_attribute("state", "ready", timeout=60_000)
    names = "[...document.querySelectorAll('pyodide-app')].map((app) => app.pyodide.globals.get('name'))"
    assert app.page.evaluate(names) == ["one", "other"]


def test_two_versions_on_one_page_are_refused(app: AppPage, tmp_path: Path) -> None:
    body = f'{FORM}<pyodide-app src="other.py"></pyodide-app>'
    old = '# /// script\n# [tool.pyodide-app]\n# pyodide = "0.27.7"\n# ///\n'
    with Server(write(tmp_path, body, main="", other=old)) as server:  # each app's own choice counts
        app.page.goto(server.url)
        # Whichever comes second; that depends on the downloads.
        refused = expect(app.page.get_by_role("alert"))
        refused.to_contain_text("Two versions of Pyodide on one page", timeout=30_000)


ONCE = """
app.addEventListener("progress", function act({{ detail }}) {{
  if (detail.stage !== "runtime" || detail.loaded === 0) return;
  app.removeEventListener("progress", act);
  {action}
}});
"""


def test_an_element_that_leaves_while_it_loads_stops(open_app: OpenApp, tmp_path: Path) -> None:
    write(tmp_path, FORM, main="print('ran')")
    back = "app.remove(); seen.length = 0; setTimeout(() => document.body.append(app), 100);"
    with (tmp_path / "record.js").open("a") as file:
        file.write(ONCE.format(action=back))
    app = open_app(tmp_path)
    assert app.page.evaluate("seen[0].stage") == "manifest"
    assert [line.text for line in app.console if line.kind == "log"] == ["ran"]


def test_a_moved_element_goes_on_loading(open_app: OpenApp, tmp_path: Path) -> None:
    write(tmp_path, f"<main></main>{FORM}", main="")
    with (tmp_path / "record.js").open("a") as file:
        file.write(ONCE.format(action="document.querySelector('main').append(app);"))
    app = open_app(tmp_path)
    assert app.page.locator("main pyodide-app").count() == 1
    assert (
        app.page.evaluate("seen.filter(({ stage, total }) => stage === 'manifest' && total === 0).length")
        == 1
    )


def test_an_element_without_src_says_so(open_app: OpenApp, tmp_path: Path) -> None:
    write(tmp_path, "<pyodide-app><i id=name></i></pyodide-app>", main="")
    app = open_app(tmp_path, wait="error", allow_errors=True)
    expect(app.page.get_by_role("alert")).to_contain_text('Write <pyodide-app src="main.py">')


def test_without_webassembly_the_panel_says_so(open_app: OpenApp, tmp_path: Path) -> None:
    write(tmp_path, FORM, main="")
    with (tmp_path / "record.js").open("a") as file:
        file.write("delete globalThis.WebAssembly;")
    app = open_app(tmp_path, wait="error", allow_errors=True)
    expect(app.page.get_by_role("alert")).to_contain_text("This browser cannot run Python")


OLD_BROWSERS = {
    "compiles": "WebAssembly.compileStreaming = refuse;",
    "instantiates": """\
const instantiate = WebAssembly.instantiate;  // Pyodide itself needs it for a small module without imports
WebAssembly.instantiate = (module, imports) => (imports?.env ? refuse() : instantiate(module, imports));
""",
}


@pytest.mark.parametrize("step", OLD_BROWSERS)
def test_wasm_that_the_browser_cannot_take_is_told_at_once(
    open_app: OpenApp, tmp_path: Path, step: str
) -> None:
    write(tmp_path, FORM, main="")
    with (tmp_path / "record.js").open("a") as file:
        file.write("const refuse = () => Promise.reject(new TypeError('unknown opcode'));\n")
        file.write(OLD_BROWSERS[step])
    app = open_app(tmp_path, wait="error", allow_errors=True)
    expect(app.page.get_by_role("alert")).to_contain_text("Python could not be started")
    expect(app.page.get_by_role("alert")).to_contain_text("unknown opcode")


COUNTED = """
const { Module } = WebAssembly;
window.compiled = [];
window.counting = WebAssembly.Module = new Proxy(Module, {
  construct(_, [bytes]) {
    compiled.push(Array.from(bytes).join());
    return new Module(bytes);
  },
});
"""


@pytest.mark.pyodide_matrix
def test_what_wraps_functions_of_javascript_is_compiled_once_for_each_signature(
    open_app: OpenApp, tmp_path: Path
) -> None:
    write(tmp_path, FORM, main="")
    with (tmp_path / "record.js").open("a") as file:
        file.write(COUNTED)
    app = open_app(tmp_path)
    compiled = app.page.evaluate("compiled")
    assert len(compiled) == len(set(compiled)) > 5
    assert app.page.evaluate("WebAssembly.Module === counting")  # it is the page's again
