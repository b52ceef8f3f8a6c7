"""`pyodide-app build`: an app as a folder that any host serves, online or off."""

from pyodide_app.toolkit.site._build import Built as Built
from pyodide_app.toolkit.site._build import Options as Options
from pyodide_app.toolkit.site._build import build as build
from pyodide_app.toolkit.site._report import parse_size as parse_size
from pyodide_app.toolkit.site._report import report as report
