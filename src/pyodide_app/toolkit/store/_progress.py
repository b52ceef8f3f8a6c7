"""What a fetch shows on stderr: bars with sizes on a terminal, a line for each file elsewhere, or nothing."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.filesize import decimal
from rich.progress import BarColumn, DownloadColumn, Progress, TaskID, TextColumn, TransferSpeedColumn
from rich.table import Column


class FetchDisplay:
    """One display for a whole fetch; threads may use it at once.

    Args:
        sizes: of all files that will come, in bytes; None where it is not known beforehand.
        quiet: show no progress; notes are still shown.
    """

    def __init__(self, sizes: Sequence[int | None], *, quiet: bool, console: Console | None = None) -> None:
        self._count = len(sizes)
        self._console = console or Console(stderr=True)
        self._bars_shown = self._console.is_terminal and not quiet
        self._lines_shown = not self._console.is_terminal and not quiet
        self._bars = Progress(
            TextColumn("{task.description}", table_column=Column(no_wrap=True, overflow="ellipsis", ratio=1)),
            BarColumn(bar_width=24),
            DownloadColumn(),
            TransferSpeedColumn(),
            console=self._console,
            transient=True,
            expand=True,
            disable=not self._bars_shown,
        )
        known = [size for size in sizes if size is not None]
        total = sum(known) if len(known) == self._count else None
        self._all = self._bars.add_task("", total=total, visible=self._count > 1)
        self._kept_sizes: list[int] = []
        self._told_waiting = False

    def __enter__(self) -> Self:
        self._tell_count()
        self._bars.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bars.stop()
        if self._bars_shown and self._kept_sizes:
            count = len(self._kept_sizes)
            self._say(f"fetched {count} file{'' if count == 1 else 's'}, {decimal(sum(self._kept_sizes))}")

    @contextmanager
    def row(self, name: str, size: int | None) -> Iterator["Row"]:
        """A row for one file while a source gives it; `size` in bytes."""
        task = self._bars.add_task(name, total=size)
        try:
            yield Row(self._bars, (task, self._all))
        finally:
            self._bars.remove_task(task)

    def kept(self, name: str, size: int) -> None:
        """A file is there and right; `size` in bytes."""
        self._kept_sizes.append(size)
        self._tell_count()
        if self._lines_shown:
            self._say(f"fetched {name}, {decimal(size)}")

    def waiting(self) -> None:
        """Another process fetches a file that is wanted here too; told once."""
        if not self._told_waiting and (self._bars_shown or self._lines_shown):
            self._told_waiting = True
            self._say("waiting for another process that is fetching the same")

    def note(self, text: str) -> None:
        """A line that people should see whatever is shown else."""
        self._say(text)

    def _tell_count(self) -> None:
        self._bars.update(self._all, description=f"{len(self._kept_sizes)} of {self._count} files")

    def _say(self, text: str) -> None:
        self._console.print(text, soft_wrap=True, highlight=False, markup=False)


@dataclass(frozen=True, slots=True)
class Row:
    """The bars that one file moves: its own, and that of all files."""

    bars: Progress
    tasks: tuple[TaskID, TaskID]

    def arrived(self, count: int) -> None:
        """More bytes came."""
        for task in self.tasks:
            self.bars.advance(task, count)
