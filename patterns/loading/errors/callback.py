"""Fails when its button is pressed, and goes on running."""

from js import Event, document

from pyodide_app.bridge import keep_alive


def divide(_event: Event) -> None:
    print("Dividing…")
    print(1 / 0)


button = document.createElement("button")
button.textContent = "Divide by zero"
button.addEventListener("click", keep_alive(divide).proxy)
document.getElementById("app").append(button)
