# /// script
# requires-python = ">=3.12"
#
# [tool.pyodide-app]
# title = "Package loading"
#
# [tool.pyodide-app.on-demand]
# tables = ["pandas"]
# ///
"""Starts without pandas, and loads it when somebody asks for a table."""

import io

from js import Event, document

from pyodide_app.bridge import keep_alive, packages

RAINFALL = """\
month,Bergen,Lisbon
January,255,100
April,123,70
July,164,4
October,271,101
"""


def show_progress(loaded: int, total: int) -> None:
    bar = document.getElementById("bar")
    bar.max, bar.value = total, loaded
    document.getElementById("status").textContent = f"{loaded / 1e6:.1f} of {total / 1e6:.1f} MB"


async def show_table(_event: Event) -> None:
    document.getElementById("bar").hidden = False
    await packages.load("tables", on_progress=show_progress)
    import pandas as pd

    rain = pd.read_csv(io.StringIO(RAINFALL), index_col="month")
    document.getElementById("table").textContent = rain.describe().round(1).to_string()
    document.getElementById("status").textContent = f"pandas {pd.__version__}"
    document.getElementById("bar").hidden = True


async def ask_for_nothing(_event: Event) -> None:
    try:
        await packages.load("unicorns")
    except packages.PackagesUnavailable as error:
        document.getElementById("status").textContent = str(error)


document.getElementById("load").addEventListener("click", keep_alive(show_table).proxy)
document.getElementById("missing").addEventListener("click", keep_alive(ask_for_nothing).proxy)
