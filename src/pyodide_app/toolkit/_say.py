"""How the command line speaks: answers on stdout, errors on stderr, colour only on a terminal."""

from rich.console import Console
from rich.text import Text

from pyodide_app.toolkit.errors import ToolkitError


def _console(*, stderr: bool) -> Console:
    # Lines are left whole: a URL or a path that was broken in two is of no use.
    return Console(stderr=stderr, highlight=False, markup=False, emoji=False, soft_wrap=True)


def say(text: str | Text) -> None:
    """Prints a line on stdout."""
    _console(stderr=False).print(text)


def say_error(error: ToolkitError) -> None:
    """Prints what went wrong, and what to do, on stderr."""
    console = _console(stderr=True)
    console.print(Text("error: ", "bold red") + Text(error.what))
    if error.hint:
        console.print(error.hint)
