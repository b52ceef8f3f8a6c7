"""The built site that a page belongs to, and what the browser keeps of it."""

from typing import Any

__all__ = ["clear", "is_kept"]


def is_kept() -> bool:
    """Whether the page's files come from the browser, so that it starts without a network.

    False on a first visit, in pages of the dev server, and in those that no `<pyodide-app>` has started.
    """
    page = _page()
    return page is not None and bool(page.isKept())


async def clear() -> None:
    """Remove all that the browser keeps to start the site quickly and offline; the next visit is a first one.

    What the app itself has stored stays: see `pyodide_app.bridge.storage`. Where nothing is kept, as in pages
    of the dev server, this does nothing.

    Raises:
        OSError: the browser refused it.
    """
    page = _page()
    if page is None:
        return
    from pyodide.ffi import JsException  # noqa: PLC0415 - only there in the browser

    try:
        await page.clear()
    except JsException as error:
        raise OSError(f"What is kept of this site could not be removed: {error}") from error


def _page() -> Any:  # noqa: ANN401 - a JavaScript module, or None
    try:
        import _pyodide_app_site  # type: ignore[import-not-found]  # noqa: PLC0415 - the page registers it
    except ModuleNotFoundError:
        return None
    return _pyodide_app_site
