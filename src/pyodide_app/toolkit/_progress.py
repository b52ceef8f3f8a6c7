"""What a fetch shows on stderr: bars with sizes on a terminal, a line for each file elsewhere, or nothing."""

from types import TracebackType
from typing import Self

from rich.console import Console
from rich.filesize import decimal
from rich.progress import BarColumn, DownloadColumn, Progress, TaskID, TextColumn, TransferSpeedColumn


class FetchDisplay:
    """One display for a whole fetch; threads may use it at once.

    Args:
        files: how many files are fetched.
        quiet: show nothing.
    """

    def __init__(self, files: int, *, quiet: bool, console: Console | None = None) -> None:
        self._files = files
        self._quiet = quiet
        self._console = console or Console(stderr=True)
        self._bars = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            DownloadColumn(),
            TransferSpeedColumn(),
            console=self._console,
            transient=True,
            disable=quiet or not self._console.is_terminal,
        )
        self._all = self._bars.add_task(f"{files} files", total=None, visible=files > 1)
        self._done = 0
        self._bytes = 0

    def __enter__(self) -> Self:
        self._bars.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bars.stop()
        if self._done and self._console.is_terminal and not self._quiet:
            self._console.print(f"fetched {self._done} of {self._files} files, {decimal(self._bytes)}")

    def file(self, name: str) -> "FileDisplay":
        """A row for one file, from now until it is finished."""
        return FileDisplay(self, self._bars, name)

    def arrived(self, count: int) -> None:
        """More bytes came."""
        self._bars.advance(self._all, count)

    def finished(self, name: str, size: int) -> None:
        """A file is kept; `size` in bytes."""
        self._done += 1
        self._bytes += size
        if not self._console.is_terminal and not self._quiet:
            self._console.print(f"fetched {name}, {decimal(size)}", soft_wrap=True, highlight=False)


class FileDisplay:
    """The row of one file."""

    def __init__(self, display: FetchDisplay, bars: Progress, name: str) -> None:
        self._display = display
        self._bars = bars
        self._name = name
        self._row: TaskID | None = None
        self._came = 0

    def begin(self, size: int | None) -> None:
        """A source gives the file, `size` bytes long; once more when the next source has to."""
        self.end()
        self._row = self._bars.add_task(self._name, total=size)
        self._came = 0

    def arrived(self, count: int) -> None:
        """More bytes came."""
        self._came += count
        if self._row is not None:
            self._bars.advance(self._row, count)
        self._display.arrived(count)

    def finished(self) -> None:
        """All came, and it is kept."""
        self._display.finished(self._name, self._came)

    def end(self) -> None:
        """Take the row away."""
        if self._row is not None:
            self._bars.remove_task(self._row)
            self._row = None
