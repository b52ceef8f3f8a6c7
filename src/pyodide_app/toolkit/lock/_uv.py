"""uv as the resolver: running it, and reading what it answers.

It resolves for Emscripten, which it does not run on, in "universal" mode with that one environment. So no
wheel that runs there has to exist: which file of a version will do is decided afterwards (see resolve).
"""

import os
import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from packaging.markers import Marker
from packaging.utils import canonicalize_name
from uv import find_uv_bin

from pyodide_app.toolkit.errors import ToolkitError
from pyodide_app.toolkit.store._network import public
from pyodide_app.toolkit.store._sources import index_url

_PIN = re.compile(r"(?P<name>[A-Za-z0-9._-]+)(?:==(?P<version>\S+)| @ (?P<url>\S+))(?: ; (?P<marker>.*))?")
_FILE = "in-"  # the requirement files: in-0.txt, in-1.txt …


class ResolutionError(ToolkitError):
    """There is no answer for these requirements.

    Args:
        kind: "conflict", "missing" (no such package), "build" (its metadata can't be had), "unusable"
            (nothing of it runs in the runtime) or "other".
        package: the package that it is about, if it is one.
    """

    def __init__(self, what: str, *, hint: str = "", kind: str, package: str = "") -> None:
        super().__init__(what, hint=hint)
        self.kind = kind
        self.package = package


@dataclass(frozen=True, slots=True)
class Pin:
    """A package in uv's answer.

    Args:
        version: empty for one that was given as a file.
        parents: the packages that ask for it.
        asked_in: the indexes of the requirement lists that ask for it.
    """

    name: str
    version: str
    parents: tuple[str, ...]
    asked_in: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class IndexWheel:
    """A wheel on the package index."""

    file: str
    sha256: str


def run(arguments: Sequence[str], *, cwd: Path, offline: bool = False) -> "subprocess.CompletedProcess[str]":
    """Runs uv, with the index that the user set for it or for pip."""
    environment = {**os.environ, "UV_PYTHON_DOWNLOADS": "never", "UV_NO_PROGRESS": "1"}
    if index := index_url():
        environment.setdefault("UV_DEFAULT_INDEX", index)
    environment.setdefault("UV_HTTP_RETRIES", "1")  # three take twelve seconds without a network
    if offline:
        environment["UV_OFFLINE"] = "1"
    return subprocess.run(
        [find_uv_bin(), *arguments, "--color", "never"],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )


def marker_environment(python: str) -> dict[str, str]:
    """What environment markers see in Pyodide; `python` is the full version."""
    return {
        "implementation_name": "cpython",
        "implementation_version": python,
        "os_name": "posix",
        "platform_machine": "wasm32",
        "platform_python_implementation": "CPython",
        "platform_release": "",
        "platform_system": "Emscripten",
        "platform_version": "",
        "python_full_version": python,
        "python_version": ".".join(python.split(".")[:2]),
        "sys_platform": "emscripten",
    }


_TOLD = ("sys_platform", "platform_system", "platform_machine", "os_name", "implementation_name")


class Workplace:
    """A temporary folder in which uv resolves for one runtime.

    Args:
        python: the runtime's full Python version.
        stubs: wheels for packages that the runtime has and the index can't tell about.
    """

    def __init__(self, folder: Path, python: str) -> None:
        self.folder = folder
        self.python = python
        self.environment = marker_environment(python)
        self.stubs = folder / "stubs"
        self.stubs.mkdir()
        told = (*_TOLD, "platform_python_implementation", "python_version")
        marker = " and ".join(f"{name} == '{self.environment[name]}'" for name in told)
        (folder / "pyproject.toml").write_text(f'[tool.uv]\nenvironments = ["{marker}"]\n', encoding="utf-8")

    def resolve(
        self, asked: Sequence[Iterable[str]], *, hard: Iterable[str], soft: Iterable[str]
    ) -> dict[str, Pin]:
        """Versions for lists of requirements, resolved together.

        Args:
            hard: requirements on whatever is resolved.
            soft: pins to take where nothing speaks against them.
        Raises:
            ResolutionError: there is no answer.
        """
        with tempfile.TemporaryDirectory(dir=self.folder) as name:
            folder = Path(name)
            files = [f"{_FILE}{number}.txt" for number in range(len(asked))]
            for file, lines in zip([*files, "hard.txt", "out.txt"], [*asked, hard, soft], strict=True):
                (folder / file).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
            self._compile(folder, [*files, "-c", "hard.txt", "-o", "out.txt", "--no-header"])
            text = (folder / "out.txt").read_text(encoding="utf-8")
        return _parse_pins(text, self.environment)

    def wheels(self, pins: Iterable[Pin]) -> dict[str, list[IndexWheel]]:
        """The wheels of these versions that uv sees on the index, by package."""
        with tempfile.TemporaryDirectory(dir=self.folder) as name:
            folder = Path(name)
            lines = "".join(f"{pin.name}=={pin.version}\n" for pin in pins)
            (folder / "pins.txt").write_text(lines, encoding="utf-8")
            self._compile(folder, ["pins.txt", "--no-deps", "--format", "pylock.toml", "-o", "pylock.toml"])
            content = tomllib.loads((folder / "pylock.toml").read_text(encoding="utf-8"))
        found: dict[str, list[IndexWheel]] = {}
        for package in content.get("packages", []):
            found[canonicalize_name(package["name"])] = [
                IndexWheel(_file_name(wheel), wheel["hashes"]["sha256"])
                for wheel in package.get("wheels", [])
                if "sha256" in wheel.get("hashes", {})
            ]
        return found

    def _compile(self, folder: Path, arguments: Sequence[str]) -> None:
        place = ["--project", str(self.folder), "--find-links", str(self.stubs)]
        # Our own Python is for building sources; left to itself, uv looks through all that this machine has.
        universal = ["--universal", "--python-version", self.python, "--python", sys.executable]
        done = run(["pip", "compile", "--quiet", *universal, *place, *arguments], cwd=folder)
        if done.returncode:
            raise _failure(done.stderr)


def _file_name(wheel: Mapping[str, str]) -> str:
    place = wheel.get("name") or wheel.get("url") or wheel.get("path") or ""
    return unquote(PurePosixPath(urlsplit(place).path).name)


def _parse_pins(text: str, environment: Mapping[str, str]) -> dict[str, Pin]:
    """The pins whose marker holds, from lines such as `jinja2==3.1.6 ; marker` and `    # via flask`."""
    pins: dict[str, Pin] = {}
    for part in re.split(r"\n(?=\S)", text):
        head, *comments = part.splitlines() or [""]
        match = _PIN.fullmatch(head.strip())
        if not match or (match["marker"] and not Marker(match["marker"]).evaluate(dict(environment))):
            continue
        via = [comment.strip().removeprefix("#").strip().removeprefix("via").strip() for comment in comments]
        name = canonicalize_name(match["name"])
        pins[name] = Pin(
            name,
            match["version"] or "",
            tuple(canonicalize_name(one) for one in via if one and not one.startswith("-")),
            tuple(int(found[1]) for one in via if (found := re.fullmatch(rf"-r .*{_FILE}(\d+)\.txt", one))),
        )
    return pins


def _failure(output: str) -> ResolutionError:
    """uv's own account of a failure as one of ours."""
    text = re.sub(r"\n\nhint: .*", "", output[output.find("error: ") :], flags=re.DOTALL).strip()
    if match := re.match(r"error: Failed to build `([A-Za-z0-9._-]+)(?:==([^`]+))?`", text):
        last = [line.strip() for line in text.splitlines() if line.strip()][-3:]
        return ResolutionError(
            f"{match[1]} {match[2] or ''} has no wheel, and its source can't be built here either:\n"
            + "\n".join(f"  {line}" for line in last),
            hint="It needs a compiler or libraries, so it can't run in Pyodide; try another version of it.",
            kind="build",
            package=canonicalize_name(match[1]),
        )
    cause = " ".join(re.sub(r".*?\bcause: ", "", text, count=1, flags=re.DOTALL).split())
    if match := re.search(r"([A-Za-z0-9._-]+) was not found in the package registry", cause):
        parent = re.search(rf"([A-Za-z0-9._-]+)\S* depends on {re.escape(match[1])}(?![\w.-])", cause)
        asked_by = f", which {parent[1]} asks for" if parent else ""
        return ResolutionError(
            f"There is no package {match[1]!r} on the package index{asked_by}.",
            hint="Check its spelling: a package's name there can differ from the module that it brings.",
            kind="missing",
            package=canonicalize_name(match[1]),
        )
    if "No solution found" in text:
        return ResolutionError(
            f"The dependencies conflict: {_plain(cause)}",
            hint="Loosen one of these requirements.",
            kind="conflict",
        )
    if re.search(r"Failed to fetch|error sending request|client error|dns error|timed out", text):
        url = re.search(r"https?://[^\s`)]+", text)
        reason = text.rpartition("cause: ")[2].strip()
        return ResolutionError(
            f"The package index can't be reached{f' at {public(url[0])}' if url else ''}: {reason}.",
            hint="Check the network, then run the command again.",
            kind="other",
        )
    return ResolutionError(f"uv could not resolve the dependencies: {text[:1000]}", kind="other")


def _plain(cause: str) -> str:
    """A conflict without what uv's words add to the requirements themselves."""
    cause = re.sub(r",? we can conclude that your requirements are unsatisfiable", "", cause)
    cause = cause.replace(", we can conclude that ", ", so ").replace("And because ", "But ")
    cause = cause.replace("your requirements", "the app's requirements")
    cause = re.sub(r"\byou require\b", "the app requires", cause)
    return re.sub(r"^Because ", "", cause)
