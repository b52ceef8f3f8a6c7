"""Bytes a row, and what stays after ten rounds."""

import argparse

from benchmarks.report import Report


def measure(arguments: argparse.Namespace) -> Report:
    return Report("Reactivity")
