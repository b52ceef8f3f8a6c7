# /// script
# requires-python = ">=3.12"
#
# [tool.pyodide-app]
# title = "Deployment"
# ///
"""What the host of this page sends, and what the page makes of it."""

import host
import js

from pyodide_app.bridge import PythonVDOM
from pyodide_app.bridge.vdom.elements import code, dd, div, dl, dt, h1, p, span

facts = await host.facts()


def fact(found: host.Fact):
    return div(class_={"fact": True, "good": found.is_good})[
        dt[
            span(class_="sign", role="img", aria_label="good" if found.is_good else "note")[
                "✓" if found.is_good else "!"
            ],
            found.name,
        ],
        dd[code[found.value], p[found.meaning]],
    ]


def page():
    return [
        h1["This host"],
        p["The site lies at ", code[js.location.host + js.location.pathname], "."],
        dl[map(fact, facts)],
    ]


PythonVDOM("app").mount(page)
