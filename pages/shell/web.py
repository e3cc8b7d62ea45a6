"""The few words that the middleware speak in common. All are plain ASGI: Streamlit's stream is a WebSocket, which
Starlette's ``BaseHTTPMiddleware`` does not see."""

from __future__ import annotations

from http.cookies import CookieError, SimpleCookie

from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = [
    "ASGIApp",
    "Message",
    "Receive",
    "Scope",
    "Send",
    "adding_headers",
    "cookie",
    "header",
    "is_screen",
    "refuse",
]

_NOT_SCREENS = ("/_stcore/", "/static/", "/media/", "/component/", "/app/static/")


def header(scope: Scope, name: str) -> str:
    """A header of the request, or ``""``."""
    wanted = name.lower().encode("latin-1")
    return next((value.decode("latin-1") for key, value in scope["headers"] if key == wanted), "")


def cookie(scope: Scope, name: str) -> str:
    """A cookie of the request, or ``""``."""
    try:
        jar = SimpleCookie(header(scope, "cookie"))
    except CookieError:
        return ""
    return jar[name].value if name in jar else ""


def is_screen(scope: Scope) -> bool:
    """Whether a browser asks for a page, rather than for a script, a picture or the stream."""
    if scope["type"] != "http" or scope["method"] != "GET" or scope["path"].startswith(_NOT_SCREENS):
        return False
    return "text/html" in header(scope, "accept")


def adding_headers(send: Send, headers: list[tuple[str, str]]) -> Send:
    """``send`` that adds headers to the response on its way out."""

    async def sending(message: Message) -> None:
        if message["type"] in {"http.response.start", "websocket.http.response.start"}:
            extra = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
            message = {**message, "headers": [*message.get("headers", []), *extra]}
        await send(message)

    return sending


async def refuse(scope: Scope, receive: Receive, send: Send, status: int, text: str) -> None:
    """Answer with a status and a sentence; a WebSocket is closed before it opens."""
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 1008, "reason": text})
        return
    body = text.encode()
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
