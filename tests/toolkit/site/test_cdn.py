"""A site that refers to the Pyodide CDN: what it takes from there, and what it brings along all the same."""

import hashlib
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from tests.toolkit.site.conftest import PAGE
from typer.testing import CliRunner

from pyodide_app.toolkit import runtimes
from pyodide_app.toolkit.cli import cli
from pyodide_app.toolkit.site import Built, Options, build
from pyodide_app.toolkit.store import Store

FOLDER = f"https://cdn.jsdelivr.net/pyodide/v{runtimes.DEFAULT}/full/"
APP = """\
# /// script
# dependencies = ["humanize", "six"]
# [tool.pyodide-app.on-demand]
# more = ["micropip"]
# ///
import humanize, six
"""

Make = Callable[..., Built]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "app"
    folder.mkdir()
    folder.joinpath("main.py").write_text(APP)
    folder.joinpath("index.html").write_text(PAGE.format(src="main.py"))
    return folder


@pytest.fixture
def make(source: Path, tmp_path: Path) -> Make:
    def make(name: str = "site", cdn: str | None = runtimes.CDN) -> Built:
        return build(source, tmp_path / name, Options(compress=False, cdn=cdn), Store(quiet=True))

    return make


def manifest_of(built: Built) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(built.folder.joinpath("main.py.app.json").read_bytes())
    return content


def files_of(built: Built) -> set[str]:
    return {path.name for path in built.folder.rglob("*") if path.is_file()}


def test_what_the_cdn_has_is_named_there_with_its_pins_and_stays_out_of_the_folder(make: Make) -> None:
    built = make()
    manifest, runtime = manifest_of(built), runtimes.get()
    official = Store(quiet=True).runtime_lock(runtime)["packages"]
    core = {file["name"]: file for file in manifest["pyodide"]["files"]}
    wasm = runtime.core["pyodide.asm.wasm"]
    assert core[wasm.name] == {
        "name": wasm.name,
        "url": FOLDER + wasm.name,
        "sha256": wasm.sha256,
        "size": wasm.size,
    }
    lock = json.loads(built.folder.joinpath(manifest["lock"]["url"]).read_bytes())["packages"]
    packages = {package["name"]: package for package in manifest["packages"]}
    for name in ("six", "micropip"):
        pin = official[name]
        assert (packages[name]["url"], packages[name]["sha256"]) == (FOLDER + pin["file_name"], pin["sha256"])
        assert (lock[name]["file_name"], lock[name]["sha256"]) == (FOLDER + pin["file_name"], pin["sha256"])
        assert pin["file_name"] not in files_of(built)
    assert wasm.name not in files_of(built)


def test_scripts_and_what_is_made_here_stay_in_the_site(make: Make) -> None:
    built = make()
    manifest = manifest_of(built)
    own = [
        file
        for file in [*manifest["pyodide"]["files"], *manifest["packages"]]
        if not file["url"].startswith(FOLDER)
    ]
    names = {file["name"] for file in own}
    assert names == {"pyodide.mjs", "pyodide.asm.mjs", "python_stdlib.zip", "humanize"}
    for file in own:
        data = built.folder.joinpath(unquote(file["url"])).read_bytes()
        assert hashlib.sha256(data).hexdigest() == file["sha256"]


def test_the_service_worker_knows_the_files_on_the_cdn(make: Make) -> None:
    built = make()
    text = built.folder.joinpath("service-worker.js").read_text()
    known = json.loads(text[text.index("{") : text.rindex("};") + 1])
    manifest = manifest_of(built)
    there = {
        file["url"]: file["sha256"]
        for file in [*manifest["pyodide"]["files"], *manifest["packages"]]
        if file["url"].startswith(FOLDER)
    }
    assert {url: sha256 for url, sha256 in known["files"].items() if ":" in url} == there
    assert [url.startswith(f"{FOLDER}micropip-") for url in known["later"] if ":" in url] == [True]


def test_the_policy_allows_scripts_of_the_site_only(make: Make) -> None:
    text = make().folder.joinpath("index.html").read_text()
    [policy] = re.findall(r'Content-Security-Policy" content="([^"]*)"', text)
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert "*" in rules["connect-src"].split()
    assert "jsdelivr" not in rules["script-src"]


def test_two_builds_are_the_same(make: Make) -> None:
    one, two = make("one").folder, make("two").folder
    content = [
        {path.relative_to(site): path.read_bytes() for path in site.rglob("*") if path.is_file()}
        for site in (one, two)
    ]
    assert content[0] == content[1]


def test_the_report_counts_what_comes_from_the_cdn(make: Make) -> None:
    with_cdn, without = make("one").parts, make("two", cdn=None).parts
    wasm = runtimes.get().core["pyodide.asm.wasm"].size
    assert with_cdn["runtime, CDN"].size == wasm
    assert with_cdn["runtime"].size == without["runtime"].size - wasm
    assert with_cdn["packages, CDN"].size > 10_000
    assert "runtime, CDN" not in without


def test_the_command_refers_to_the_cdn_and_its_budget_counts_that(source: Path, tmp_path: Path) -> None:
    arguments = ["build", str(source), "-o", str(tmp_path / "site"), "--cdn", "--no-compress"]
    result = CliRunner().invoke(cli, [*arguments, "--budget", "12MB"])
    assert result.exit_code == 1
    assert "runtime, CDN" in result.output
    assert "over the budget of 12.0 MB" in result.output
    assert FOLDER in tmp_path.joinpath("site/main.py.app.json").read_text()
