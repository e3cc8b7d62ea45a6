"""Who is there, without an account: a random cookie, so that "my last edit" means the same person tomorrow.

The cookie is a secret of its browser. Everything else (the history, other people's screens) sees only its fingerprint.
"""

from __future__ import annotations

import hashlib
import re
import secrets

import streamlit as st

from pages.shell.web import ASGIApp, Receive, Scope, Send, adding_headers, cookie, is_screen

COOKIE = "parcours_id"
_YEAR = 365 * 24 * 3600
_SHAPE = re.compile(r"[A-Za-z0-9_-]{22}")


def new_secret() -> str:
    return secrets.token_urlsafe(16)


def fingerprint(secret: str) -> str:
    """The public name of a cookie: twelve characters that do not lead back to it."""
    return hashlib.sha256(b"parcours author " + secret.encode()).hexdigest()[:12]


def known(secret: str) -> bool:
    """Whether a cookie has the shape of ours; anything else is replaced."""
    return _SHAPE.fullmatch(secret) is not None


def author() -> str:
    """Who is in front of this screen, as a project's history keeps it; where a browser takes no cookie, this visit."""
    secret = st.context.cookies.get(COOKIE, "")
    if not isinstance(secret, str) or not known(secret):  # AppTest answers with an object of its own
        secret = st.session_state.setdefault("_visit_id", new_secret())
    return fingerprint(secret)


class Identity:
    """Gives a browser its cookie on its first page, and renews it for a year on each later one."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in {"http", "websocket"}:
            await self.app(scope, receive, send)
            return
        secret = cookie(scope, COOKIE)
        if not known(secret):
            secret = new_secret()
        scope["parcours.author"] = fingerprint(secret)
        if is_screen(scope):
            secure = "; Secure" if scope["scheme"] == "https" else ""
            value = f"{COOKIE}={secret}; Path=/; Max-Age={_YEAR}; HttpOnly; SameSite=Lax{secure}"
            send = adding_headers(send, [("set-cookie", value)])
        await self.app(scope, receive, send)
