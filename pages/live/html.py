"""The few pages that are not Streamlit's: a text with places to fill, and their style and script under names that change with them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from functools import cache
from html import escape
from pathlib import Path

from rjsmin import jsmin
from starlette.requests import Request
from starlette.responses import Response

from pages.live.words import language_of
from pages.shell.language import COOKIE as LANGUAGE_COOKIE

HERE = Path(__file__).parent
#: the page's own files and nothing else
POLICY = "; ".join((
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "connect-src 'self'", "base-uri 'none'",
    "form-action 'self'", "frame-ancestors 'none'",
))  # fmt: skip
_KINDS = {"page.js": "text/javascript", "page.css": "text/css", "entrance.css": "text/css"}


def address(request: Request) -> str:
    """Where a request comes from."""
    return request.client.host if request.client else ""


def spoken(request: Request, default: str = "fr") -> str:
    """The language of whoever asks."""
    asked = request.query_params.get("lang", "")
    return language_of(asked, request.cookies.get(LANGUAGE_COOKIE, ""), request.headers.get("accept-language", ""), default)


def filled(file: str, values: Mapping[str, str], raw: Mapping[str, str] | None = None) -> str:
    """A page with its places filled; everything but ``raw`` is escaped."""
    text = (HERE / file).read_text("utf-8")
    places = {name: escape(value) for name, value in values.items()} | dict(raw or {}) | _addresses()
    return re.sub(r"\{\{(\w+)\}\}", lambda match: places[match[1]], text)


def framed(file: str, values: Mapping[str, str]) -> str:
    """The same for what stands before a room: a heading and a form within the frame of such pages."""
    return filled("frame.html", {name: values[name] for name in ("lang", "title")}, {"main": filled(file, values)})


def html(text: str, status: int = 200) -> Response:
    headers = {"content-security-policy": POLICY, "cache-control": "no-store"}
    return Response(text, status, media_type="text/html", headers=headers)


@cache
def assets() -> dict[str, tuple[bytes, str]]:
    """Name with a hash → content and type of the pages' script and style."""
    texts = {name: (HERE / name).read_text("utf-8") for name in _KINDS}
    files = {name: (jsmin(text) if name.endswith(".js") else text.replace("\n", "")).encode() for name, text in texts.items()}
    return {_hashed(name, data): (data, _KINDS[name]) for name, data in files.items()}


def _hashed(name: str, data: bytes) -> str:
    stem, _, suffix = name.partition(".")
    return f"{stem}-{hashlib.sha256(data).hexdigest()[:10]}.{suffix}"


@cache
def _addresses() -> dict[str, str]:
    return {name.partition("-")[0] + "_" + name.rpartition(".")[2]: f"/p/-/{name}" for name in assets()}
