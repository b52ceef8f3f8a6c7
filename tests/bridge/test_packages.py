"""Where no page of ours started Python, packages on demand say what to use."""

import asyncio

import pytest

from pyodide_app.bridge import packages


def test_without_our_page_the_error_names_micropip() -> None:
    with pytest.raises(packages.PackagesUnavailable, match=r"'plot'.*micropip"):
        asyncio.run(packages.load("plot"))
