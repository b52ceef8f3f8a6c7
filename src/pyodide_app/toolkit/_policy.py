"""The Content-Security-Policy of an app's page."""


def app_policy(*scripts: str) -> str:
    """A policy under which scripts come from the page's own server, and from what is named, only.

    The rest is the app's business: it may talk to any server and show any picture.

    Args:
        scripts: more sources of scripts. Pyodide itself needs no more than 'wasm-unsafe-eval'; libraries do:
            matplotlib's plt.show() goes through run_js, which needs 'unsafe-eval'.
    """
    return "; ".join(
        [
            "default-src 'self' data: blob:",
            " ".join(["script-src 'self'", *scripts]),
            "style-src 'self' 'unsafe-inline'",
            "img-src * data: blob:",
            "media-src * data: blob:",
            "connect-src * data: blob:",
            "object-src 'none'",
            "base-uri 'self'",
        ]
    )
