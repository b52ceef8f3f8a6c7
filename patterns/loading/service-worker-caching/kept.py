"""What the browser keeps of this site, as the browser tells it, and the visits so far."""

import json
from typing import NamedTuple

import js

VISITS = "loading/service-worker-caching: visits"
REMEMBERED = 6


class Visit(NamedTuple):
    seconds: float  # from the navigation to the program's first line
    was_kept: bool  # its files came from the browser


async def why_nothing() -> str:
    """Why this page is not kept, in a word: "dev" or "insecure"; empty if it is, or will be."""
    if not js.isSecureContext:
        return "insecure"
    manifest = await (await js.fetch("main.py.app.json")).json()
    return "" if getattr(manifest, "service_worker", None) else "dev"


async def caches() -> list[tuple[str, int]]:
    """Name and number of files of each cache of this origin."""
    found = []
    for name in (await js.caches.keys()).to_py():
        cache = await js.caches.open(name)
        found.append((name, (await cache.keys()).length))
    return found


async def usage() -> tuple[int, int]:
    """About how many bytes this origin has stored, and may."""
    estimate = await js.navigator.storage.estimate()
    return estimate.usage, estimate.quota


def remember(visit: Visit) -> list[Visit]:
    """The visits so far, with this one. The app's own data: clearing the site leaves it alone."""
    before = json.loads(js.localStorage.getItem(VISITS) or "[]")
    visits = [*map(Visit._make, before), visit][-REMEMBERED:]
    js.localStorage.setItem(VISITS, json.dumps(visits))
    return visits
