"""`pyodide-app`, the command line. Exit codes: 0 it worked, 1 it did not, 2 wrong usage, 130 interrupted."""

# ruff: noqa: PLC0415 - each command imports what it needs, so that all of them start quickly

import functools
import importlib.metadata
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, ParamSpec

import typer
from rich.filesize import decimal
from rich.text import Text

from pyodide_app.toolkit._say import say, say_error
from pyodide_app.toolkit.errors import ToolkitError

if TYPE_CHECKING:
    from pyodide_app.toolkit.lock import LockedPackage
    from pyodide_app.toolkit.server._serving import Serving

P = ParamSpec("P")

cli = typer.Typer(
    name="pyodide-app",
    help="Write apps in Python that run in the browser.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Begin here:\n\n  [cyan]pyodide-app new my-app[/]\n\n  [cyan]pyodide-app dev my-app[/]",
)

Offline = Annotated[
    bool, typer.Option("--offline", help="Never touch the network; use what is in the cache.")
]
Host = Annotated[str, typer.Option(help="The address to listen on. 0.0.0.0 lets other machines in.")]
Port = Annotated[
    int, typer.Option(min=0, max=65535, help="The port; the next free one if it is in use. 0: any.")
]
Open = Annotated[bool, typer.Option("--open", help="Open it in the browser.")]
AppPath = Annotated[
    Path, typer.Argument(metavar="FOLDER|FILE", help="A folder with a main.py, or a .py file.")
]


def main() -> None:
    """The entry point of `pyodide-app`."""
    try:
        cli()
    except KeyboardInterrupt:  # outside of any command: while Python was still importing
        sys.exit(130)


def _command(
    examples: list[str], name: str | None = None
) -> Callable[[Callable[P, None]], Callable[P, None]]:
    """Registers a command. What its user can mend becomes a message and exit code 1; Ctrl-C becomes 130."""

    def register(function: Callable[P, None]) -> Callable[P, None]:
        @functools.wraps(function)
        def run(*args: P.args, **kwargs: P.kwargs) -> None:
            try:
                function(*args, **kwargs)
            except ToolkitError as error:
                say_error(error)
                raise typer.Exit(1) from error
            except KeyboardInterrupt as interrupt:
                print(file=sys.stderr)  # noqa: T201 - the shell's prompt goes on a line of its own
                raise typer.Exit(130) from interrupt

        epilog = "\n\n".join(["Examples:", *(f"  [cyan]{example}[/]" for example in examples)])
        return cli.command(name, epilog=epilog)(run)

    return register


def _print_version(asked: bool) -> None:
    if asked:
        say(f"pyodide-app {importlib.metadata.version('pyodide-app')}")
        raise typer.Exit


@cli.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", help="Show the version.", is_eager=True, callback=_print_version)
    ] = False,
) -> None: ...


@_command(["pyodide-app dev", "pyodide-app dev my-app --port 9000", "pyodide-app dev plot.py --no-isolation"])
def dev(
    app: AppPath = Path(),
    host: Host = "127.0.0.1",
    port: Port = 8000,
    isolation: Annotated[
        bool,
        typer.Option(
            " /--no-isolation",
            show_default=False,
            help="Send no COOP and COEP headers, like a plain static host.",
        ),
    ] = True,
    offline: Offline = False,
    open_browser: Open = False,
) -> None:
    """Serve an app, and reload its page at each save.

    Resolves and fetches what it needs first, if that changed.
    """
    from pyodide_app.toolkit.app import read_app
    from pyodide_app.toolkit.page import prepare
    from pyodide_app.toolkit.server import Server
    from pyodide_app.toolkit.store import Store

    store = Store(offline=offline)
    server = Server(app, store=store, isolation=isolation, reload=True, host=host, port=port)
    if not server.root.is_book:
        try:
            page = prepare(read_app(app), store)
        except ToolkitError as error:
            say_error(error)
            say("The page shows this too, and starts once it is mended.")
        else:
            say(f"{page.app.title} on Pyodide {page.runtime.version} (Python {page.runtime.python})")
            say(_list_packages(page.lock.packages))
    _serve(server, port, open_browser)


def _list_packages(packages: "Sequence[LockedPackage]") -> str:
    names = [f"{package.name} {package.version}" for package in packages]
    return "with " + ", ".join(names) if names else "with no packages"


def _serve(server: "Serving", port: int, open_browser: bool) -> None:
    with server:
        if port not in (0, server.port):
            say(f"Port {port} is in use, so this is port {server.port}.")
        say(Text("\n  ") + Text(server.url, "bold cyan") + Text("\n"))
        say("Ctrl-C stops it.")
        if open_browser:
            import webbrowser

            webbrowser.open(server.url)
        server.wait()


@_command(["pyodide-app new my-app", "pyodide-app new my-app --pattern loading/hello"])
def new(
    name: Annotated[Path, typer.Argument(help="The new folder.")],
    pattern: Annotated[
        str | None, typer.Option(help="The pattern to begin with: see `pyodide-app patterns`.")
    ] = None,
) -> None:
    """Begin an app of your own, empty or with a pattern."""
    from pyodide_app.toolkit import patterns
    from pyodide_app.toolkit.new import make

    chosen = patterns.find(pattern, patterns.book()) if pattern else None
    make(name, chosen)
    say(f"Made {name}{f' from {chosen.name}' if chosen else ''}. Next:\n")
    say(f"  pyodide-app dev {name}")


@_command(["pyodide-app build my-app", "pyodide-app build plot.py --output site --budget 12MB"])
def build(
    app: AppPath = Path(),
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FOLDER", help="Where the site goes.")
    ] = Path("dist"),
    optimize: Annotated[
        bool, typer.Option("-OO", help="Drop assertions and docstrings of Python and the packages.")
    ] = False,
    budget: Annotated[
        str | None,
        typer.Option(metavar="SIZE", help="Fail if a first visit loads more than this, such as 12MB."),
    ] = None,
    isolation: Annotated[
        bool,
        typer.Option(" /--no-isolation", show_default=False, help="Do not isolate the pages."),
    ] = True,
    compress: Annotated[
        bool,
        typer.Option(" /--no-compress", show_default=False, help="Write no .br and .gz beside the files."),
    ] = True,
    cdn: Annotated[
        bool,
        typer.Option("--cdn", help="Refer to the Pyodide CDN for what it has, instead of bringing it along."),
    ] = False,
    offline: Offline = False,
) -> None:
    """Make a static site of an app, for any host."""
    from pyodide_app.toolkit.runtimes import CDN
    from pyodide_app.toolkit.site import Options, parse_size, report
    from pyodide_app.toolkit.site import build as build_site
    from pyodide_app.toolkit.store import Store

    limit = parse_size(budget) if budget else None
    options = Options(optimize=optimize, isolation=isolation, compress=compress, cdn=CDN if cdn else None)
    built = build_site(app, output, options, Store(offline=offline))
    for line in report(built.parts):
        say(line)
    say(f"{built.title} on Pyodide {built.pyodide}: {built.files} files in {output}.")
    say(f"`pyodide-app preview {output}` shows it.")
    sent = sum(part.sent for part in built.parts.values())
    if limit is not None and sent > limit:
        raise ToolkitError(
            f"A first visit loads {decimal(sent)}, which is over the budget of {decimal(limit)}.",
            hint="Load packages on demand, drop some, or build with -OO.",
        )


@_command(["pyodide-app preview", "pyodide-app preview site --prefix /docs/app/ --plain"])
def preview(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="What `build` wrote.")] = Path("dist"),
    host: Host = "127.0.0.1",
    port: Port = 8000,
    plain: Annotated[
        bool, typer.Option("--plain", help="Send none of the site's headers, like GitHub Pages.")
    ] = False,
    prefix: Annotated[str, typer.Option(metavar="PATH", help="The path that the site lies below.")] = "/",
    open_browser: Open = False,
) -> None:
    """Serve a built site, as a static host does."""
    from pyodide_app.toolkit.preview import Preview

    _serve(Preview(folder, plain=plain, prefix=prefix, host=host, port=port), port, open_browser)


@_command(["pyodide-app lock", "pyodide-app lock my-app --upgrade"])
def lock(
    app: AppPath = Path(),
    upgrade: Annotated[bool, typer.Option("--upgrade", help="Choose the newest versions anew.")] = False,
    offline: Offline = False,
) -> None:
    """Resolve what an app needs, and pin it in a lock beside it."""
    from pyodide_app.toolkit import lock as locks
    from pyodide_app.toolkit.app import read_app
    from pyodide_app.toolkit.store import Store

    locked = locks.lock(read_app(app), Store(offline=offline), upgrade=upgrade)
    for package in locked.packages:
        say(f"{package.name} {package.version}  {package.origin}")
    say(f"Locked for Pyodide {locked.pyodide}: {len(locked.packages)} packages.")


@_command(["pyodide-app fetch", "pyodide-app fetch my-app", "pyodide-app fetch --pyodide 0.29.0"])
def fetch(
    app: Annotated[
        Path | None,
        typer.Argument(
            metavar="FOLDER|FILE",
            help="An app, whose packages to fetch too. Else the one in this folder, if there is one.",
        ),
    ] = None,
    pyodide: Annotated[
        list[str] | None, typer.Option(metavar="VERSION", help="The runtime; may be repeated.")
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="All runtimes that are known.")] = False,
    offline: Annotated[
        bool, typer.Option("--offline", help="Fetch nothing, only check that all is there.")
    ] = False,
) -> None:
    """Get a runtime, and an app's packages, for work without a network."""
    from pyodide_app.toolkit import runtimes
    from pyodide_app.toolkit.app import read_app
    from pyodide_app.toolkit.page import prepare
    from pyodide_app.toolkit.store import Store

    store = Store(offline=offline)
    versions: Sequence[str | None] = runtimes.versions() if every else pyodide or [None]
    if app is None and Path("main.py").is_file():
        app = Path()
    for version in versions:
        if app is None:
            runtime = runtimes.get(version)
            size = sum(path.stat().st_size for path in store.core(runtime).values())
            say(f"Pyodide {runtime.version} is here ({decimal(size)} in {store.root}).")
        else:
            page = prepare(read_app(app, pyodide=version), store)
            packages = _list_packages(page.lock.packages)
            say(f"{page.app.title} is here, on Pyodide {page.runtime.version}, {packages}.")


@_command(["pyodide-app patterns", "pyodide-app patterns --serve"], name="patterns")
def list_patterns(
    serve: Annotated[bool, typer.Option("--serve", help="Serve them as a gallery, each running.")] = False,
    host: Host = "127.0.0.1",
    port: Port = 8000,
    offline: Offline = False,
    open_browser: Open = False,
) -> None:
    """List the patterns, or serve them."""
    from pyodide_app.toolkit import patterns

    book = patterns.book()
    if serve:
        from pyodide_app.toolkit.server import Server
        from pyodide_app.toolkit.store import Store

        store = Store(offline=offline)
        say("The pattern book.")
        return _serve(Server(book, store=store, reload=True, host=host, port=port), port, open_browser)
    for category, members in patterns.by_category(patterns.load_patterns(book)).items():
        say(Text(f"{category}: ", "bold") + Text(patterns.CATEGORIES.get(category, "")))
        for one in members:
            say(Text(f"  {one.name}  ", "cyan") + Text(one.summary))
    return None


@_command(["pyodide-app doctor", "pyodide-app doctor --offline"])
def doctor(offline: Offline = False) -> None:
    """Tell what is there, what is missing, and how to get it."""
    from pyodide_app.toolkit.doctor import examine
    from pyodide_app.toolkit.store import Store

    styles = {"good": ("ok", "green"), "note": ("note", "yellow"), "missing": ("missing", "bold red")}
    found = []
    for finding in examine(Store(offline=offline)):
        found.append(finding.state)
        word, style = styles[finding.state]
        say(Text(f"{word:8}", style) + Text(f"{finding.subject:14}", "bold") + Text(finding.detail))
        if finding.hint:
            say(f"{'':22}{finding.hint}")
    if "missing" in found:
        raise ToolkitError("Something is missing: see above.")
