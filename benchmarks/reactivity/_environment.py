"""A virtual environment with the peers, exactly those that requirements.txt pins by hash."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).parents[1] / ".venv"
REQUIREMENTS = Path(__file__).with_name("requirements.txt")


def peers_python() -> Path:
    """Makes the environment if need be, and returns its interpreter.

    It is of Python 3.14 where there is one, because wybthon runs on no other.
    """
    python = FOLDER / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    stamp = FOLDER / "requirements.txt"
    if not stamp.exists() or stamp.read_bytes() != REQUIREMENTS.read_bytes():
        base = _works("python3.14") or sys.executable
        uv = [sys.executable, "-m", "uv", "--quiet"]
        subprocess.run([*uv, "venv", "--clear", "--python", base, str(FOLDER)], check=True)
        install = [
            *uv,
            "pip",
            "install",
            "--python",
            str(python),
            "--require-hashes",
            "-r",
            str(REQUIREMENTS),
        ]
        subprocess.run(install, check=True)
        shutil.copy(REQUIREMENTS, stamp)
    return python


def _works(name: str) -> str | None:
    path = shutil.which(name)  # which may be a shim for a Python that is not there
    if path and subprocess.run([path, "-c", ""], stderr=subprocess.DEVNULL, check=False).returncode == 0:
        return path
    return None
