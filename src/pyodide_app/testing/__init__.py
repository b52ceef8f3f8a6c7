"""Tests of apps in a real browser; the pytest plugin is pyodide_app.testing.plugin."""

from pyodide_app.testing._open_app import OpenApp as OpenApp
from pyodide_app.testing._sync import expect as expect
from pyodide_app.testing.app_page import AppPage as AppPage
from pyodide_app.testing.app_page import ConsoleLine as ConsoleLine
from pyodide_app.testing.app_page import PageError as PageError
