"""Whoever is not on this computer gives the facilitator's password first; a phone needs only its code.

The door is shut whenever the server listens beyond this computer. While it serves this computer only, there is none.
"""

from __future__ import annotations

from urllib.parse import quote, urlsplit

import anyio.to_thread
import streamlit as st
from starlette.responses import RedirectResponse

from pages.shell.lifespan import ready
from pages.shell.security import LOOPBACK, host_of
from pages.shell.web import ASGIApp, Receive, Scope, Send, cookie, header, refuse

COOKIE = "parcours_key"
#: what anybody may ask for: the phones' pages, the door itself, a sign of life
_OPEN = "/p/"
_OPEN_EXACTLY = ("/p", "/enter", "/_stcore/health")


def shared() -> bool:
    """Whether the server listens beyond this computer."""
    bound = host_of(str(st.get_option("server.address") or ""))
    return bound not in LOOPBACK and not bound.startswith("127.")


def _known(session: str) -> bool:
    """Whether a visitor has given the password."""
    from pages.live.entering import password  # and with it the database, which the first page waits for

    return password().valid(session)


class Door:
    """Lets through what anybody may see, and whoever has given the password; sends everybody else to give it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in {"http", "websocket"} or not shared() or await self._welcome(scope):
            await self.app(scope, receive, send)
        elif scope["type"] == "http" and scope["method"] == "GET" and "text/html" in header(scope, "accept"):
            back = quote(scope["path"] + ("?" + scope["query_string"].decode("latin-1") if scope["query_string"] else ""))
            await RedirectResponse(f"/enter?to={back}", 303)(scope, receive, send)
        else:
            await refuse(scope, receive, send, 401, "The facilitator's password is needed.")

    async def _welcome(self, scope: Scope) -> bool:
        path = scope["path"]
        if path in _OPEN_EXACTLY or (path.startswith(_OPEN) and ".." not in path):
            return True
        session = cookie(scope, COOKIE)
        if not session or not self._same_site(scope):
            return False
        await ready()
        return await anyio.to_thread.run_sync(_known, session)

    @staticmethod
    def _same_site(scope: Scope) -> bool:
        """A page of another site cannot open our stream with the visitor's key, nor post with it."""
        origin = header(scope, "origin")
        changes = scope["type"] == "websocket" or scope["method"] not in {"GET", "HEAD", "OPTIONS"}
        return not (changes and origin) or urlsplit(origin).netloc.lower() == header(scope, "host").lower()
