# /// script
# [tool.pyodide-app]
# title = "Test suite isolation"
# ///
"""A counter with state in every place where state can hide."""

import os
from pathlib import Path

import ledger
from js import Event, document

from pyodide_app.bridge import keep_alive

NOTES = Path("notes.txt")


def count(_event: Event) -> None:
    ledger.entries.append("click")
    os.environ["CLICKS"] = str(len(ledger.entries))
    NOTES.write_text("\n".join(ledger.entries))
    document.getElementById("count").textContent = str(len(ledger.entries))


document.getElementById("add").addEventListener("click", keep_alive(count).proxy)
