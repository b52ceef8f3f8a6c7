"""`pyodide-app build`: an app as a folder that any host serves, online or off."""

from pyodide_app.toolkit.build._build import Built as Built
from pyodide_app.toolkit.build._build import Options as Options
from pyodide_app.toolkit.build._build import build as build
from pyodide_app.toolkit.build._report import report as report
