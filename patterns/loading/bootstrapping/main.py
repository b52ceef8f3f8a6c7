# /// script
# requires-python = ">=3.12"
#
# [tool.pyodide-app]
# title = "Reading list"
# files = ["books.py", "view.py"]
# ///
"""Takes over what stands in the page, and says when the page was there and when Python."""

import js
from view import PLACES

from pyodide_app.bridge import PythonVDOM

began = js.performance.now() / 1000  # seconds since the navigation

for place, component in PLACES.items():
    PythonVDOM(place).adopt(component)

paints = js.performance.getEntriesByName("first-contentful-paint")
if paints.length:  # a page in a hidden tab is not painted
    painted = paints[0].startTime / 1000
    times = f"This page was painted after {painted:.2f} s; Python's first line ran after {began:.2f} s."
    js.document.getElementById("times").textContent = times
