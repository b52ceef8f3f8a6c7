"""Work in a few threads that never keep the program from ending."""

from collections.abc import Callable, Iterator, Sequence
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TypeVar

T = TypeVar("T")
THREADS = 4


def each_in_threads(work: Callable[[T], None], items: Sequence[T]) -> Iterator[Exception | None]:
    """Do `work` on every item; yield what it raised, or None, as each gets done.

    The threads are daemons, unlike an executor's: Ctrl-C ends the program at once, even while one waits
    for a server.
    """
    todo: SimpleQueue[T] = SimpleQueue()
    done: SimpleQueue[Exception | None] = SimpleQueue()
    for item in items:
        todo.put(item)

    def run() -> None:
        while True:
            try:
                item = todo.get_nowait()
            except Empty:
                return
            try:
                work(item)
            except Exception as error:
                done.put(error)
            else:
                done.put(None)

    threads = [Thread(target=run, daemon=True) for _ in range(min(THREADS, len(items)))]
    for thread in threads:
        thread.start()
    for _ in items:
        yield done.get()
    for thread in threads:
        thread.join()
