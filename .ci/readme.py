"""Print the commands of one shell block in the README.

A block's name stands in its fence: ```sh run
"""

import re
import sys
from pathlib import Path

readme = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
blocks = dict(re.findall(r"^```sh (\w+)\n(.*?)^```$", readme, re.MULTILINE | re.DOTALL))
try:
    sys.stdout.write(blocks[sys.argv[1]])
except KeyError:
    sys.exit(f"README.md has no block {sys.argv[1]!r}, only {', '.join(blocks)}")
