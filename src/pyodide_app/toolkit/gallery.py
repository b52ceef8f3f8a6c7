"""The pattern book as web pages."""

from pathlib import Path


def index(root: Path) -> str:
    return ""


def pattern(root: Path, name: str) -> str | None:
    return None
