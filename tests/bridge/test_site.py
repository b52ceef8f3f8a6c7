"""Where no built site of ours started Python, nothing is kept, and clearing does nothing."""

import asyncio

from pyodide_app.bridge import site


def test_without_a_site_nothing_is_kept() -> None:
    assert not site.is_kept()
    asyncio.run(site.clear())
    assert not site.is_kept()
