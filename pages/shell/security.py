"""What a browser may load from our pages, and who may speak to a server that serves this computer only."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import streamlit as st

from pages.shell.web import ASGIApp, Receive, Scope, Send, adding_headers, header, refuse

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


@cache
def _inline_scripts() -> str:
    """Hashes of the scripts that Streamlit's own page holds inline; they change with its version."""
    page = (Path(st.__file__).parent / "static" / "index.html").read_text("utf-8")
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    return " ".join(f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" for text in scripts)


@cache
def content_security_policy() -> str:
    """Everything from this server and nothing from elsewhere. ``blob:`` is how Streamlit loads components;
    styles are inline in its own page."""
    rules = {
        "default-src": "'self'",
        "script-src": f"'self' blob: {_inline_scripts()}",
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "media-src": "'self' data: blob:",
        "connect-src": "'self' data: blob:",
        "worker-src": "'self' blob:",
        "frame-src": "'self' blob:",
        "object-src": "'none'",
        "base-uri": "'self'",
        "form-action": "'self'",
        "frame-ancestors": "'self'",
    }
    return "; ".join(f"{name} {value}".strip() for name, value in rules.items())


class SecurityHeaders:
    """Adds to each response what a browser must not do with it. A page with a policy of its own keeps it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            send = adding_headers(
                send,
                [
                    ("content-security-policy", content_security_policy()),
                    ("x-content-type-options", "nosniff"),
                    ("referrer-policy", "same-origin"),
                    ("cross-origin-opener-policy", "same-origin"),
                ],
            )
        await self.app(scope, receive, send)


def host_of(address: str) -> str:
    """The host of ``host:port``, without brackets, in lower case; ``""`` where there is none.

    >>> host_of("[::1]:8501"), host_of("LOCALHOST:8501")
    ('::1', 'localhost')
    """
    try:
        return (urlsplit("//" + address).hostname or "").lower().rstrip(".")
    except ValueError:
        return ""


class LocalOnly:
    """While the server listens on this computer only, it answers only to this computer's names.

    Otherwise any web page could point a name of its own at 127.0.0.1 and read the projects (DNS rebinding).
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] in {"http", "websocket"} and not self._welcome(scope):
            text = "Parcours answers only at the address that it printed when it started."
            await refuse(scope, receive, send, 403, text)
            return
        await self.app(scope, receive, send)

    def _welcome(self, scope: Scope) -> bool:
        bound = host_of(str(st.get_option("server.address") or ""))
        if bound not in LOOPBACK and not bound.startswith("127."):
            return True
        ours = LOOPBACK | {bound}
        origin = header(scope, "origin")
        changes = scope["type"] == "websocket" or scope["method"] not in {"GET", "HEAD", "OPTIONS"}
        if changes and origin and host_of(origin.partition("://")[2]) not in ours:
            return False
        return host_of(header(scope, "host")) in ours
