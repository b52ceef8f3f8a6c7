"""Packages on demand: those that an app's lock holds but does not load at its start."""

from collections.abc import Callable

__all__ = ["PackagesUnavailable", "load"]


class PackagesUnavailable(Exception):
    """A group of packages that cannot be loaded; the message says why and what to do."""


async def load(group: str, *, on_progress: Callable[[int, int], None] | None = None) -> None:
    """Load one of the app's groups, verified, and ready to import when this returns.

    Loading a group again does nothing.

    Args:
        group: a name in the table `[tool.pyodide-app.on-demand]` of the app's script metadata.
        on_progress: called with the bytes that have come and the bytes there are.

    Raises:
        PackagesUnavailable: there is no such group, its packages could not be loaded, or this Python was
            not started by a `<pyodide-app>` element.
    """
    try:
        import _pyodide_app_page as page  # type: ignore[import-not-found]  # noqa: PLC0415 - the page registers it
        from pyodide.ffi import JsException  # noqa: PLC0415
    except ModuleNotFoundError:
        raise PackagesUnavailable(
            f"The packages of {group!r} cannot be loaded: no <pyodide-app> element started this Python. "
            "Elsewhere in Pyodide use `await micropip.install(…)`."
        ) from None
    groups = list(page.groups())
    if group not in groups:
        there = ", ".join(map(repr, groups)) if groups else "none"
        raise PackagesUnavailable(
            f"This app has no on-demand group {group!r}; there is {there}. "
            "Groups stand in [tool.pyodide-app.on-demand] in the script metadata of the app."
        )
    try:
        await page.loadGroup(group, on_progress or _ignore)
    except JsException as error:
        raise PackagesUnavailable(f"The packages of {group!r} could not be loaded: {error}") from error


def _ignore(loaded: int, total: int) -> None:
    """Stands in where nobody watches."""
