"""What to say about packages that can't run in the runtime, and which other version would do."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from packaging.version import Version

from pyodide_app.toolkit._registry import Registry
from pyodide_app.toolkit._runtime_packages import RuntimePackage
from pyodide_app.toolkit._uv import Pin, UvError
from pyodide_app.toolkit.errors import ToolkitError
from pyodide_app.toolkit.runtimes import Runtime
from pyodide_app.toolkit.store import Unavailable

# Each try is a run of uv, a second or less; only an error takes them.
MOST_TRIES = 4


@dataclass(frozen=True, slots=True)
class Situation:
    """A resolution that found versions but not a file for each.

    Args:
        own: the runtime's packages that can be had.
        lost: those that no source gives.
        pins: the versions found.
        conflict: why the runtime's own versions could not be kept, if they could not.
        answer: resolves again with further constraints.
    """

    runtime: Runtime
    registry: Registry
    own: Mapping[str, RuntimePackage]
    lost: Mapping[str, RuntimePackage]
    pins: Mapping[str, Pin]
    conflict: UvError | None
    answer: Callable[[Iterable[str]], Mapping[str, Pin]]


def explain(situation: Situation, missing: Sequence[str]) -> ToolkitError:
    """The error for packages without a file that would run."""
    what = "\n".join(_looked_for(situation, situation.pins[name]) for name in missing)
    if situation.conflict and any(name in situation.own for name in missing):
        what += f"\nPyodide's own versions don't fit: {situation.conflict.what}"
    hints = [_would_do(situation, name) for name in missing]
    return ToolkitError(what, hint="\n".join(hints))


def needs_cdn(runtime: Runtime, package: RuntimePackage, error: Unavailable) -> ToolkitError:
    """The error for a package of the runtime that is nowhere else."""
    return ToolkitError(
        f"Pyodide {runtime.version}'s own {package.name} {package.version} can't be fetched, "
        f"and the package index has nothing in its place.\n{error.what}",
        hint="It comes from the Pyodide CDN: try again where that can be reached, "
        "or name a mirror of it in PYODIDE_APP_CDN.",
    )


def _looked_for(situation: Situation, pin: Pin) -> str:
    runtime = situation.runtime
    python = "cp" + "".join(runtime.python.split(".")[:2])
    if own := situation.own.get(pin.name):
        among = f"Pyodide's own packages: version {own.version}, which does not fit"
    elif lost := situation.lost.get(pin.name):
        among = (
            f"Pyodide's own packages: version {lost.version}, which can't be fetched without the Pyodide CDN"
        )
    else:
        among = "Pyodide's own packages: not there"
    asked_by = [*(["the app itself"] if pin.asked_in else []), *pin.parents]
    return (
        f"{pin.name} {pin.version} can't run in Pyodide {runtime.version}. Looked for it among {among}; "
        f"as a pure wheel: none; as a wheel for {python} and {' or '.join(runtime.abi_tags)}: none. "
        f"Asked for by {', '.join(asked_by)}."
    )


def _would_do(situation: Situation, name: str) -> str:
    usable = situation.registry.usable(name)
    if own := situation.own.get(name):
        usable = sorted({*usable, Version(own.version)}, reverse=True)
    found = Version(situation.pins[name].version)
    usable = [version for version in usable if version != found]
    # Older ones first: a newer one was not taken because something excludes it.
    for version in [one for one in usable if one < found][:MOST_TRIES]:
        try:
            answer = situation.answer([f"{name}=={version}"])
        except UvError:
            continue
        changed = [
            f"{pin.name}=={pin.version}"
            for pin in answer.values()
            if pin.asked_in
            and pin.version
            and pin.name != name
            and pin.version != situation.pins[pin.name].version
        ]
        along = f" (together with {', '.join(changed)})" if changed else ""
        return f"An older version would do: put {name}=={version}{along} in `dependencies`."
    if usable:
        some = ", ".join(str(version) for version in usable[:3])
        return f"{name} {some} could run, but the app's requirements exclude them."
    return f"No version of {name} on the package index runs in Pyodide {situation.runtime.version}."
