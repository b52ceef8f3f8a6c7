"""What a built site consists of."""

import base64
import hashlib
import json
import posixpath
import re
import zipfile
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from tests.toolkit.site.conftest import Make
from typer.testing import CliRunner

from pyodide_app.toolkit.cli import cli
from pyodide_app.toolkit.errors import ToolkitError
from pyodide_app.toolkit.site._compress import variants
from pyodide_app.toolkit.site._html import with_policy
from pyodide_app.toolkit.site._report import parse_size
from pyodide_app.toolkit.store import Store


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def manifest_of(site: Path, name: str = "main.py") -> dict[str, Any]:
    content: dict[str, Any] = json.loads(site.joinpath(f"{name}.app.json").read_bytes())
    return content


def test_two_builds_of_the_same_are_the_same(make: Make, tmp_path: Path) -> None:
    make(tmp_path / "one")
    make(tmp_path / "two")
    assert tree(tmp_path / "one") == tree(tmp_path / "two")


def test_the_manifest_names_files_that_are_there_with_their_hashes(make: Make) -> None:
    site = make().folder
    manifest = manifest_of(site)
    entries = [*manifest["pyodide"]["files"], manifest["lock"], *manifest["packages"], *manifest["files"]]
    for entry in entries:
        data = site.joinpath(unquote(entry["url"])).read_bytes()
        assert (hashlib.sha256(data).hexdigest(), len(data)) == (entry["sha256"], entry["size"])
    assert not any(entry["url"].startswith("/") for entry in entries)
    lock = json.loads(site.joinpath(manifest["lock"]["url"]).read_bytes())
    for package in lock["packages"].values():
        path = posixpath.normpath(posixpath.join(manifest["pyodide"]["base"], package["file_name"]))
        assert hashlib.sha256(site.joinpath(path).read_bytes()).hexdigest() == package["sha256"]


def test_python_and_packages_go_out_as_bytecode_and_the_app_as_it_is(make: Make) -> None:
    site = make().folder
    names: list[str] = []
    for archive in [*site.rglob("*.zip"), *site.rglob("*.whl")]:
        with zipfile.ZipFile(archive) as content:
            names += content.namelist()
    assert "json/decoder.pyc" in names
    assert "humanize/number.pyc" in names
    assert "pyodide_app/bridge/core.pyc" in names
    assert not [name for name in names if name.endswith(".py")]
    [main] = site.glob("_pyodide_app/files/*/main.py")
    assert b"humanize.intword" in main.read_bytes()


def test_optimized_archives_are_other_files(make: Make, tmp_path: Path) -> None:
    plain, optimized = make(tmp_path / "one").folder, make(tmp_path / "two", optimize=True).folder
    [small], [large] = optimized.rglob("python_stdlib.zip"), plain.rglob("python_stdlib.zip")
    assert small.stat().st_size < large.stat().st_size


def test_pages_link_relatively_and_allow_what_stands_in_them(make: Make) -> None:
    site = make().folder
    for name, up in (("index.html", "./"), ("more/index.html", "./../")):
        text = site.joinpath(name).read_text()
        [script] = re.findall(r'src="([^"]*pyodide-app\.js)"', text)
        assert script.startswith(f"{up}_pyodide_app/runtime-")
        assert site.joinpath(name).parent.joinpath(script).resolve().is_file()
        inline = b'document.documentElement.dataset.inline = "ran";'
        digest = base64.b64encode(hashlib.sha256(inline).digest()).decode()
        [policy] = re.findall(r'Content-Security-Policy" content="([^"]*)"', text)
        assert f"script-src 'self' 'wasm-unsafe-eval' 'sha256-{digest}';" in policy


def test_pages_name_what_their_browser_can_fetch_at_once(make: Make) -> None:
    site = make().folder
    text = site.joinpath("index.html").read_text()
    modules = re.findall(r'<link rel="modulepreload" href="\./([^"]+)">', text)
    names = {posixpath.basename(path) for path in modules}
    assert {"pyodide-app.js", "boot.js", "interpreter.js", "pyodide.mjs", "pyodide.asm.mjs"} <= names
    assert "vdom.js" not in names  # the bridge's parts come while Python starts
    assert all(site.joinpath(path).is_file() for path in modules)


def test_pages_whose_packages_evaluate_javascript_may_do_so() -> None:
    page = "<head></head>"
    assert "'unsafe-eval'" in with_policy(page, evaluates=True)
    assert "'unsafe-eval'" not in with_policy(page, evaluates=False)
    own = '<head><meta http-equiv="Content-Security-Policy" content="default-src *"></head>'
    assert with_policy(own, evaluates=True) == own


def test_hosts_are_told_the_headers(make: Make) -> None:
    site = make().folder
    assert "/*\n" in site.joinpath("_headers").read_text()
    assert "Cross-Origin-Opener-Policy: same-origin" in site.joinpath("_headers").read_text()
    rules = json.loads(site.joinpath("vercel.json").read_bytes())["headers"]
    assert [rule["source"] for rule in rules] == ["/(.*)", "/_pyodide_app/(.*)"]
    assert site.joinpath(".nojekyll").exists()


def test_the_service_worker_knows_every_file_but_what_is_for_hosts(make: Make) -> None:
    site = make().folder
    text = site.joinpath("service-worker.js").read_text()
    known = json.loads(text[text.index("{") : text.rindex("};") + 1])
    for path, sha256 in known["files"].items():
        assert hashlib.sha256(site.joinpath(unquote(path)).read_bytes()).hexdigest() == sha256
    others = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()} - set(
        known["files"]
    )
    assert others == {"_headers", "vercel.json", ".nojekyll", "service-worker.js", "_pyodide_app/build.json"}
    assert [posixpath.basename(path).split("-")[0] for path in known["later"]] == ["markupsafe"]


def test_what_one_app_loads_later_and_another_at_its_start_is_kept_from_the_first_visit(
    make: Make, source: Path
) -> None:
    other = "# /// script\n# [tool.pyodide-app.on-demand]\n# group = ['humanize']\n# ///\n"
    source.joinpath("other.py").write_text(other)
    source.joinpath("other.html").write_text('<pyodide-app src="other.py"></pyodide-app>')
    text = make().folder.joinpath("service-worker.js").read_text()
    known = json.loads(text[text.index("{") : text.rindex("};") + 1])
    assert [path for path in known["files"] if "/humanize-" in path]
    assert not [path for path in known["later"] if "/humanize-" in path]


def test_a_build_in_the_apps_own_folder_is_not_part_of_the_next(make: Make, source: Path) -> None:
    first = tree(make(source / "dist").folder)
    assert tree(make(source / "dist").folder) == first


def test_a_folder_with_other_things_is_left_alone(make: Make, tmp_path: Path) -> None:
    tmp_path.joinpath("site").mkdir()
    tmp_path.joinpath("site/letter.txt").write_text("dear reader")
    with pytest.raises(ToolkitError, match="holds files that no build made"):
        make()
    assert tree(tmp_path / "site") == {"letter.txt": b"dear reader"}


def test_a_build_that_fails_leaves_the_one_before(make: Make, source: Path) -> None:
    before = tree(make().folder)
    source.joinpath("index.html").write_text('<pyodide-app src="gone.py"></pyodide-app>')
    with pytest.raises(ToolkitError, match=r"no Python file gone\.py"):
        make()
    assert tree(source.parent / "site") == before


def test_a_page_that_is_not_utf_8_is_named(make: Make, source: Path) -> None:
    source.joinpath("more/index.html").write_bytes("<p>Grüße</p>".encode("latin-1"))
    with pytest.raises(ToolkitError, match=r"more/index\.html is not UTF-8\.") as caught:
        make()
    assert caught.value.hint == "Save it as UTF-8."


def test_a_service_worker_of_the_apps_own_is_not_overwritten(make: Make, source: Path) -> None:
    source.joinpath("service-worker.js").write_text("// mine")
    with pytest.raises(ToolkitError, match=r"Two files of the site are to be service-worker\.js\."):
        make()


def test_a_single_file_gets_a_page(tmp_path: Path) -> None:
    tmp_path.joinpath("plot.py").write_text("print('hello')\n")
    arguments = ["build", str(tmp_path / "plot.py"), "-o", str(tmp_path / "site"), "--no-compress"]
    result = CliRunner().invoke(cli, arguments)
    assert result.exit_code == 0, result.output
    assert "first visit" in result.output
    assert 'src="plot.py"' in tmp_path.joinpath("site/index.html").read_text()
    assert manifest_of(tmp_path / "site", "plot.py")["entry"] == "plot.py"


def test_over_the_budget_the_command_fails(tmp_path: Path) -> None:
    tmp_path.joinpath("main.py").write_text("print('hello')\n")
    arguments = ["build", str(tmp_path), "-o", str(tmp_path / "site"), "--no-compress", "--budget", "1MB"]
    result = CliRunner().invoke(cli, arguments)
    assert result.exit_code == 1
    assert "over the budget of 1.0 MB" in result.output


@pytest.mark.parametrize(
    ("text", "size"), [("12MB", 12_000_000), ("1.5 kB", 1500), ("7", 7), ("1MiB", 1 << 20)]
)
def test_sizes(text: str, size: int) -> None:
    assert parse_size(text) == size


def test_a_size_that_is_none() -> None:
    with pytest.raises(ToolkitError, match="is no size"):
        parse_size("much")


def test_variants_are_made_where_they_gain(tmp_path: Path) -> None:
    store = Store(tmp_path, quiet=True)
    text = b"a line that comes again and again\n" * 100
    assert [suffix for suffix, _ in variants("a.txt", text, store)] == [".br", ".gz"]
    assert list(variants("a.txt", text, store)) == list(variants("a.txt", text, store))
    assert not list(variants("a.png", text, store))
    assert not list(variants("a.txt", text[:500], store))
