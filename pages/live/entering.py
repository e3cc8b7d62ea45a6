"""The page behind the door: where the facilitator's password is asked for, or chosen when there is none yet."""

from __future__ import annotations

import asyncio
from urllib.parse import parse_qs

import anyio.to_thread
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from analysis.language import N_, translator
from analysis.workshop import Refused
from analysis.workshop.attempts import Attempts
from analysis.workshop.password import SESSION, Password
from pages.live.door import COOKIE
from pages.live.html import address, framed, html, spoken
from pages.shell.security import LOOPBACK, host_of
from pages.shell.workspace import store

_LARGEST = 2048
_guesses = Attempts(per_address=6, in_all=40)

TEXTS = {
    "title": N_("Parcours"),
    "password": N_("The facilitator's password"),
    "choose": N_("Choose the facilitator's password"),
    "why": N_(
        "Parcours is shared on this network: this password guards everything but the phones' page. "
        "Plain http on a shared network can be read along; use a network that you trust."
    ),
    "enter": N_("Enter"),
    "keep": N_("Keep this password"),
    "elsewhere": N_(
        "No password has been chosen yet. Choose it on the computer where Parcours runs, at the address http://127.0.0.1:{port}"
    ),
    "phone": N_("I have a workshop code"),
    "too_fast": N_("Too many attempts. Wait a minute, then try again."),
}


def password() -> Password:
    return Password(store().engine)


def _local(request: Request) -> bool:
    """Whether the browser runs on the computer that serves; a proxy in between says nothing of that."""
    forwarded = any(name in request.headers for name in ("x-forwarded-for", "forwarded", "x-real-ip"))
    return not forwarded and host_of(request.headers.get("host", "")) in LOOPBACK and address(request) in LOOPBACK


async def enter(request: Request) -> Response:
    """Where the password is asked for, or chosen when there is none yet: on this computer only."""
    known = await anyio.to_thread.run_sync(password().exists)
    if request.method == "POST":
        return await _given(request, known)
    return _form(request, known, "", request.query_params.get("to", "/"))


async def _given(request: Request, known: bool) -> Response:
    given, back = await _body(request)
    try:
        if not _guesses.allowed(address(request)):
            raise Refused("too_fast")
        if not known and not _local(request):
            return _form(request, known, "", back)
        await _check(request, given, known)
    except Refused as reason:
        return _form(request, known, reason.message(spoken(request)), back)
    answer = RedirectResponse(back, 303)
    session = await anyio.to_thread.run_sync(password().session)
    answer.set_cookie(COOKIE, session, SESSION, path="/", secure=request.url.scheme == "https", httponly=True, samesite="lax")
    return answer


async def _check(request: Request, given: str, known: bool) -> None:
    if not known:
        await anyio.to_thread.run_sync(password().choose, given)
    elif not await anyio.to_thread.run_sync(password().check, given):
        _guesses.wrong(address(request))
        await asyncio.sleep(_guesses.delay(address(request)))
        raise Refused("password_wrong")


async def _body(request: Request) -> tuple[str, str]:
    data = b""
    async for part in request.stream():
        data += part
        if len(data) > _LARGEST:
            return "", "/"
    fields = parse_qs(data.decode("utf-8", "replace"))
    back = fields.get("to", ["/"])[0]
    safe = back.startswith("/") and not back.startswith(("//", "/\\")) and "\n" not in back and "\r" not in back
    return fields.get("password", [""])[0], back if safe else "/"


def _form(request: Request, known: bool, problem: str, back: str) -> Response:
    language = spoken(request)
    t = translator(language)
    port = request.url.port or 80
    words = {name: t(text, port=str(port)) if "{port}" in text else t(text) for name, text in TEXTS.items()}
    page = "door.html" if known or _local(request) else "door_shut.html"
    values = {
        "lang": language,
        "label": words["password"] if known else words["choose"],
        "why": words["why"],
        "go": words["enter" if known else "keep"],
        "problem": problem,
        "elsewhere": words["elsewhere"],
        "phone": words["phone"],
        "title": words["title"],
        "to": back,
        "kind": "current-password" if known else "new-password",
    }
    return html(framed(page, values), 200 if not problem else 403)
