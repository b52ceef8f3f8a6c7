# /// script
# [tool.pyodide-app]
# title = "Split the bill"
# ///
"""The page around `bill`: reads the form, shows the shares."""

from bill import split
from js import Event, document

from pyodide_app.bridge import keep_alive


def show(_event: Event) -> None:
    try:
        cents = round(float(document.getElementById("amount").value) * 100)
        shares = split(cents, int(document.getElementById("people").value))
    except ValueError as error:
        document.getElementById("shares").textContent = str(error)
    else:
        document.getElementById("shares").textContent = " + ".join(f"{share / 100:.2f}" for share in shares)


document.getElementById("split").addEventListener("click", keep_alive(show).proxy)
