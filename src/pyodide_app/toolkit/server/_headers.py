"""The headers that every response of the dev server carries."""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# A page with these two is "cross-origin isolated": SharedArrayBuffer and precise timers work in it.
ISOLATION = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class Headers:
    """Middleware: `nosniff` always, isolation unless the server is to act like a plain static host."""

    def __init__(self, app: ASGIApp, *, isolation: bool) -> None:
        self._app = app
        self._headers = {"X-Content-Type-Options": "nosniff"} | (ISOLATION if isolation else {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(self._headers)
            await send(message)

        await self._app(scope, receive, send_with_headers)
