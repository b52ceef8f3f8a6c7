"""What tells the usual hosts which headers to send.

Netlify and Cloudflare Pages read `_headers`, Vercel `vercel.json`. GitHub Pages sends no headers of ours, and
leaves out what begins with an underscore unless there is a `.nojekyll`; there the service worker isolates.
"""

import json

from pyodide_app.toolkit.server._files import IMMUTABLE
from pyodide_app.toolkit.server._headers import ISOLATION
from pyodide_app.toolkit.site._folder import OURS

_ALWAYS = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "strict-origin-when-cross-origin"}


def host_files(*, isolation: bool) -> dict[str, bytes]:
    """The files by name."""
    rules = {
        "/*": _ALWAYS | (ISOLATION if isolation else {}),
        f"/{OURS}/*": {"Cache-Control": IMMUTABLE},  # every name below it has a hash or a version in it
    }
    lines = [
        line
        for path, headers in rules.items()
        for line in (path, *(f"  {k}: {v}" for k, v in headers.items()))
    ]
    vercel = {
        "headers": [
            {
                "source": path.replace("*", "(.*)"),
                "headers": [{"key": key, "value": value} for key, value in headers.items()],
            }
            for path, headers in rules.items()
        ]
    }
    return {
        "_headers": "\n".join([*lines, ""]).encode(),
        "vercel.json": json.dumps(vercel, indent=2).encode() + b"\n",
        ".nojekyll": b"",
    }
