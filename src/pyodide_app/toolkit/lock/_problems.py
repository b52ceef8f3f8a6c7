"""What to say about packages that can't run in the runtime, and which older versions would do."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from packaging.version import Version

from pyodide_app.toolkit.errors import ToolkitError
from pyodide_app.toolkit.lock._registry import Registry
from pyodide_app.toolkit.lock._runtime_packages import RuntimePackage
from pyodide_app.toolkit.lock._uv import Pin, ResolutionError
from pyodide_app.toolkit.runtimes import Runtime
from pyodide_app.toolkit.store import Unavailable

# Each try is a run of uv, mostly a second; only an error takes them.
MOST_TRIES = 5


@dataclass(frozen=True, slots=True)
class Situation:
    """A resolution that found versions but not a file for each.

    Args:
        own: the runtime's packages that can be had.
        lost: those that no source gives.
        pins: the versions found.
        conflict: why the runtime's own versions could not be kept, if they could not.
        answer: resolves again with further constraints.
        missing: the packages of an answer that have no file which runs.
    """

    runtime: Runtime
    registry: Registry
    own: Mapping[str, RuntimePackage]
    lost: Mapping[str, RuntimePackage]
    pins: Mapping[str, Pin]
    conflict: ResolutionError | None
    answer: Callable[[Iterable[str]], Mapping[str, Pin]]
    missing: Callable[[Mapping[str, Pin]], list[str]]


def explain(situation: Situation, missing: Sequence[str]) -> ResolutionError:
    """The error for packages without a file that would run."""
    lines = [_looked_for(situation, situation.pins[name]) for name in missing]
    older = _older(situation, missing)
    hints = [older] if older else [_what_runs(situation, name) for name in missing]
    if situation.lost.keys() & set(missing):
        hints.append("Where the Pyodide CDN can be reached, Pyodide's own packages would do as well.")
    if situation.conflict and any(name in situation.own for name in missing):
        lines.insert(0, _against_own(situation, situation.conflict))
    return ResolutionError("\n".join(lines), hint="\n".join(hints), kind="unusable", package=missing[0])


def _against_own(situation: Situation, conflict: ResolutionError) -> str:
    what = conflict.what
    for package in situation.own.values():
        what = re.sub(rf"(?<![\w-]){re.escape(package.pin)}(?!\.?\w)", f"Pyodide's own {package.pin}", what)
    return what


def needs_cdn(runtime: Runtime, packages: Sequence[RuntimePackage], error: Unavailable) -> ToolkitError:
    """The error for packages of the runtime that are nowhere else."""
    names = ", ".join(f"{package.name} {package.version}" for package in packages)
    sources = dict.fromkeys(line for line in error.what.splitlines() if line.startswith("  "))
    return ToolkitError(
        f"Pyodide {runtime.version}'s own {names} can't be fetched, "
        "and the package index has nothing that runs in place of that:\n" + "\n".join(sources),
        hint="It comes from the Pyodide CDN: try again where that can be reached, "
        "or name a mirror of it in PYODIDE_APP_CDN.",
    )


def _looked_for(situation: Situation, pin: Pin) -> str:
    runtime = situation.runtime
    python = "cp" + "".join(runtime.python.split(".")[:2])
    if own := situation.own.get(pin.name):
        among = f"version {own.version}, which does not fit"
    elif lost := situation.lost.get(pin.name):
        among = f"version {lost.version}, which can't be fetched without the Pyodide CDN"
    else:
        among = "not there"
    asked_by = [*(["the app itself"] if pin.asked_in else []), *pin.parents]
    return (
        f"{pin.name} {pin.version} can't run in Pyodide {runtime.version}. "
        f"Looked for it among Pyodide's own packages: {among}; as a pure wheel: none; "
        f"as a wheel for {python} and {' or '.join(runtime.abi_tags)}: none. "
        f"Asked for by {', '.join(asked_by)}."
    )


def _older(situation: Situation, missing: Sequence[str]) -> str | None:
    """Goes back, version by version, to an answer that runs."""
    pins = situation.pins
    also: list[str] = []
    for _ in range(MOST_TRIES):
        for name in missing:
            older = [
                version for version in _runnable(situation, name) if version < Version(pins[name].version)
            ]
            # Without one, only an older package that doesn't ask for it can help.
            also.append(f"{name}<={older[0]}" if older else f"{name}<0")
        try:
            pins = situation.answer(also)
        except ResolutionError:
            return None
        if not (missing := situation.missing(pins)):
            break
    else:
        return None
    limited = {line.split("<")[0] for line in also}
    changed = [
        f'"{pin.name}=={pin.version}"'
        for pin in pins.values()
        if (pin.asked_in or pin.name in limited)
        and pin.version
        and (pin.name not in situation.pins or pin.version != situation.pins[pin.name].version)
    ]
    return f"Older versions would do: put {', '.join(sorted(changed))} in `dependencies`."


def _runnable(situation: Situation, name: str) -> list[Version]:
    """The versions that have a file, newest first, the runtime's own included."""
    own = situation.own.get(name)
    versions = {*situation.registry.usable(name), *([Version(own.version)] if own else [])}
    return sorted(versions, reverse=True)


def _what_runs(situation: Situation, name: str) -> str:
    if versions := _runnable(situation, name):
        some = ", ".join(str(version) for version in versions[:3])
        return f"{name} {some} could run, but the app's requirements rule that out."
    return f"No version of {name} runs in Pyodide {situation.runtime.version}: do without it."
