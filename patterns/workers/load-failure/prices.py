"""A module that cannot be imported: it reads a file that was not shipped with it."""

import json
from pathlib import Path

PRICES = json.loads(Path("prices.json").read_text())
