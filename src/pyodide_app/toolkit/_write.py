"""Writing a file so that it is there whole or not at all."""

import os
import tempfile
from pathlib import Path

from pyodide_app.toolkit.errors import ToolkitError, shown


def write_whole(path: Path, data: bytes) -> None:
    """Replaces a file's content in one step; interrupted, the old one stays.

    Raises:
        ToolkitError: it can't be written.
    """
    part: str | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, part = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(part).chmod(0o644)
        Path(part).replace(path)
        part = None
    except OSError as error:
        raise ToolkitError(
            f"{shown(path)} can't be written: {error.strerror}.",
            hint="Make room, or make the folder writable.",
        ) from error
    finally:
        if part:
            Path(part).unlink(missing_ok=True)
