"""Where there is no shared memory, the error says why and what to do."""

from pathlib import Path

import pytest

from pyodide_app.testing import AppPage, OpenApp


@pytest.fixture
def plain(open_app: OpenApp, tmp_path: Path) -> AppPage:
    (tmp_path / "main.py").touch()
    return open_app(tmp_path, isolation=False)


def test_a_page_that_is_not_isolated_says_how_to_get_it(plain: AppPage) -> None:
    message = plain.run("""
        from pyodide_app.bridge import IsolationRequired, SharedArray, ring_buffer

        messages = []
        for make in (lambda: SharedArray(3, "i"), lambda: ring_buffer(100)):
            try:
                make()
            except IsolationRequired as error:
                messages.append(str(error))
        [first, second] = messages
        assert first == second
        first
    """)
    assert "cross-origin isolated, and this one is not" in message
    assert "'Cross-Origin-Opener-Policy: same-origin'" in message
    assert "workers/cross-origin-isolation" in message
