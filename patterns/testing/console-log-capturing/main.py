# /// script
# [tool.pyodide-app]
# title = "Console log capturing"
# ///
"""A thermometer that says what it does: with print, with logging and with a warning."""

import logging
import warnings

from js import Event, document

from pyodide_app.bridge import keep_alive

logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
log = logging.getLogger("thermometer")


def to_fahrenheit(celsius: float) -> float:
    if celsius < -273.15:
        raise ValueError(f"{celsius:g} °C is below absolute zero")
    if celsius > 1000:
        warnings.warn(f"{celsius:g} °C is hot", stacklevel=2)
    return celsius * 9 / 5 + 32


def convert(_event: Event) -> None:
    text = document.getElementById("celsius").value
    log.info("converting %s", text)
    fahrenheit = to_fahrenheit(float(text))
    print(f"{text} °C is {fahrenheit:g} °F")
    document.getElementById("fahrenheit").textContent = f"{fahrenheit:g} °F"


document.getElementById("convert").addEventListener("click", keep_alive(convert).proxy)
print("thermometer ready")
