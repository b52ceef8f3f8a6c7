"""The browser that tests run in: found, or set up.

    remembered → Playwright's own → Debian's headless one (as root) → an installed Chromium, Chrome or Edge

`find_browser` (the plugin) only looks; `set_up_browser` (`python -m pyodide_app.testing.browser`, which
prints the path) downloads and installs too. A browser counts once it has opened a page. The outcome
is remembered in the user's cache, so that the next call answers at once; where Playwright's own could
not be downloaded, that is tried again after a day.
"""

import json
import os
import shutil
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any, Self

from filelock import FileLock
from platformdirs import user_cache_path

from pyodide_app.testing._loop import LoopThread
from pyodide_app.toolkit.errors import ToolkitError

# What a test's browser has no use for; on a closed network these are many refused connections.
ARGUMENTS = [
    "--disable-quic",
    "--disable-sync",
    "--disable-component-update",
    "--disable-background-networking",
    "--enable-unsafe-webgpu",  # WebGPU by software, where there is no GPU
]
DAY = 24 * 3600  # seconds
# Without a toolbar: Debian's chromium renders its own for each context, which takes 8 times as much
# processor time as the context itself (1.8 s, and 0.2 s for both in the headless shell).
_HEADLESS = "chromium-headless-shell"
_NAMES = (
    *(_HEADLESS, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"),
    *("microsoft-edge", "microsoft-edge-stable", "msedge"),
)
_PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "$PROGRAMFILES/Google/Chrome/Application/chrome.exe",
    "$LOCALAPPDATA/Google/Chrome/Application/chrome.exe",
    "$PROGRAMFILES/Microsoft/Edge/Application/msedge.exe",
    "/opt/google/chrome/chrome",
)


class NoBrowserError(ToolkitError):
    """No browser is there, and none could be installed."""

    def __init__(self) -> None:
        super().__init__(
            "No browser to test in: install Chromium, Google Chrome or Microsoft Edge, "
            "or run `python -m pyodide_app.testing.browser` where it can download one."
        )


@dataclass(frozen=True, slots=True)
class Browser:
    """A browser that opened a page here.

    Args:
        executable: its program.
        sandbox: whether its sandbox works here; not for root, and not in many containers.
        own: whether it is the one that Playwright brings.
    """

    executable: str
    sandbox: bool
    own: bool


@dataclass(frozen=True, slots=True)
class _Memory:
    playwright: str  # its version; each brings another browser
    browser: Browser | None = None
    download_failed: float = 0  # seconds since the epoch

    @classmethod
    def recall(cls) -> Self:
        """What is known of this Playwright: nothing, if the file is missing, unreadable or out of date."""
        current = version("playwright")
        try:
            known = json.loads(_memory_file().read_text("utf-8"))
            browser = known["browser"] and Browser(**known["browser"])
            memory = cls(known["playwright"], browser, float(known["download_failed"]))
        except (OSError, ValueError, TypeError, KeyError):
            return cls(current)
        if memory.playwright != current or (browser and not os.access(browser.executable, os.X_OK)):
            return cls(current)
        return memory

    def keep(self) -> None:
        file = _memory_file()
        partial = file.with_suffix(".part")
        partial.write_text(json.dumps(asdict(self)), "utf-8")
        partial.replace(file)  # at once: an interruption leaves the old file

    @property
    def may_download(self) -> bool:
        return time.time() - self.download_failed > DAY


def launch_options(browser: Browser) -> dict[str, Any]:
    """Return what Playwright's `launch` needs to start this browser."""
    return {
        "executable_path": browser.executable,
        "chromium_sandbox": browser.sandbox,
        "args": ARGUMENTS,
    }


def find_browser() -> Browser:
    """Return the browser to test in, without installing anything.

    Raises:
        NoBrowserError: there is none.
    """
    memory = _Memory.recall()
    if memory.browser:
        return memory.browser
    with _one_at_a_time():
        browser = _own() or _installed()
        if not browser:
            raise NoBrowserError
        _Memory(memory.playwright, browser, memory.download_failed).keep()
        return browser


def set_up_browser() -> Browser:
    """Return the browser to test in; download or install one if need be, telling so on stderr.

    Raises:
        NoBrowserError: there is none and none could be installed.
    """
    with _one_at_a_time():
        memory = _Memory.recall()
        if memory.browser and (memory.browser.own or not memory.may_download):
            return memory.browser
        browser, failed = _own(), memory.download_failed
        if not browser and memory.may_download:
            browser = _download_own()
            failed = 0 if browser else time.time()
        browser = browser or _install_debian_package() or _installed()
        _Memory(memory.playwright, browser, failed).keep()
        if not browser:
            raise NoBrowserError
        return browser


def _own() -> Browser | None:
    with LoopThread() as loop:
        path = loop.run(_own_path())
    return _started(path, own=True)


async def _own_path() -> str:
    from playwright.async_api import async_playwright  # noqa: PLC0415 - heavy, and rarely needed here

    async with async_playwright() as playwright:
        return playwright.chromium.executable_path


def _installed() -> Browser | None:
    named = (shutil.which(name) for name in _NAMES)
    placed = (os.path.expandvars(place) for place in _PLACES)
    for executable in (*named, *placed):
        if executable and (browser := _started(executable, own=False)):
            return browser
    return None


def _started(executable: str, *, own: bool) -> Browser | None:
    # Root can't have the sandbox; in many containers nobody can, which only a start tells.
    if not os.access(executable, os.X_OK):
        return None
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    with LoopThread() as loop:
        for sandbox in (False,) if is_root else (True, False):
            browser = Browser(executable, sandbox, own)
            if loop.run(_opens_a_page(browser)):
                return browser
    return None


async def _opens_a_page(browser: Browser) -> bool:
    from playwright.async_api import Error, async_playwright  # noqa: PLC0415 - as above

    async with async_playwright() as playwright:
        try:
            running = await playwright.chromium.launch(**launch_options(browser))
            page = await running.new_page()
            await page.goto("data:text/html,<p>Hello")
            await running.close()
        except Error as error:
            _say(f"{browser.executable} does not start: {error.message.splitlines()[0]}")
            return False
    return True


def _download_own() -> Browser | None:
    _say("Downloading Playwright's own Chromium …")
    command = [sys.executable, "-m", "playwright", "install", "--no-shell", "chromium"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as install:
        assert install.stdout
        for line in install.stdout:
            if "%" in line:  # the progress; of the rest, only the outcome matters
                _say(line.strip())
    if install.returncode:
        _say("It can't be downloaded here; looking for an installed browser instead.")
        return None
    return _own()


def _install_debian_package() -> Browser | None:
    if shutil.which(_HEADLESS) or not (shutil.which("apt-get") and os.geteuid() == 0):
        return None
    _say(f"Installing Debian's package {_HEADLESS} …")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "--no-install-recommends", _HEADLESS]
    # The first command mends what an interrupted installation left.
    for command in (["dpkg", "--configure", "-a"], ["apt-get", "update"], install):
        done = subprocess.run(
            command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
        )
        if done.returncode:
            _say(f"`{' '.join(command)}` failed:\n{done.stdout}")
            return None
    return _installed()


def _memory_file() -> Path:
    return user_cache_path("pyodide-app", ensure_exists=True) / "browser.json"


def _one_at_a_time() -> FileLock:
    return FileLock(_memory_file().with_suffix(".lock"))


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")


if __name__ == "__main__":
    try:
        sys.stdout.write(f"{set_up_browser().executable}\n")
    except NoBrowserError as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit(130)
