"""What Python has allocated in this page."""

import gc
import sys


def collect() -> None:
    """Frees what is garbage already."""
    for _ in range(3):
        gc.collect()


def allocated() -> int:
    """Blocks in use by Python's allocator."""
    return sys.getallocatedblocks()
